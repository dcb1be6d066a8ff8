/**
 * From the microphone's rate to the 16 kHz of speech: each sample is the mean of those that it stands
 * for, which is filter enough for speech. Pure; it runs in the audio thread.
 */
export const RATE = 16_000;
/** Samples of a piece: 100 ms. */
export const PIECE = 1600;

export class Pieces {
  #sum = 0;
  #filled = 0;
  #piece = new Int16Array(PIECE);
  #at = 0;

  /** @param {number} rate of what comes, in hertz */
  constructor(rate) {
    this.ratio = rate / RATE;
  }

  /** @param {Float32Array} samples from -1 to 1 @returns {Int16Array[]} the pieces that are full */
  push(samples) {
    /** @type {Int16Array[]} */
    const full = [];
    for (const sample of samples) {
      for (let rest = 1; rest > 1e-9; ) {
        const part = Math.min(rest, this.ratio - this.#filled);
        this.#sum += sample * part;
        this.#filled += part;
        rest -= part;
        if (this.ratio - this.#filled < 1e-9 && this.#put(this.#sum / this.ratio)) full.push(this.#taken());
      }
    }
    return full;
  }

  /** @param {number} value @returns {boolean} whether the piece is full */
  #put(value) {
    this.#sum = 0;
    this.#filled = 0;
    this.#piece[this.#at++] = Math.round(Math.max(-1, Math.min(1, value)) * 32_767);
    return this.#at === PIECE;
  }

  #taken() {
    const piece = this.#piece;
    this.#piece = new Int16Array(PIECE);
    this.#at = 0;
    return piece;
  }
}

/** How loud a piece is, from 0 to 1: the root of the mean square. @param {Int16Array} piece */
export function levelOf(piece) {
  let sum = 0;
  for (const sample of piece) sum += (sample / 32_768) ** 2;
  return Math.sqrt(sum / piece.length);
}
