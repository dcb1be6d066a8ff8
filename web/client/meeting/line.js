/**
 * The socket by which somebody speaks in a meeting or listens to it. One that is lost is opened again,
 * after a longer wait each time; it lives as long as its token, of which there is a new one now and then.
 */
import { access } from "../session/api.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10_000;

export class Line {
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {string | null} */
  #token = null;
  #retry = 0;
  #tries = 0;

  /**
   * @param {string} path below /api/v1/meetings/
   * @param {{connecting: () => void, hello?: () => object, take: (data: any) => void, lost: () => void}} ends
   *   what happens when it is opened, what it says first besides the token, who takes what comes, and what happens when it broke off
   */
  constructor(path, ends) {
    this.path = path;
    this.ends = ends;
  }

  connect() {
    this.ends.connecting();
    const scheme = location.protocol === "http:" ? "ws" : "wss";
    const socket = new WebSocket(`${scheme}://${location.host}/api/v1/meetings/${this.path}`);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => {
      this.#token = access.token;
      socket.send(JSON.stringify({ type: "hello", token: access.token, ...this.ends.hello?.() }));
    };
    socket.onmessage = ({ data }) => this.#socket === socket && this.ends.take(data instanceof ArrayBuffer ? data : JSON.parse(data));
    socket.onclose = () => this.#socket === socket && this.ends.lost();
  }

  /** All is well: should it be lost, the first wait is short again. */
  ready() {
    this.#tries = 0;
  }

  /** Closes it and connects again after a while. */
  again() {
    this.close();
    this.#retry = window.setTimeout(() => this.connect(), Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#tries++));
  }

  close() {
    clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** Shows a new token, where there is one. */
  renew() {
    if (this.#token === access.token || this.waiting === null) return;
    this.#token = access.token;
    this.send(JSON.stringify({ type: "token", token: access.token }));
  }

  /** Bytes that wait to be sent; null while it is not open. */
  get waiting() {
    return this.#socket?.readyState === WebSocket.OPEN ? this.#socket.bufferedAmount : null;
  }

  /** @param {any} data sent where it is open */
  send(data) {
    if (this.waiting !== null) this.#socket?.send(data);
  }
}
