/** The place of meetings: those to come and live, in all groups of their reader; and the page of a language channel. */
import { html, nothing } from "lit";
import { repeat } from "lit-html/directives/repeat.js";
import { t } from "../language/language.js";
import { get } from "../session/api.js";
import { icon } from "../shell/icons.js";
import { reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { toConversation } from "../shell/route.js";
import { frames } from "../wiring.js";
import { takeListed } from "./views.js";
import "./card.js";

/** @import {MeetingView} from "../types" */

/** Meetings change together: they are asked for again once. */
const CALM = 1000;

class Meetings extends Part {
  static properties = { meeting: {}, channel: {}, meetings: { state: true }, next: { state: true }, error: { state: true } };

  constructor() {
    super();
    /** @type {string | undefined} */
    this.meeting = undefined;
    this.channel = false;
    /** @type {MeetingView[] | null} */
    this.meetings = null;
    /** @type {string | null} */
    this.next = null;
    this.error = "";
    this.soon = 0;
    this.deaf = () => {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.deaf = frames.on("meeting", () => {
      clearTimeout(this.soon);
      this.soon = window.setTimeout(() => void this.#load(), CALM);
    });
    void this.#load();
  }

  disconnectedCallback() {
    clearTimeout(this.soon);
    this.deaf();
    super.disconnectedCallback();
  }

  willUpdate() {
    if (this.channel) void import("./channel.js");
  }

  /** @param {string} [after] */
  async #load(after) {
    try {
      const page = await get(`/meetings?limit=50${after ? `&after=${encodeURIComponent(after)}` : ""}`);
      takeListed(page.meetings);
      this.meetings = after ? [...(this.meetings ?? []), ...page.meetings] : page.meetings;
      this.next = page.next ?? null;
      this.error = "";
    } catch (error) {
      this.error = reason(error);
    }
  }

  render() {
    if (this.meeting && this.channel) return html`<language-channel .meeting=${this.meeting}></language-channel>`;
    return html`<h1>${t("meetings")}</h1>
      ${this.error ? html`<p class="error" role="alert">${this.error} <button @click=${() => this.#load()}>${t("try-again")}</button></p>` : nothing}
      ${this.meetings && !this.meetings.length ? html`<div class="empty"><p>${t("meetings.none")}</p><p class="hint">${t("meetings.how")}</p></div>` : nothing}
      <ul class="meetings" role="list">${repeat(this.meetings ?? [], ({ id }) => id, (one) => this.#one(one))}</ul>
      ${this.next ? html`<button @click=${() => this.#load(this.next ?? "")}>${t("show-more")}</button>` : nothing}`;
  }

  /** @param {MeetingView} one */
  #one(one) {
    const group = this.state.conversations.get(one.conversation);
    return html`<li>${group ? html`<p class="hint"><a href=${toConversation(group.id)}>${icon("messages")}<bdi>${group.name}</bdi></a></p>` : nothing}
      <meeting-card .meeting=${one} .of=${one.conversation}></meeting-card></li>`;
  }
}
customElements.define("plenary-meetings", Meetings);
