/**
 * Loads what is not held of a conversation: its newest page, and the pages before those held.
 *
 * @import {Store} from "./store"
 * @import {Conversation, Entry} from "../types"
 */
import { get, path } from "../session/api.js";
import { apply, overlaid } from "./apply.js";

/** @typedef {{entries: Entry[], head: {seq: number, m: number}, from: number, next: number | null}} Page of all but captions; `next` is the page's first number where more comes before it */

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
    if (!conversation || conversation.held || !conversation.head.seq) return Promise.resolve();
    return this.#once(id, async () => this.#join(id, await get(path`/conversations/${id}/entries?kinds=messages&limit=${PAGE}`)));
  }

  /** One page before those held. @param {string} id */
  earlier(id) {
    const conversation = this.store.state.conversations.get(id);
    if (!conversation?.held || !hasEarlier(conversation)) return Promise.resolve();
    const before = conversation.held.first;
    const url = path`/conversations/${id}/entries?kinds=messages&before=${before}&limit=${PAGE}`;
    return this.#once(id, async () => this.#join(id, await get(url), before));
  }

  /** Loads backwards until a number is held, at most 2,000 entries. @param {string} id @param {number} seq */
  async reach(id, seq) {
    for (let page = 0; page < 40; page++) {
      const conversation = this.store.state.conversations.get(id);
      if (!conversation?.held || !hasEarlier(conversation) || conversation.held.first <= seq) return;
      await this.earlier(id);
    }
  }

  /** @param {string} id @param {() => Promise<void>} load */
  #once(id, load) {
    const loading = this.#loading.get(id) ?? load().finally(() => this.#loading.delete(id));
    this.#loading.set(id, loading);
    return loading;
  }

  /** @param {string} id @param {Page} page @param {number} [before] */
  #join(id, page, before) {
    this.store.change(id, (known) => joinPage(known, page, this.store.state.me?.id ?? "", before));
  }
}

/** Whether the reader may see entries before those held. @param {Conversation | undefined} conversation */
export const hasEarlier = (conversation) => !!conversation?.held && conversation.held.first > Math.max(1, conversation.from);

/**
 * A conversation with a page of its history. What is held already stays as it is: it is newer. What
 * came live while the page was on its way is kept by number.
 *
 * @param {Conversation} known
 * @param {Page} page
 * @param {string} me
 * @param {number} [before] the number that the page was asked to end before; none: the newest page
 * @returns {Conversation}
 */
export function joinPage(known, page, me, before) {
  const { entries, from } = page;
  const first = page.next ?? Math.max(1, from);
  if (before === undefined) {
    // Held meanwhile; or entries that came live are not in it: the page must reach the head, or is asked again.
    if (known.held || page.head.seq < known.head.seq) return known;
    const older = entries.filter((entry) => entry.seq <= known.head.seq);
    const reaches = first <= known.head.seq + 1;
    const joined = { ...known, from, entries: older, held: reaches ? { first, last: known.head.seq } : null };
    return entries.slice(older.length).reduce((next, entry) => apply(next, entry, me), joined);
  }
  if (known.held?.first !== before) return known;
  // What is held may hold changes that were made after the page was read.
  return { ...known, from, held: { first, last: known.held.last }, entries: [...known.entries.reduce(overlaid, entries), ...known.entries] };
}
