/**
 * Voice that comes in pieces, played one after the other: each begins where the one before it ends, and
 * after a silence a little later than it came, so that a late piece tears no hole.
 */
export const RATE = 16_000;
/** In seconds: how much later than it came the first piece after a silence is played. */
const JITTER = 0.25;
/** No more than this waits to be played; what comes besides is dropped. */
const MOST = 3;

/**
 * When a piece begins, in seconds; null where too much waits already.
 *
 * @param {number} now @param {number} end where what waits ends
 */
export const beginning = (now, end) => (end - now > MOST ? null : end > now ? end : now + JITTER);

/** Samples of little-endian bytes, from -1 to 1. @param {ArrayBuffer} bytes */
export function samplesOf(bytes) {
  const view = new DataView(bytes);
  return Float32Array.from({ length: bytes.byteLength >> 1 }, (_, i) => view.getInt16(2 * i, true) / 32_768);
}

export class Playback {
  #end = 0;
  /** How many samples were given to be played. */
  samples = 0;
  /** The loudest of them, from 0 to 1. */
  loudest = 0;

  /** To be made where somebody presses a button: browsers play nothing before. @param {() => void} silent is called when all was played */
  constructor(silent) {
    this.silent = silent;
    this.audio = new AudioContext({ sampleRate: RATE });
    void this.audio.resume();
  }

  /** @param {ArrayBuffer} bytes @returns {boolean} whether it is played */
  play(bytes) {
    const { audio } = this;
    const at = beginning(audio.currentTime, this.#end);
    const samples = samplesOf(bytes);
    if (at === null || !samples.length) return false;
    const buffer = audio.createBuffer(1, samples.length, RATE);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(audio, { buffer });
    source.connect(audio.destination);
    source.start(at);
    const end = at + buffer.duration;
    this.#end = end;
    source.onended = () => this.#end === end && this.silent();
    this.samples += samples.length;
    for (const sample of samples) this.loudest = Math.max(this.loudest, Math.abs(sample));
    return true;
  }

  close() {
    this.silent = () => {};
    void this.audio.close().catch(() => {});
  }
}
