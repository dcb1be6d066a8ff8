/**
 * The live connection: says hello with the cursor, beats, and comes back by itself after a growing,
 * random wait; at once when the network returns or the page is looked at again.
 */
import { access } from "./api.js";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
/** How long the server may take to answer a hello, and a ping that asks whether it is still there. */
const PATIENCE = 10_000;
const SHORT_PATIENCE = 4_000;
/** Reasons after which the token is no good. */
const NOT_OURS = new Set(["revoked", "expired", "unauthenticated"]);

/**
 * @typedef {object} Ears
 * @property {(frame: any) => void} frame a frame of the server
 * @property {() => void} live everything missed has come
 * @property {() => void} lost the connection is gone and will be tried again
 * @property {() => void} forgotten the cursor is of no use any more: what was held may never have been
 * @property {() => Promise<boolean>} renew gets a new access token
 */

export class Connection {
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {string | undefined} */
  #cursor;
  #wanted = false;
  #tries = 0;
  #retry = 0;
  #beat = 0;
  #doubt = 0;
  #heard = 0;
  #mustRenew = false;

  /** @param {Ears} ears */
  constructor(ears) {
    this.ears = ears;
    addEventListener("online", () => this.#hurry());
    addEventListener("offline", () => this.#hurry());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#hurry();
    });
  }

  open() {
    this.#wanted = true;
    this.#cursor = undefined;
    this.#hurry();
  }

  close() {
    this.#wanted = false;
    clearTimeout(this.#retry);
    this.#drop();
  }

  /** @param {object} frame @returns {boolean} whether it was handed to a live socket */
  send(frame) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Connects now; where there is a connection, asks whether it is still one: a computer may have slept. */
  #hurry() {
    if (!this.#wanted) return;
    if (this.#socket) {
      if (this.send({ type: "ping" })) this.#expectWithin(SHORT_PATIENCE);
      return;
    }
    clearTimeout(this.#retry);
    void this.#connect();
  }

  /** The socket is given up unless something is heard. @param {number} time in milliseconds */
  #expectWithin(time) {
    clearTimeout(this.#doubt);
    this.#doubt = window.setTimeout(() => this.#gone(), time);
  }

  async #connect() {
    if (this.#mustRenew || !access.token) {
      const renewed = await this.ears.renew().catch(() => false);
      if (!this.#wanted || this.#socket) return;
      if (!renewed) return this.#later();
      this.#mustRenew = false;
    }
    const socket = new WebSocket(`${location.protocol === "http:" ? "ws" : "wss"}://${location.host}/api/v1/connect`);
    this.#socket = socket;
    this.#expectWithin(PATIENCE);
    socket.onopen = () => this.send({ type: "hello", token: access.token, cursor: this.#cursor });
    socket.onmessage = (event) => this.#socket === socket && this.#hear(JSON.parse(event.data));
    socket.onclose = () => this.#socket === socket && this.#gone();
  }

  /** @param {any} frame */
  #hear(frame) {
    this.#heard = Date.now();
    clearTimeout(this.#doubt);
    if (frame.type === "welcome") this.#beatEvery(frame.heartbeat * 500);
    if (frame.type === "bye" && NOT_OURS.has(frame.reason)) this.#mustRenew = true;
    if (frame.type === "problem" && frame.problem?.status === 410) return this.#forget();
    if (frame.cursor) this.#cursor = frame.cursor;
    if (frame.type === "live") this.#tries = 0;
    this.ears.frame(frame);
    if (frame.type === "live") this.ears.live();
    return undefined;
  }

  /** From before a restored backup: begin again without one. */
  #forget() {
    this.#cursor = undefined;
    this.ears.forgotten();
    this.#gone();
  }

  /** @param {number} period in milliseconds; three silent ones mean that the socket is dead */
  #beatEvery(period) {
    clearInterval(this.#beat);
    this.#beat = window.setInterval(() => {
      if (Date.now() - this.#heard > 3 * period) this.#gone();
      else this.send({ type: "ping" });
    }, period);
  }

  #gone() {
    this.#drop();
    this.ears.lost();
    if (this.#wanted) this.#later();
  }

  #drop() {
    clearInterval(this.#beat);
    clearTimeout(this.#doubt);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #later() {
    const most = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#tries++);
    clearTimeout(this.#retry);
    this.#retry = window.setTimeout(() => this.#hurry(), most * (0.5 + Math.random() / 2));
  }
}
