/**
 * What the frames of the live connection do to the store.
 *
 * @import {Conversation, Entry} from "../types"
 * @import {Store} from "./store"
 * @import {Outbox} from "./outbox"
 */
import { apply, readUpTo, resume } from "./apply.js";
import { get, path, Refused } from "../session/api.js";

/** How long "is typing" stands without being said again. */
const TYPING = 6000;
/** A gap up to this many entries is filled; after a longer one only the newest are kept. */
const WORTH_FILLING = 200;
/** Between attempts to fetch what is missing, in milliseconds. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;

export class Frames {
  /** @type {(conversation: Conversation, entry: Entry) => void} told of each new entry of others */
  heard = () => {};
  /** Numbers up to which conversations are being fetched. @type {Map<string, number>} */
  #wanted = new Map();
  /** @type {Map<string, Set<(frame: any) => void>>} */
  #listeners = new Map();

  /** @param {Store} store @param {Outbox} outbox */
  constructor(store, outbox) {
    this.store = store;
    this.outbox = outbox;
  }

  /**
   * Tells of each frame of a type, after it did what it does here.
   *
   * @param {string} type @param {(frame: any) => void} listener @returns {() => void} stops it
   */
  on(type, listener) {
    const all = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, all.add(listener));
    return () => void all.delete(listener);
  }

  /** @param {any} frame */
  take(frame) {
    this.#apply(frame);
    for (const listener of [...(this.#listeners.get(frame.type) ?? [])]) listener(frame);
  }

  /** @param {any} frame */
  #apply(frame) {
    switch (frame.type) {
      case "conversation": return this.#told(frame.conversation, frame.entries ?? [], frame.complete === true);
      case "live": return this.store.set({ listed: true });
      case "entry": return this.#entry(frame.entry);
      case "accepted": return this.outbox.accepted(frame.ref, frame.seq);
      case "refused": return void this.outbox.refused(frame.ref, frame.problem);
      case "unknown": return this.outbox.unknown(frame.ref);
      case "position": return this.store.change(frame.conversation, (known) => readUpTo(known, frame));
      case "receipts": return this.#receipts(frame);
      case "typing": return this.#typing(frame);
      case "card": return this.#changed(`${frame.conversation}/${frame.seq}`);
      case "meeting": return this.#changed(frame.meeting);
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
    this.#put(resume(known, { ...told, entries: [], held: null }, entries, complete, this.#me));
    for (const entry of entries) this.#settle(entry);
    this.outbox.passed(told.id, told.head.seq);
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
    const { conversation: id, seq } = entry;
    const known = this.store.state.conversations.get(id);
    if (!known || seq > known.head.seq + 1) return void this.#catchUp(id, seq);
    const after = apply(known, entry, this.#me);
    if (after === known) return undefined;
    this.#put(after);
    this.#settle(entry);
    if (entry.sender !== this.#me) this.heard(after, entry);
    return undefined;
  }

  /** @param {Entry} entry */
  #settle(entry) {
    if (entry.sender === this.#me && entry.ref) void this.outbox.settled(entry.ref);
  }

  /**
   * Fetches a conversation that we were added to, or what lies between its head and a number. One at
   * a time for a conversation; what comes meanwhile only moves the number.
   *
   * @param {string} id @param {number} upTo
   */
  async #catchUp(id, upTo) {
    const underway = this.#wanted.has(id);
    this.#wanted.set(id, Math.max(upTo, this.#wanted.get(id) ?? 0));
    if (underway) return;
    let wait = FIRST_WAIT;
    while (this.store.state.me) {
      try {
        if (await this.#caughtUp(id)) break;
      } catch (error) {
        if (error instanceof Refused && error.problem.status === 404) break;
        await new Promise((resolve) => setTimeout(resolve, wait));
        wait = Math.min(2 * wait, LONGEST_WAIT);
      }
    }
    this.#wanted.delete(id);
  }

  /** One step towards it. @param {string} id @returns {Promise<boolean>} whether it is reached */
  async #caughtUp(id) {
    const missing = (this.#wanted.get(id) ?? 0) - (this.store.state.conversations.get(id)?.head.seq ?? 0);
    if (missing <= 0) return true;
    const known = this.store.state.conversations.get(id);
    if (!known || missing > WORTH_FILLING) {
      this.#told(await get(path`/conversations/${id}`), [], false);
      return false;
    }
    const page = await get(path`/conversations/${id}/entries?after=${known.head.seq}&limit=100`);
    for (const entry of page.entries) this.#entry(entry);
    // Nothing more is there for this reader: the number was beyond what may be seen.
    return !page.entries.length;
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
  #changed(key) {
    const { cards } = this.store.state;
    this.store.set({ cards: new Map(cards).set(key, (cards.get(key) ?? 0) + 1) });
  }
}
