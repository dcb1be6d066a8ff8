/** The conversations: search, filters, rows. */
import { html, nothing } from "lit";
import { repeat } from "lit-html/directives/repeat.js";
import { directionOf, fullTime, shortWhen, t, upTo } from "../language/language.js";
import { authorName, authorOf, lastOf } from "../message/preview.js";
import { isImeKey } from "../composer/ime.js";
import { icon } from "../shell/icons.js";
import { Part } from "../shell/part.js";
import { go, toConversation } from "../shell/route.js";
import { unread } from "../store/apply.js";
import { FILTERS, ordered, steady } from "./order.js";
import { pictureOf, titleOf } from "./title.js";

/** @import {Conversation} from "../types" */

class ConversationList extends Part {
  static properties = { open: {}, filter: { state: true }, words: { state: true } };

  constructor() {
    super();
    /** @type {string | undefined} the conversation that is open */
    this.open = undefined;
    this.filter = "all";
    this.words = "";
    /** @type {string[]} */
    this.shown = [];
  }

  #conversations() {
    const words = this.words.trim().toLocaleLowerCase();
    const chosen = ordered(this.state)
      .filter((conversation) => conversation.id === this.open || FILTERS[this.filter](conversation))
      .filter((conversation) => !words || titleOf(conversation).toLocaleLowerCase().includes(words));
    const rows = this.querySelector(".conversations");
    const held = rows?.matches(":hover") || rows?.contains(document.activeElement);
    const order = held && !words ? steady(chosen, this.shown) : chosen;
    this.shown = order.map(({ id }) => id);
    return order;
  }

  render() {
    const conversations = this.#conversations();
    return html`
      <header class="list-head">
        <h1>${t("messages")}</h1>
        <button class="quiet square" title=${t("new")} aria-label=${t("new")} @click=${this.#create}>${icon("plus")}</button>
      </header>
      <div class="search"><input id="jump" type="search" placeholder=${t("jump")} aria-label=${t("jump")} autocomplete="off"
        @input=${(/** @type {any} */ event) => (this.words = event.target.value)} @keydown=${this.#searchKey}></div>
      ${this.words.trim() ? html`<button class="search-messages" @click=${this.#searchMessages}>${icon("search")}<span dir="auto">${t("search.for", { words: this.words.trim() })}</span></button>` : nothing}
      <div class="filters" role="group" aria-label=${t("filter")}>
        ${Object.keys(FILTERS).map((name) => html`<button class="chip" aria-pressed=${this.filter === name}
          @click=${() => (this.filter = name)}>${t(`filter.${name}`)}</button>`)}
      </div>
      <ul class="conversations" role="list" @pointerleave=${() => this.requestUpdate()} @focusout=${() => this.requestUpdate()}>
        ${repeat(conversations, ({ id }) => id, (conversation) => this.#row(conversation))}
      </ul>
      ${conversations.length ? nothing : this.#empty()}`;
  }

  /** @param {Conversation} conversation */
  #row(conversation) {
    const { id, last, mentions } = conversation;
    const count = unread(conversation);
    return html`<li><a class="conversation ${count ? "unread" : ""}" href=${toConversation(id)}
      aria-current=${id === this.open ? "true" : nothing}>
      ${pictureOf(conversation)}
      <span class="conversation-name" dir="auto"><bdi>${titleOf(conversation)}</bdi></span>
      <time datetime=${last?.at ?? nothing} title=${last ? fullTime(last.at) : nothing}>${last ? shortWhen(last.at) : nothing}</time>
      <span class="conversation-last" dir=${last ? direction(last) : nothing}>${last ? this.#last(conversation, last) : nothing}</span>
      ${badge(count, mentions.length)}
    </a></li>`;
  }

  /** @param {Conversation} conversation @param {import("../types").Last} last */
  #last({ kind }, last) {
    const what = lastOf(last);
    if ("happened" in what) return what.happened;
    const text = what.said;
    if (authorOf(last) === this.state.me?.id) return t("you-said", { text });
    return kind === "group" ? html`<bdi>${authorName(last)}</bdi>: ${text}` : text;
  }

  #empty() {
    if (!this.state.listed) return html`<div class="skeleton late" aria-hidden="true">${[1, 2, 3, 4].map(() => html`<i></i>`)}</div>`;
    if (this.words || this.filter !== "all") return html`<p class="hint">${t("list.no-match")}</p>`;
    return html`<div class="empty"><p>${t("list.empty")}</p>
      <button class="primary" @click=${this.#create}>${t("new")}</button></div>`;
  }

  async #create() {
    (await import("./create.js")).openCreate();
  }

  async #searchMessages() {
    const words = this.words.trim();
    const { openSearch } = await import("../search/open.js");
    const field = /** @type {HTMLInputElement} */ (this.querySelector("#jump"));
    field.focus();
    field.value = this.words = "";
    openSearch({ words });
  }

  /** @param {KeyboardEvent} event */
  #searchKey(event) {
    if (isImeKey(event)) return;
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (event.key === "Enter" && this.words.trim() && (event.shiftKey || !this.shown.length)) {
      void this.#searchMessages();
    } else if (event.key === "Enter" && this.shown.length) {
      go(toConversation(this.shown[0]));
      field.value = this.words = "";
    } else if (event.key === "Escape") {
      field.value = this.words = "";
    }
  }
}
customElements.define("conversation-list", ConversationList);

/** That of what was said, whoever said it: cut off is its end. @param {import("../types").Last} last */
function direction(last) {
  const what = lastOf(last);
  return "said" in what ? directionOf(what.said) : "auto";
}

/** Unread messages, in red where some of them mention the reader. @param {number} count @param {number} mentions */
export function badge(count, mentions) {
  if (mentions) {
    const label = t("badge.mentions", { count: mentions });
    return html`<span class="badge mention" aria-label=${label}>@${upTo(mentions, 99)}</span>`;
  }
  if (!count) return nothing;
  return html`<span class="badge" aria-label=${t("badge.unread", { count })}>${upTo(count, 999)}</span>`;
}
