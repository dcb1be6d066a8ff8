/**
 * What was written and is not yet known to be in the log. Every message is kept under its ref before
 * it is first sent; one of a conversation is on its way at a time; after a new connection it is sent
 * again under the same ref, so nothing is lost and nothing comes twice. Tabs share the kept ones:
 * two tabs that send the same ref get the same entry.
 *
 * @import {Outgoing, Problem} from "../types"
 * @import {Store} from "./store"
 * @import {Database} from "./database"
 */

/** How long an answer may take before a message is called unconfirmed and sent again. */
const PATIENCE = 10_000;

/** A ref that nobody else chooses: 96 random bits. */
export function newRef() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The frame that sends it. @param {Outgoing} item */
export function frameOf({ kind, conversation, ref, body, target }) {
  if (kind === "post") return { type: "post", conversation, ref, body };
  if (kind === "edit") return { type: "edit", conversation, ref, target, body };
  return { type: "recall", conversation, ref, target };
}

/**
 * What to send now: of each conversation the oldest that is not refused, unless it is on its way.
 *
 * @param {Outgoing[]} outbox
 * @param {Set<string>} underway refs that were sent on this connection and not answered
 */
export function due(outbox, underway) {
  const seen = new Set();
  const sorted = outbox.filter((item) => item.state !== "refused" && item.seq === undefined).sort((a, b) => a.order - b.order);
  return sorted.filter((item) => {
    if (seen.has(item.conversation)) return false;
    seen.add(item.conversation);
    return !underway.has(item.ref);
  });
}

export class Outbox {
  #underway = new Set();
  /** @type {(frame: object) => boolean} */
  #send = () => false;

  /** @param {Store} store @param {Database} database */
  constructor(store, database) {
    this.store = store;
    this.database = database;
  }

  /** Takes up what an earlier page left. */
  async restore() {
    const kept = /** @type {Outgoing[]} */ (await this.database.all("outbox"));
    const known = new Set(this.store.state.outbox.map(({ ref }) => ref));
    this.store.set({ outbox: [...kept.filter(({ ref }) => !known.has(ref)), ...this.store.state.outbox] });
  }

  /** A connection is live. @param {(frame: object) => boolean} send tells whether it was sent */
  connected(send) {
    this.#send = send;
    this.#underway.clear();
    this.pump();
  }

  disconnected() {
    this.#send = () => false;
    this.#underway.clear();
  }

  /**
   * @param {Pick<Outgoing, "conversation" | "kind" | "body" | "target">} what
   * @returns {Promise<string>} its ref, once it is kept
   */
  async add(what) {
    const now = Date.now();
    const order = Math.max(now, ...this.store.state.outbox.map((item) => item.order + 1));
    /** @type {Outgoing} */
    const item = { ...what, ref: newRef(), at: new Date(now).toISOString(), order, state: "waiting" };
    this.store.set({ outbox: [...this.store.state.outbox, item] });
    await this.database.put("outbox", item.ref, item).catch(() => {});
    this.pump();
    return item.ref;
  }

  /** Tries a refused one again, under its own ref: should it be in the log after all, it is the same entry. @param {string} ref */
  retry(ref) {
    this.#mark(ref, { state: "waiting", problem: undefined });
    this.pump();
  }

  /** @param {string} ref */
  async drop(ref) {
    this.#underway.delete(ref);
    this.store.set({ outbox: this.store.state.outbox.filter((item) => item.ref !== ref) });
    await this.database.put("outbox", ref, undefined).catch(() => {});
  }

  /**
   * The server has it, as this number: it stays drawn until its entry is here.
   *
   * @param {string} ref @param {number} seq
   */
  accepted(ref, seq) {
    this.#underway.delete(ref);
    const item = this.store.state.outbox.find((other) => other.ref === ref);
    const head = item && this.store.state.conversations.get(item.conversation)?.head.seq;
    if (head !== undefined && head >= seq) void this.drop(ref);
    else this.#mark(ref, { state: "sent", seq });
    void this.database.put("outbox", ref, undefined).catch(() => {});
    this.pump();
  }

  /** Its entry is here. @param {string} ref */
  async settled(ref) {
    if (!this.store.state.outbox.some((item) => item.ref === ref)) return;
    await this.drop(ref);
    this.pump();
  }

  /** @param {string} ref @param {Problem} problem */
  async refused(ref, problem) {
    this.#underway.delete(ref);
    this.#mark(ref, { state: "refused", problem });
    const item = this.store.state.outbox.find((other) => other.ref === ref);
    if (item) await this.database.put("outbox", ref, item).catch(() => {});
    this.pump();
  }

  /** The server cannot tell whether it happened: the same ref again, soon. @param {string} ref */
  unknown(ref) {
    this.#mark(ref, { state: "unknown" });
    setTimeout(() => {
      this.#underway.delete(ref);
      this.pump();
    }, 1000);
  }

  pump() {
    for (const item of due(this.store.state.outbox, this.#underway)) {
      if (!this.#send(frameOf(item))) return;
      this.#underway.add(item.ref);
      if (item.state === "waiting") this.#mark(item.ref, { state: "sent" });
      setTimeout(() => this.#overdue(item.ref), PATIENCE);
    }
  }

  /** @param {string} ref */
  #overdue(ref) {
    if (this.#underway.has(ref) && this.store.state.outbox.some((item) => item.ref === ref)) this.unknown(ref);
  }

  /** @param {string} ref @param {Partial<Outgoing>} change */
  #mark(ref, change) {
    const outbox = this.store.state.outbox.map((item) => (item.ref === ref ? { ...item, ...change } : item));
    this.store.set({ outbox });
  }
}
