/**
 * Loads what is not held of a conversation: its newest page, and the pages before those held.
 *
 * @import {Store} from "./store"
 * @import {Conversation, Entry} from "../types"
 */
import { get, path } from "../session/api.js";
import { apply, overlaid } from "./apply.js";

const PAGE = 50;

export class History {
  /** @type {Map<string, Promise<void>>} one load of a conversation at a time */
  #loading = new Map();

  /** @param {Store} store */
  constructor(store) {
    this.store = store;
  }

  /** The newest page, unless entries are held. @param {string} id */
  open(id) {
    const conversation = this.store.state.conversations.get(id);
    if (!conversation || conversation.entries.length || !conversation.head.seq) return Promise.resolve();
    return this.#once(id, async () => this.#join(id, await get(path`/conversations/${id}/entries?limit=${PAGE}`)));
  }

  /** One page before those held. @param {string} id */
  earlier(id) {
    const conversation = this.store.state.conversations.get(id);
    if (!conversation || !hasEarlier(conversation)) return Promise.resolve();
    const before = conversation.entries[0].seq;
    const url = path`/conversations/${id}/entries?before=${before}&limit=${PAGE}`;
    return this.#once(id, async () => this.#join(id, await get(url)));
  }

  /** Loads backwards until a number is held, at most 2,000 entries. @param {string} id @param {number} seq */
  async reach(id, seq) {
    for (let page = 0; page < 40; page++) {
      const conversation = this.store.state.conversations.get(id);
      if (!conversation || !hasEarlier(conversation) || conversation.entries[0].seq <= seq) return;
      await this.earlier(id);
    }
  }

  /** @param {string} id @param {() => Promise<void>} load */
  #once(id, load) {
    const loading = this.#loading.get(id) ?? load().finally(() => this.#loading.delete(id));
    this.#loading.set(id, loading);
    return loading;
  }

  /** @param {string} id @param {{entries: Entry[], head: {seq: number, m: number}, from: number}} page */
  #join(id, page) {
    this.store.change(id, (known) => joinPage(known, page, this.store.state.me?.id ?? ""));
  }
}

/** Whether the reader may see entries before those held. @param {Conversation | undefined} conversation */
export const hasEarlier = (conversation) => {
  const first = conversation?.entries[0];
  return !!first && first.seq > Math.max(1, conversation.from);
};

/**
 * A conversation with a page of its history. What is held already stays as it is: it is newer. What
 * came live while the page was on its way is kept by number.
 *
 * @param {Conversation} known
 * @param {{entries: Entry[], head: {seq: number, m: number}, from: number}} page
 * @param {string} me
 */
export function joinPage(known, page, me) {
  const { entries } = page;
  if (!entries.length) return { ...known, from: page.from };
  const first = known.entries[0];
  if (!first) {
    const older = entries.filter((entry) => entry.seq <= known.head.seq);
    const last = older.at(-1);
    // Entries that came live meanwhile are not held: the page must reach the head, or is asked again.
    if (last?.seq !== known.head.seq && page.head.seq < known.head.seq) return known;
    const joined = { ...known, from: page.from, entries: older };
    return entries.slice(older.length).reduce((next, entry) => apply(next, entry, me), joined);
  }
  const before = entries.filter((entry) => entry.seq < first.seq);
  if (before.at(-1)?.seq !== first.seq - 1) return known;
  // What is held may hold changes that were made after the page was read.
  return { ...known, from: page.from, entries: [...known.entries.reduce(overlaid, before), ...known.entries] };
}
