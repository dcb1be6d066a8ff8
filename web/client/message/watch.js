/**
 * Asks for the live read counts beside one's own messages on screen, at most 20.
 *
 * @import {Row} from "./grouping"
 */
import { connection, store } from "../wiring.js";

const MOST = 20;

export class Watch {
  #watched = "";

  /** @param {string} conversation @param {Row[]} drawn */
  look(conversation, drawn) {
    if (store.state.connection !== "live") {
      this.#watched = "";
      return;
    }
    const own = drawn.filter(({ own, seq, entry }) => own && seq < Infinity && entry?.body);
    const seqs = own.slice(-MOST).map(({ seq }) => seq);
    const key = `${conversation}/${seqs}`;
    if (key !== this.#watched && connection.send({ type: "watch", conversation, seqs })) this.#watched = key;
  }
}
