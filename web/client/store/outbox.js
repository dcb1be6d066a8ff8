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

/** Gives the same ref for the same again: a form that is sent twice, because the first got no answer, does once. */
export function refs() {
  let before = { what: "", ref: "" };
  return (/** @type {unknown} */ what) => {
    const text = JSON.stringify(what);
    if (before.what !== text) before = { what: text, ref: newRef() };
    return before.ref;
  };
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
 * @param {{has: (ref: string) => boolean}} underway refs that were sent on this connection and not answered
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

/** Problems that pass by themselves: the same again, later. */
const PASSING = new Set(["too-many", "unavailable", "unknown"]);

/** @param {Problem} problem */
const kindOf = ({ type }) => type.split(":").at(-1) ?? "";

export class Outbox {
  /** What was sent on this connection and is not answered, each with the timer of its patience. @type {Map<string, number>} */
  #underway = new Map();
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
    this.disconnected();
    this.#send = send;
    this.pump();
  }

  disconnected() {
    this.#send = () => false;
    for (const ref of [...this.#underway.keys()]) this.#answered(ref);
  }

  /** @param {string} ref */
  #answered(ref) {
    clearTimeout(this.#underway.get(ref));
    this.#underway.delete(ref);
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
    this.#answered(ref);
    this.store.set({ outbox: this.store.state.outbox.filter((item) => item.ref !== ref) });
    await this.database.put("outbox", ref, undefined).catch(() => {});
  }

  /**
   * The server has it, as this number: it stays drawn until its entry is here.
   *
   * @param {string} ref @param {number} seq
   */
  accepted(ref, seq) {
    this.#answered(ref);
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

  /** All entries of a conversation up to a number were told of. @param {string} conversation @param {number} seq */
  passed(conversation, seq) {
    const over = this.store.state.outbox.filter((item) => item.conversation === conversation && item.seq !== undefined && item.seq <= seq);
    for (const { ref } of over) void this.drop(ref);
  }

  /** @param {string} ref @param {Problem} problem */
  async refused(ref, problem) {
    if (PASSING.has(kindOf(problem))) return this.unknown(ref, (problem.retryAfter ?? 1) * 1000);
    this.#answered(ref);
    this.#mark(ref, { state: "refused", problem });
    const item = this.store.state.outbox.find((other) => other.ref === ref);
    if (item) await this.database.put("outbox", ref, item).catch(() => {});
    this.pump();
  }

  /** The server cannot tell whether it happened: the same ref again, soon. @param {string} ref @param {number} [wait] in milliseconds */
  unknown(ref, wait = 1000) {
    if (!this.store.state.outbox.some((item) => item.ref === ref)) return;
    this.#answered(ref);
    this.#mark(ref, { state: "unknown" });
    this.#underway.set(ref, window.setTimeout(() => {
      this.#answered(ref);
      this.pump();
    }, wait));
  }

  pump() {
    for (const item of due(this.store.state.outbox, this.#underway)) {
      if (!this.#send(frameOf(item))) return;
      this.#underway.set(item.ref, window.setTimeout(() => this.unknown(item.ref), PATIENCE));
      if (item.state === "waiting") this.#mark(item.ref, { state: "sent" });
    }
  }

  /** @param {string} ref @param {Partial<Outgoing>} change */
  #mark(ref, change) {
    const outbox = this.store.state.outbox.map((item) => (item.ref === ref ? { ...item, ...change } : item));
    this.store.set({ outbox });
  }
}
