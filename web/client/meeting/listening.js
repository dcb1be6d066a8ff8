/**
 * Voice on its way from the server: the socket, what it plays, and how the two stand. What was said while
 * the socket was lost is not heard later.
 */
import { Line } from "./line.js";
import { Playback } from "./playback.js";

/** @typedef {"off" | "connecting" | "waiting" | "playing" | "lost" | "refused"} State */

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
  #renewing = 0;

  /** @param {string} meeting @param {string} language @param {() => void} changed */
  constructor(meeting, language, changed) {
    this.changed = changed;
    this.line = new Line(`${encodeURIComponent(meeting)}/voice?language=${encodeURIComponent(language)}`, {
      connecting: () => this.#is("connecting"),
      take: (data) => (data instanceof ArrayBuffer ? this.#hear(data) : this.#told(data)),
      lost: () => this.#lost(this.words),
    });
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
    this.#renewing = window.setInterval(() => this.line.renew(), RENEW_EVERY);
    this.line.connect();
  }

  /** @param {ArrayBuffer} bytes */
  #hear(bytes) {
    if (this.playback?.play(bytes)) this.#is("playing");
  }

  /** @param {any} frame */
  #told(frame) {
    if (frame.type === "ready") {
      this.line.ready();
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

  /** @param {string} words */
  #lost(words) {
    this.line.again();
    this.#is("lost", words);
  }

  /** @param {State} state @param {string} words */
  #finish(state, words) {
    clearInterval(this.#renewing);
    this.line.close();
    this.playback?.close();
    this.#is(state, words);
  }

  end() {
    this.#finish("off", "");
  }
}
