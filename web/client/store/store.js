/**
 * The one store. State is replaced, never changed in place; listeners are told once a frame, and by
 * a timer while the page is hidden (a hidden page draws no frames).
 *
 * @import {State, Conversation} from "../types"
 */

/** @returns {State} */
export const emptyState = () => ({
  me: null,
  connection: "off",
  lostAt: 0,
  listed: false,
  conversations: new Map(),
  accounts: new Map(),
  outbox: [],
  receipts: new Map(),
  typing: new Map(),
  cards: new Map(),
  results: 0,
  readsIn: undefined,
});

export class Store {
  #state = emptyState();
  /** @type {Set<(state: State) => void>} */
  #listeners = new Set();
  #due = false;

  get state() {
    return this.#state;
  }

  /** @param {Partial<State>} change */
  set(change) {
    this.#state = { ...this.#state, ...change };
    this.#tellSoon();
  }

  reset() {
    this.set(emptyState());
  }

  /**
   * Replaces one conversation.
   *
   * @param {string} id
   * @param {(conversation: Conversation) => Conversation} change
   */
  change(id, change) {
    const before = this.#state.conversations.get(id);
    if (!before) return;
    const after = change(before);
    if (after === before) return;
    this.set({ conversations: new Map(this.#state.conversations).set(id, after) });
  }

  /**
   * @param {(state: State) => void} listener
   * @returns {() => void} stops telling it
   */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tellSoon() {
    if (this.#due) return;
    this.#due = true;
    const tell = () => {
      this.#due = false;
      for (const listener of [...this.#listeners]) listener(this.#state);
    };
    if (globalThis.document?.visibilityState === "visible") requestAnimationFrame(tell);
    else setTimeout(tell, 50);
  }
}
