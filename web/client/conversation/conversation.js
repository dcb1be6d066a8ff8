/** One conversation: its header, messages, composer, and what is open beside it. */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { icon } from "../shell/icons.js";
import { Part } from "../shell/part.js";
import { go, toConversation } from "../shell/route.js";
import { reason } from "../shell/notice.js";
import { unread } from "../store/apply.js";
import { history, names } from "../wiring.js";
import { pictureOf, titleOf } from "./title.js";
import "../message/list.js";
import "../composer/composer.js";

/** @import {Conversation as Told} from "../types" */

/** Unread messages up to so many are loaded at once, so that reading begins at the first of them. */
const NEAR = 200;

class Conversation extends Part {
  static properties = { of: {}, side: {}, error: { state: true }, acting: { state: true } };

  constructor() {
    super();
    /** @type {string} */
    this.of = "";
    /** @type {string | undefined} */
    this.side = undefined;
    this.error = "";
    /** What the composer does besides writing a new message. @type {{quote?: number, edit?: number} | null} */
    this.acting = null;
    this.loaded = "";
    this.addEventListener("act-on", (event) => (this.acting = /** @type {CustomEvent} */ (event).detail));
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("of")) this.acting = null;
    const known = this.state.conversations.get(this.of);
    if (known && (this.loaded !== this.of || (!known.held && known.head.seq && !this.error))) {
      this.loaded = this.of;
      this.#load();
    }
    if (this.side === "members") void import("./members.js");
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
        ${this.side === "members" ? html`<aside class="side-pane" data-pane aria-label=${t("members")}>
          <conversation-members .of=${this.of}></conversation-members></aside>` : nothing}
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
      ${direct ? nothing : html`<button class="quiet square" aria-expanded=${open} aria-label=${t("members")} title=${t("members")}
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
