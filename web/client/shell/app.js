/** The whole page: sign-in, or the rail with the place that the address names. */
import { html, nothing } from "lit";
import { t, language } from "../language/language.js";
import { session } from "../wiring.js";
import { Part } from "./part.js";
import { arrival } from "../conversation/order.js";
import { choice } from "./look.js";
import { go, onRoute, route, toConversation } from "./route.js";
import { rail } from "./rail.js";
import "./banner.js";
import "../session/sign-in.js";
import "../conversation/list.js";
import "../conversation/conversation.js";

/** Places that are not needed before the first message. @type {Record<string, () => Promise<unknown>>} */
const LATER = {
  people: () => import("../people/people.js"),
  meetings: () => import("../meeting/meetings.js"),
  surveys: () => import("../survey/surveys.js"),
  me: () => import("../people/me.js"),
  setup: () => import("../session/set-up.js"),
};

/** After so long a place that could not be fetched is fetched again, in milliseconds. */
const AGAIN = 2000;

export class App extends Part {
  static properties = { started: { state: true }, unreachable: { state: true } };

  constructor() {
    super();
    this.started = false;
    this.unreachable = false;
    /** Whose conversations have been listed here. */
    this.arrived = "";
    this.again = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    onRoute(() => this.requestUpdate());
    void import("./keys.js").then(({ startKeys }) => startKeys());
    void import("./notify.js").then(({ startNotifying }) => startNotifying());
  }

  willUpdate() {
    const { place } = route();
    // The network may have changed while it came.
    LATER[place]?.().catch(() => {
      clearTimeout(this.again);
      this.again = window.setTimeout(() => this.requestUpdate(), AGAIN);
    });
  }

  /** Beside the list there is room for a conversation: whoever comes finds one open. */
  updated() {
    const { me, listed, conversations } = this.state;
    const { place, id } = route();
    if (!me) this.arrived = "";
    if (id && place === "messages" && conversations.has(id) && choice("last") !== id) choice("last", id);
    if (!me || !listed) return;
    const last = choice("last") ?? "";
    const there = this.arrived === me.id ? (conversations.has(last) ? last : undefined) : arrival(this.state, last);
    this.arrived = me.id;
    if (place === "messages" && !id && there && matchMedia("(min-width: 720px)").matches) go(toConversation(there), { replace: true });
  }

  render() {
    if (!this.started) return nothing;
    const { place, id, side, what } = route();
    if (place === "setup") return html`<plenary-set-up></plenary-set-up>`;
    if (!this.state.me) return this.unreachable ? this.#unreachable() : html`<plenary-sign-in></plenary-sign-in>`;
    const inside = place === "messages" ? !!id : false;
    return html`
      <a class="skip" href="#main">${t("skip")}</a>
      <div class="shell ${inside ? "inside" : ""}" lang=${language.tag}>
        ${rail(this.state, place)}
        <plenary-banner></plenary-banner>
        ${place === "messages" ? this.#messages(id, side, what) : this.#place(place, id, side)}
      </div>`;
  }

  /** @param {string | undefined} id @param {string | undefined} side @param {string | undefined} what */
  #messages(id, side, what) {
    return html`
      <nav class="pane list-pane" aria-label=${t("messages")} data-pane>
        <conversation-list .open=${id}></conversation-list>
      </nav>
      <main id="main" class="pane main-pane" data-pane tabindex="-1">
        ${id ? html`<plenary-conversation .of=${id} .side=${side} .what=${what}></plenary-conversation>` : this.#nothingOpen()}
      </main>`;
  }

  #nothingOpen() {
    return html`<div class="empty"><p>${t("nothing-open")}</p></div>`;
  }

  /** @param {string} place @param {string | undefined} id @param {string | undefined} side */
  #place(place, id, side) {
    return html`<main id="main" class="pane main-pane page" data-pane tabindex="-1">
      ${place === "people" ? html`<plenary-people></plenary-people>` : nothing}
      ${place === "meetings" ? html`<plenary-meetings .meeting=${id} .channel=${side === "channel"}></plenary-meetings>` : nothing}
      ${place === "surveys" ? html`<plenary-surveys .survey=${id}></plenary-surveys>` : nothing}
      ${place === "me" ? html`<plenary-me></plenary-me>` : nothing}
    </main>`;
  }

  #unreachable() {
    const again = async () => {
      this.unreachable = false;
      await session.refresh().catch(() => (this.unreachable = true));
    };
    return html`<main class="alone"><div class="sheet">
      <h1>Plenary</h1>
      <p>${t("error.unreachable")}</p>
      <button class="primary" @click=${again}>${t("try-again")}</button>
    </div></main>`;
  }
}
customElements.define("plenary-app", App);
