/**
 * Speech on its way to the server: the microphone, the socket, and how the two stand. What was said while
 * the socket was lost is not sent later.
 */
import { t } from "../language/language.js";
import { Line } from "./line.js";
import { levelOf } from "./pcm.js";

/** @typedef {"off" | "asking" | "denied" | "connecting" | "ready" | "lost" | "ended" | "refused"} State */

/** No more than this is kept for a slow line: three seconds. */
const MOST_WAITING = 96_000;
/** Reasons after which the same may be tried again. */
const PASSING = new Set(["stopping", "unavailable", "unknown", "too-many", "slow", "idle", "expired"]);

export class Speech {
  /** @type {State} */
  state = "off";
  /** In words, where there is more to say. */
  words = "";
  engine = "";
  level = 0;
  muted = false;
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {AudioContext | null} */
  #audio = null;

  /** @param {string} meeting @param {() => void} changed */
  constructor(meeting, changed) {
    this.changed = changed;
    this.line = new Line(`${encodeURIComponent(meeting)}/speech`, {
      connecting: () => this.#is("connecting"),
      hello: () => this.as,
      take: (frame) => this.#told(frame),
      lost: () => this.#lost(this.words),
    });
    /** @type {{language: string, channel?: string}} */
    this.as = { language: "" };
  }

  /** @param {State} state @param {string} [words] */
  #is(state, words = "") {
    this.state = state;
    this.words = words;
    this.changed();
  }

  /** @param {{language: string, channel?: string}} as what is spoken, and into which channel an interpreter speaks */
  async start(as) {
    this.as = as;
    this.line.ready();
    this.#is("asking");
    try {
      await this.#listen();
    } catch (error) {
      this.#stopListening();
      const denied = error instanceof DOMException && error.name === "NotAllowedError";
      return this.#is("denied", t(denied ? "channel.denied.why" : "channel.no-microphone"));
    }
    this.line.connect();
  }

  async #listen() {
    if (!navigator.mediaDevices) throw new Error("Not over a secure connection");
    this.#stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
    this.#audio = new AudioContext();
    await this.#audio.audioWorklet.addModule(new URL("./capture.js", import.meta.url));
    const capture = new AudioWorkletNode(this.#audio, "plenary-capture", { numberOfOutputs: 0 });
    capture.port.onmessage = ({ data }) => this.#hear(data);
    this.#audio.createMediaStreamSource(this.#stream).connect(capture);
    this.#stream.getAudioTracks()[0]?.addEventListener("ended", () => this.end(t("channel.unplugged")));
    await this.#audio.resume();
  }

  /** @param {Int16Array} piece */
  #hear(piece) {
    this.level = this.muted ? 0 : levelOf(piece);
    // Silence is sent while muted: the engine at the other end expects a stream.
    if (this.muted) piece.fill(0);
    const { waiting } = this.line;
    if (this.state === "ready" && waiting !== null && waiting < MOST_WAITING) {
      this.line.renew();
      this.line.send(littleEndian(piece));
    }
    this.changed();
  }

  /** @param {any} frame */
  #told(frame) {
    if (frame.type === "ready") {
      this.line.ready();
      this.engine = frame.title ?? frame.engine ?? "";
      this.#is("ready");
    } else if (frame.type === "problem") {
      // Such as an engine that fails: whether that is the end, bye will tell.
      this.#is(this.state, frame.problem.detail ?? frame.problem.title);
    } else if (frame.type === "bye") {
      if (PASSING.has(frame.reason)) this.#lost(frame.detail ?? "");
      else this.#finish(frame.reason === "ended" ? "ended" : "refused", frame.detail ?? "");
    }
  }

  /** @param {string} words */
  #lost(words) {
    this.line.again();
    this.#is("lost", words);
  }

  #stopListening() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    void this.#audio?.close().catch(() => {});
    this.#stream = null;
    this.#audio = null;
    this.level = 0;
  }

  /** @param {State} state @param {string} words */
  #finish(state, words) {
    this.line.close();
    this.#stopListening();
    this.#is(state, words);
  }

  /** @param {boolean} muted */
  mute(muted) {
    this.muted = muted;
    this.changed();
  }

  /** @param {string} [words] */
  end(words = "") {
    this.line.send(JSON.stringify({ type: "end" }));
    this.#finish("ended", words);
  }
}

/** @param {Int16Array} piece */
function littleEndian(piece) {
  const view = new DataView(new ArrayBuffer(piece.length * 2));
  piece.forEach((sample, i) => view.setInt16(i * 2, sample, true));
  return view.buffer;
}
