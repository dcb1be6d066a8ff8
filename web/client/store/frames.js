/**
 * What the frames of the live connection do to the store.
 *
 * @import {Conversation, Entry} from "../types"
 * @import {Store} from "./store"
 * @import {Outbox} from "./outbox"
 */
import { apply, readUpTo, resume } from "./apply.js";
import { get, path } from "../session/api.js";

/** How long "is typing" stands without being said again. */
const TYPING = 6000;
/** A gap up to this many entries is filled; after a longer one only the newest are kept. */
const WORTH_FILLING = 200;

export class Frames {
  /** @type {(conversation: Conversation, entry: Entry) => void} told of each new entry of others */
  heard = () => {};
  #filling = new Set();

  /** @param {Store} store @param {Outbox} outbox */
  constructor(store, outbox) {
    this.store = store;
    this.outbox = outbox;
  }

  /** @param {any} frame */
  take(frame) {
    switch (frame.type) {
      case "conversation": return this.#told(frame.conversation, frame.entries, frame.complete);
      case "live": return this.store.set({ listed: true });
      case "entry": return this.#entry(frame.entry);
      case "accepted": return this.outbox.accepted(frame.ref, frame.seq);
      case "refused": return void this.outbox.refused(frame.ref, frame.problem);
      case "unknown": return this.outbox.unknown(frame.ref);
      case "position": return this.store.change(frame.conversation, (known) => readUpTo(known, frame));
      case "receipts": return this.#receipts(frame);
      case "typing": return this.#typing(frame);
      case "card": return this.#card(`${frame.conversation}/${frame.seq}`);
      case "results": return this.store.set({ results: this.store.state.results + 1 });
      default: return undefined;
    }
  }

  get #me() {
    return this.store.state.me?.id ?? "";
  }

  /** @param {Conversation} told @param {Entry[]} entries @param {boolean} complete */
  #told(told, entries, complete) {
    const known = this.store.state.conversations.get(told.id);
    const after = resume(known, { ...told, entries: [] }, entries ?? [], complete, this.#me);
    this.#put(after);
    for (const entry of entries ?? []) this.#settle(entry);
  }

  /** @param {Conversation} conversation */
  #put(conversation) {
    const conversations = new Map(this.store.state.conversations);
    if (conversation.role === null) conversations.delete(conversation.id);
    else conversations.set(conversation.id, conversation);
    this.store.set({ conversations });
  }

  /** @param {Entry} entry */
  #entry(entry) {
    const known = this.store.state.conversations.get(entry.conversation);
    if (!known) return void this.#fetch(entry.conversation);
    if (entry.seq > known.head.seq + 1) return void this.#fill(known, entry.seq);
    const after = apply(known, entry, this.#me);
    if (after !== known) this.#put(after);
    this.#settle(entry);
    if (after !== known && entry.sender !== this.#me) this.heard(after, entry);
  }

  /** @param {Entry} entry */
  #settle(entry) {
    if (entry.sender === this.#me && entry.ref) void this.outbox.settled(entry.ref);
  }

  /** A conversation that we were added to. @param {string} id */
  async #fetch(id) {
    if (this.#filling.has(id)) return;
    this.#filling.add(id);
    const told = await get(path`/conversations/${id}`).catch(() => null);
    this.#filling.delete(id);
    if (told) this.#told(told, [], false);
  }

  /** Fetches what lies between. @param {Conversation} known @param {number} upTo */
  async #fill({ id }, upTo) {
    if (this.#filling.has(id)) return;
    this.#filling.add(id);
    try {
      for (;;) {
        const known = this.store.state.conversations.get(id);
        if (!known || known.head.seq >= upTo) return;
        if (upTo - known.head.seq > WORTH_FILLING) {
          return this.#told(await get(path`/conversations/${id}`), [], false);
        }
        const page = await get(path`/conversations/${id}/entries?after=${known.head.seq}&limit=100`);
        if (!page.entries.length) return;
        this.#filling.delete(id);
        for (const entry of page.entries) this.#entry(entry);
        this.#filling.add(id);
        upTo = Math.max(upTo, page.head.seq);
      }
    } catch {
      // The next entry, or the next connection, tries again.
    } finally {
      this.#filling.delete(id);
    }
  }

  /** @param {{conversation: string, seq: number, read: number, unread: number}} frame */
  #receipts({ conversation, seq, read, unread }) {
    const receipts = new Map(this.store.state.receipts).set(`${conversation}/${seq}`, { read, unread });
    this.store.set({ receipts });
  }

  /** @param {{conversation: string, account: string}} frame */
  #typing({ conversation, account }) {
    const now = Date.now();
    const who = new Map(this.store.state.typing.get(conversation)).set(account, now + TYPING);
    this.store.set({ typing: new Map(this.store.state.typing).set(conversation, who) });
    setTimeout(() => this.store.set({}), TYPING + 50);
  }

  /** @param {string} key */
  #card(key) {
    const { cards } = this.store.state;
    this.store.set({ cards: new Map(cards).set(key, (cards.get(key) ?? 0) + 1) });
  }
}
