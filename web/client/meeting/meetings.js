/** The place of meetings: those to come and live, and those that are past, in all groups of their reader; and the page of a language channel. */
import { html, nothing } from "lit";
import { repeat } from "lit-html/directives/repeat.js";
import { t } from "../language/language.js";
import { get } from "../session/api.js";
import { icon } from "../shell/icons.js";
import { reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { toConversation } from "../shell/route.js";
import { frames } from "../wiring.js";
import { again, further } from "./listing.js";
import { past } from "./past.js";
import { takeListed } from "./views.js";
import "./card.js";

/** @import {MeetingView} from "../types" @import {Listing} from "./listing.js" */

/** Meetings change together: they are asked for again once. */
const CALM = 1000;
const SIZES = { open: 50, past: 20 };
const PLACES = /** @type {const} */ ([["open", "/meetings"], ["past", "/meetings/past"]]);

class Meetings extends Part {
  static properties = { meeting: {}, channel: {}, lists: { state: true }, error: { state: true } };

  constructor() {
    super();
    /** @type {string | undefined} whose channel it is; or "past" */
    this.meeting = undefined;
    this.channel = false;
    /** What was read of each: drawn at once when its reader comes back. @type {Record<string, Listing | undefined>} */
    this.lists = {};
    this.error = "";
    this.soon = 0;
    this.deaf = () => {};
  }

  get place() {
    return this.meeting === "past" ? "past" : "open";
  }

  connectedCallback() {
    super.connectedCallback();
    this.deaf = frames.on("meeting", () => {
      clearTimeout(this.soon);
      this.soon = window.setTimeout(() => void this.#load(), CALM);
    });
  }

  disconnectedCallback() {
    clearTimeout(this.soon);
    this.deaf();
    super.disconnectedCallback();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (this.channel) void import("./channel.js");
    else if (changed.has("meeting") || changed.has("channel")) void this.#load();
  }

  /** The first page again, or the one that follows. @param {string} [after] */
  async #load(after) {
    const { place } = this;
    try {
      const page = await get(`/meetings?state=${place}&limit=${SIZES[place]}${after ? `&after=${encodeURIComponent(after)}` : ""}`);
      takeListed(page.meetings);
      const before = this.lists[place];
      this.lists = { ...this.lists, [place]: after && before ? further(before, page) : again(before, page) };
      if (place === this.place) this.error = "";
    } catch (error) {
      if (place === this.place) this.error = reason(error);
    }
  }

  /** Who asked for more by the keyboard goes on with the first of it, also where the button is gone. @param {string} next */
  async #more(next) {
    const { length } = this.lists[this.place]?.meetings ?? [];
    await this.#load(next);
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelectorAll(".meetings > li")[length])?.focus();
  }

  render() {
    if (this.channel) return html`<language-channel .meeting=${this.meeting}></language-channel>`;
    const { place } = this;
    const list = this.lists[place];
    const link = (/** @type {(typeof PLACES)[number]} */ [name, url]) => html`<a class="button chip" href=${url} aria-current=${name === place ? "page" : nothing}>${t(`meetings.${name}`)}</a>`;
    return html`<header class="page-head"><h1>${t("meetings")}</h1></header>
      <nav class="filters" aria-label=${t("meetings")}>${PLACES.map(link)}</nav>
      ${this.error ? html`<p class="error" role="alert">${this.error} <button @click=${() => this.#load()}>${t("try-again")}</button></p>` : nothing}
      ${list ? nothing : html`<div class="skeleton late"><i></i><i></i><i></i></div>`}
      ${list && !list.meetings.length && !list.next ? this.#none(place) : nothing}
      <ul class="meetings ${place}" role="list">${repeat(list?.meetings ?? [], ({ id }) => id, (one) => this.#one(one))}</ul>
      ${list?.next ? html`<button @click=${() => this.#more(list.next ?? "")}>${t("show-more")}</button>` : nothing}`;
  }

  /** @param {string} place */
  #none(place) {
    return html`<div class="empty"><p>${t(place === "past" ? "meetings.none-past" : "meetings.none")}</p>${place === "past" ? nothing : html`<p class="hint">${t("meetings.how")}</p>`}</div>`;
  }

  /** @param {MeetingView} one */
  #one(one) {
    const group = this.state.conversations.get(one.conversation);
    const where = group ? html`<a href=${toConversation(group.id)}>${icon("messages")}<bdi>${group.name}</bdi></a>` : nothing;
    if (this.place === "past") return html`<li class="panel" tabindex="-1">${past(one, where)}</li>`;
    return html`<li tabindex="-1">${group ? html`<p class="hint">${where}</p>` : nothing}
      <meeting-card .meeting=${one} .of=${one.conversation}></meeting-card></li>`;
  }
}
customElements.define("plenary-meetings", Meetings);
