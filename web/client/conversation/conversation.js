/** One conversation: its header, messages, composer, and what is open beside it. */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { icon } from "../shell/icons.js";
import { Part } from "../shell/part.js";
import { go, toConversation } from "../shell/route.js";
import { reason } from "../shell/notice.js";
import { unread } from "../store/apply.js";
import { readingIn } from "../shell/look.js";
import { follow, history, names } from "../wiring.js";
import { pictureOf, titleOf } from "./title.js";
import "../message/list.js";
import "../composer/composer.js";

/** @import {Conversation as Told} from "../types" */

/** Unread messages up to so many are loaded at once, so that reading begins at the first of them. */
const NEAR = 200;

/** What can be open beside the messages, by the name of it. @type {Record<string, () => Promise<unknown>>} */
const PANES = { members: () => import("./members.js"), captions: () => import("../meeting/captions.js") };

class Conversation extends Part {
  static properties = { of: {}, side: {}, what: {}, error: { state: true }, acting: { state: true } };

  constructor() {
    super();
    /** @type {string} */
    this.of = "";
    /** @type {string | undefined} */
    this.side = undefined;
    /** The meeting whose captions are beside it. @type {string | undefined} */
    this.what = undefined;
    this.error = "";
    /** What the composer does besides writing a new message. @type {{quote?: number, edit?: number} | null} */
    this.acting = null;
    this.loaded = "";
    this.addEventListener("act-on", (event) => (this.acting = /** @type {CustomEvent} */ (event).detail));
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("of")) {
      this.acting = null;
      this.#unfollow(/** @type {string | undefined} */ (changed.get("of")));
    }
    const known = this.state.conversations.get(this.of);
    if (known && (this.loaded !== this.of || (!known.held && known.head.seq && !this.error))) {
      this.loaded = this.of;
      this.#load();
    }
    if (this.side) void PANES[this.side]?.();
  }

  updated() {
    const meeting = this.side === "captions" ? (this.what ?? null) : null;
    follow.set(this.of, { language: readingIn(this.state, this.of), meeting });
  }

  disconnectedCallback() {
    this.#unfollow(this.of);
    super.disconnectedCallback();
  }

  /** @param {string | undefined} id */
  #unfollow(id) {
    if (id) follow.set(id, { language: null, meeting: null });
  }

  async #load() {
    const { of } = this;
    this.error = "";
    try {
      await history.open(of);
      const known = this.state.conversations.get(of);
      if (known && unread(known) && unread(known) <= NEAR) await history.reach(of, known.position.seq);
    } catch (error) {
      this.error = reason(error);
    }
  }

  render() {
    const conversation = this.state.conversations.get(this.of);
    if (!conversation) return this.state.listed ? this.#missing() : nothing;
    return html`
      ${this.#header(conversation)}
      <div class="conversation-body">
        <div class="stream">
          ${this.error ? html`<p class="error" role="alert">${this.error} <button @click=${this.#load}>${t("try-again")}</button></p>` : nothing}
          <message-list .of=${this.of}></message-list>
          <message-composer .of=${this.of} .acting=${this.acting} @done=${() => (this.acting = null)} @sent=${this.#sent}></message-composer>
        </div>
        ${this.side && PANES[this.side] ? html`<aside class="side-pane ${this.side}" data-pane aria-label=${t(this.side)}>
          ${this.side === "members" ? html`<conversation-members .of=${this.of}></conversation-members>` : html`<meeting-captions .of=${this.of} .meeting=${this.what}></meeting-captions>`}</aside>` : nothing}
      </div>`;
  }

  /** Whoever writes wants to see it, wherever they were reading. */
  #sent() {
    /** @type {import("../message/list").MessageList | null} */ (this.querySelector("message-list"))?.toEnd();
  }

  /** @param {Told} conversation */
  #header(conversation) {
    const direct = conversation.kind === "direct";
    const bot = direct && names.account(conversation.with ?? "")?.bot;
    const open = this.side === "members";
    return html`<header class="conversation-head">
      <a class="button quiet square only-phone" href="/" aria-label=${t("back")}>${icon("back")}</a>
      ${pictureOf(conversation)}
      <div class="heading"><h1><bdi>${titleOf(conversation)}</bdi>${bot ? html` <span class="tag">${t("bot")}</span>` : nothing}</h1>
        <p>${this.#typing() ?? (direct ? t("direct") : t("members.count", { count: conversation.members }))}</p></div>
      <button class="quiet square" aria-haspopup="dialog" aria-label=${t("search.in")} title=${t("search.in")}
        @click=${async () => (await import("../search/open.js")).openSearch({ conversation: this.of })}>${icon("search")}</button>
      <button class="quiet square" aria-haspopup="dialog" aria-pressed=${!!readingIn(this.state, this.of)} aria-label=${t("translation")} title=${t("translation")}
        @click=${async () => (await import("../translation/settings.js")).openReading(this.of)}>${icon("languages")}</button>
      ${direct ? nothing : html`<button class="quiet square" aria-haspopup="dialog" aria-label=${t("meeting.new")} title=${t("meeting.new")}
        @click=${async () => (await import("../meeting/form.js")).openMeetingForm(this.of)}>${icon("meetings")}</button>
      <button class="quiet square" aria-expanded=${open} aria-label=${t("members")} title=${t("members")}
        @click=${() => go(toConversation(this.of, open ? undefined : "members"))}>${icon("people")}</button>`}
    </header>`;
  }

  #typing() {
    const now = Date.now();
    const who = [...(this.state.typing.get(this.of) ?? [])].filter(([, until]) => until > now);
    if (!who.length) return undefined;
    return who.length === 1 ? t("typing.one", { name: names.name(who[0][0]) }) : t("typing.many", { count: who.length });
  }

  #missing() {
    return html`<div class="empty"><p>${t("conversation.missing")}</p><a class="button" href="/">${t("back")}</a></div>`;
  }
}
customElements.define("plenary-conversation", Conversation);
