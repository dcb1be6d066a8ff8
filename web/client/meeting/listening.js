/**
 * Voice on its way from the server: the socket, what it plays, and how the two stand. A socket that is
 * lost is opened again; what was said meanwhile is not heard later.
 */
import { access } from "../session/api.js";
import { Playback } from "./playback.js";

/** @typedef {"off" | "connecting" | "waiting" | "playing" | "lost" | "refused"} State */

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10_000;
const RENEW_EVERY = 5000;
/** Reasons after which the same may be tried again. */
const PASSING = new Set(["stopping", "unavailable", "unknown", "idle", "expired"]);

export class Listening {
  /** @type {State} */
  state = "off";
  /** In words, where there is more to say. */
  words = "";
  /** What speaks, as people call it. */
  engine = "";
  /** @type {Playback | null} */
  playback = null;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {string | null} */
  #token = null;
  #retry = 0;
  #renewing = 0;
  #tries = 0;

  /** @param {string} meeting @param {string} language @param {() => void} changed */
  constructor(meeting, language, changed) {
    this.meeting = meeting;
    this.language = language;
    this.changed = changed;
  }

  get isOn() {
    return this.state !== "off" && this.state !== "refused";
  }

  /** @param {State} state @param {string} [words] */
  #is(state, words = "") {
    if (state === this.state && words === this.words) return;
    this.state = state;
    this.words = words;
    this.changed();
  }

  /** To be called where somebody presses a button. */
  start() {
    this.playback = new Playback(() => this.state === "playing" && this.#is("waiting"));
    this.#renewing = window.setInterval(() => this.#renew(), RENEW_EVERY);
    this.#connect();
  }

  #connect() {
    this.#is("connecting");
    const scheme = location.protocol === "http:" ? "ws" : "wss";
    const socket = new WebSocket(`${scheme}://${location.host}/api/v1/meetings/${encodeURIComponent(this.meeting)}/voice?language=${encodeURIComponent(this.language)}`);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => {
      this.#token = access.token;
      socket.send(JSON.stringify({ type: "hello", token: access.token }));
    };
    socket.onmessage = ({ data }) => {
      if (this.#socket !== socket) return;
      if (data instanceof ArrayBuffer) this.#hear(data);
      else this.#told(JSON.parse(data));
    };
    socket.onclose = () => this.#socket === socket && this.#lost(this.words);
  }

  /** @param {ArrayBuffer} bytes */
  #hear(bytes) {
    if (this.playback?.play(bytes)) this.#is("playing");
  }

  /** @param {any} frame */
  #told(frame) {
    if (frame.type === "ready") {
      this.#tries = 0;
      this.#is("waiting");
    } else if (frame.type === "sentence") {
      if (this.engine === frame.title) return;
      this.engine = frame.title;
      this.changed();
    } else if (frame.type === "problem") {
      this.words = frame.problem.detail ?? frame.problem.title;
    } else if (frame.type === "bye") {
      if (PASSING.has(frame.reason)) this.#lost(frame.detail ?? "");
      else this.#finish("refused", frame.detail ?? "");
    }
  }

  /** A socket lives as long as its token, of which there is a new one now and then. */
  #renew() {
    if (this.#token === access.token || this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#token = access.token;
    this.#socket.send(JSON.stringify({ type: "token", token: access.token }));
  }

  /** @param {string} words */
  #lost(words) {
    this.#drop();
    this.#is("lost", words);
    this.#retry = window.setTimeout(() => this.#connect(), Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#tries++));
  }

  #drop() {
    clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** @param {State} state @param {string} words */
  #finish(state, words) {
    clearInterval(this.#renewing);
    this.#drop();
    this.playback?.close();
    this.#is(state, words);
  }

  end() {
    this.#finish("off", "");
  }
}
