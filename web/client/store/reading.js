/**
 * Moves the read position, forward only, and only for what a person can have seen: the page visible
 * and focused, the row on screen for a second, and not scrolled there by the program.
 *
 * @import {Store} from "./store"
 */
import { readUpTo } from "./apply.js";

const LOOK = 1000;

export class Reading {
  #timer = 0;
  /** @type {{id: string, seq: number} | null} */
  #seen = null;

  /** @param {Store} store @param {(frame: object) => boolean} send */
  constructor(store, send) {
    this.store = store;
    this.send = send;
    addEventListener("focus", () => this.#look());
    addEventListener("blur", () => this.#stop());
  }

  /** The lowest row on screen now. @param {string} id @param {number} seq */
  sees(id, seq) {
    if (this.#seen?.id === id && this.#seen.seq === seq && this.#timer) return;
    this.#seen = { id, seq };
    this.#look();
  }

  /** Nothing is on screen. */
  leaves() {
    this.#seen = null;
    this.#stop();
  }

  /** Reads a whole conversation at once, because its reader said so. @param {string} id */
  all(id) {
    const conversation = this.store.state.conversations.get(id);
    if (conversation) this.#read(id, conversation.head.seq);
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #look() {
    this.#stop();
    if (!this.#seen || !document.hasFocus() || document.visibilityState !== "visible") return;
    const { id, seq } = this.#seen;
    this.#timer = window.setTimeout(() => {
      this.#timer = 0;
      this.#read(id, seq);
    }, LOOK);
  }

  /** @param {string} id @param {number} seq */
  #read(id, seq) {
    const conversation = this.store.state.conversations.get(id);
    if (!conversation || seq <= conversation.position.seq) return;
    const entry = conversation.entries.find((other) => other.seq === seq);
    const m = entry?.m ?? (seq === conversation.head.seq ? conversation.head.m : conversation.position.m);
    if (!this.send({ type: "position", conversation: id, seq })) return;
    this.store.change(id, (known) => readUpTo(known, { seq, m }));
  }
}
