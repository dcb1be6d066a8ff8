/**
 * A part of a conversation that lies far before what is held of it: loaded around one number, on to
 * both sides, and joined with what is held when it comes to that.
 *
 * @import {Conversation, Entry} from "../types"
 */
import { get, path } from "../session/api.js";
import { overlaid } from "../store/apply.js";
import { frames, store } from "../wiring.js";
import { later } from "./window.js";

const PAGE = 50;

export class Elsewhere {
  /** @type {Entry[]} */
  #entries = [];
  /** @type {{first: number, last: number} | null} */
  #held = null;
  /** @type {Promise<void> | null} one load at a time */
  #loading = null;
  #stop = () => {};

  /** @param {string} id @param {() => void} changed */
  constructor(id, changed) {
    this.id = id;
    this.changed = changed;
    /** Whether it has come to what is held, and is a part of that now. */
    this.joined = false;
  }

  /** As the list draws it. @returns {Conversation | undefined} */
  get conversation() {
    const known = store.state.conversations.get(this.id);
    return known && { ...known, entries: this.#entries, held: this.#held };
  }

  /** @param {number} seq */
  holds(seq) {
    return !!this.#held && this.#held.first <= seq && seq <= this.#held.last;
  }

  leave() {
    this.#stop();
  }

  /** Loads what stands around a number. @param {number} seq */
  async open(seq) {
    this.#stop = frames.on("entry", ({ entry }) => {
      if (entry.conversation !== this.id) return;
      const after = overlaid(this.#entries, entry);
      if (after === this.#entries) return;
      this.#entries = after;
      this.changed();
    });
    const [before, after] = await Promise.all([this.#page(`before=${seq + 1}`), this.#page(`after=${seq}`)]);
    this.#held = { first: before.next ?? Math.max(1, before.from), last: after.next ?? after.head.seq };
    this.#entries = [...before.entries, ...after.entries];
  }

  /** @param {string} bound */
  #page(bound) {
    return get(`${path`/conversations/${this.id}/entries`}?kinds=messages&${bound}&limit=${PAGE}`);
  }

  /** One page before those here. */
  earlier() {
    const first = this.#held?.first ?? 0;
    return this.#once(async () => {
      const page = await this.#page(`before=${first}`);
      this.#held = { first: page.next ?? Math.max(1, page.from), last: this.#held?.last ?? first };
      this.#entries = [...this.#entries.reduce(overlaid, page.entries), ...this.#entries];
    });
  }

  /** One page behind those here. */
  later() {
    const last = this.#held?.last ?? 0;
    return this.#once(async () => {
      const page = await this.#page(`after=${last}`);
      this.#held = { first: this.#held?.first ?? last, last: page.next ?? page.head.seq };
      this.#entries = [...page.entries.reduce(overlaid, this.#entries), ...page.entries];
      this.#join();
    });
  }

  /** Loads and draws on at the end; or it has come to what is held, and is a part of that. @param {import("./list").MessageList} list */
  async drawOn(list) {
    await this.later();
    if (this.joined && list.elsewhere === this) list.leaveElsewhere();
    list.requestUpdate();
    await list.updateComplete;
    list.show(later(list.rows, list.range));
  }

  /** @param {() => Promise<void>} load */
  #once(load) {
    this.#loading ??= load().finally(() => (this.#loading = null));
    return this.#loading;
  }

  #join() {
    const held = this.#held;
    store.change(this.id, (known) => {
      if (!held || !known.held || held.last < known.held.first - 1) return known;
      this.joined = true;
      const { first, last } = known.held;
      const before = this.#entries.filter(({ seq }) => seq < first);
      return { ...known, held: { first: Math.min(first, held.first), last }, entries: [...known.entries.reduce(overlaid, before), ...known.entries] };
    });
    if (this.joined) this.leave();
  }
}
