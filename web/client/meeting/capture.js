/** In the audio thread: the microphone as one channel of 16 kHz, in pieces of 100 ms. */
import { Pieces } from "./pcm.js";

const { AudioWorkletProcessor, registerProcessor, sampleRate } = /** @type {any} */ (globalThis);

class Capture extends AudioWorkletProcessor {
  pieces = new Pieces(sampleRate);

  /** @param {Float32Array[][]} inputs @returns {boolean} */
  process([channels]) {
    if (!channels?.length) return true;
    const mono = channels[0].map((_, i) => channels.reduce((sum, channel) => sum + channel[i], 0) / channels.length);
    for (const piece of this.pieces.push(mono)) /** @type {any} */ (this).port.postMessage(piece, [piece.buffer]);
    return true;
  }
}
registerProcessor("plenary-capture", Capture);
