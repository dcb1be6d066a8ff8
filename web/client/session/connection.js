/**
 * The live connection: says hello with the cursor, beats, and comes back by itself after a growing,
 * random wait; at once when the network returns or the page is looked at again.
 */
import { access } from "./api.js";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
/** Reasons after which the token is no good. */
const NOT_OURS = new Set(["revoked", "expired", "unauthenticated"]);

/**
 * @typedef {object} Ears
 * @property {(frame: any) => void} frame a frame of the server
 * @property {() => void} live everything missed has come
 * @property {() => void} lost the connection is gone and will be tried again
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
  #heard = 0;
  #mustRenew = false;

  /** @param {Ears} ears */
  constructor(ears) {
    this.ears = ears;
    addEventListener("online", () => this.#hurry());
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

  #hurry() {
    if (!this.#wanted || this.#socket) return;
    clearTimeout(this.#retry);
    this.#connect();
  }

  async #connect() {
    if (this.#mustRenew || !access.token) {
      this.#mustRenew = false;
      const renewed = await this.ears.renew().catch(() => false);
      if (!this.#wanted || this.#socket) return;
      if (!renewed) return this.#later();
    }
    const socket = new WebSocket(`${location.protocol === "http:" ? "ws" : "wss"}://${location.host}/api/v1/connect`);
    this.#socket = socket;
    socket.onopen = () => this.send({ type: "hello", token: access.token, cursor: this.#cursor });
    socket.onmessage = (event) => this.#socket === socket && this.#hear(JSON.parse(event.data));
    socket.onclose = () => this.#socket === socket && this.#gone();
  }

  /** @param {any} frame */
  #hear(frame) {
    this.#heard = Date.now();
    if (frame.type === "welcome") this.#beatEvery(frame.heartbeat * 500);
    if (frame.type === "bye" && NOT_OURS.has(frame.reason)) this.#mustRenew = true;
    if (frame.type === "problem" && frame.problem?.status === 410) this.#cursor = undefined;
    if (frame.cursor) this.#cursor = frame.cursor;
    if (frame.type === "live") this.#tries = 0;
    this.ears.frame(frame);
    if (frame.type === "live") this.ears.live();
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
