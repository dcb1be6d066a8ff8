/**
 * A part of the screen that is drawn from the store, in the document itself: ids of labels and
 * descriptions do not reach through shadow roots.
 */
import { LitElement } from "lit";
import { store } from "../wiring.js";

export class Part extends LitElement {
  /** @type {() => void} */
  #stop = () => {};

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#stop = store.listen(() => this.requestUpdate());
  }

  disconnectedCallback() {
    this.#stop();
    super.disconnectedCallback();
  }

  get state() {
    return store.state;
  }
}
