/** The search in what was said: a field, where to look, and what was found, by conversation. */
import { html, nothing } from "lit";
import { isImeKey } from "../composer/ime.js";
import { pictureOf, titleOf } from "../conversation/title.js";
import { fullTime, shortWhen, t } from "../language/language.js";
import { languageName } from "../meeting/when.js";
import { authorName } from "../message/preview.js";
import { reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { Results } from "./results.js";

/** @import {Group, Hit} from "./results" */

/** After the last key, in milliseconds. */
const PAUSE = 250;
const LONGEST = 100;

class MessageSearch extends Part {
  static properties = { words: {}, conversation: {}, meeting: {}, everywhere: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.words = "";
    /** The conversation that the search was opened in. */
    this.conversation = "";
    this.meeting = "";
    this.everywhere = false;
    this.error = "";
    /** @type {Results | null} */
    this.results = null;
    this.waiting = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.everywhere = !this.conversation;
    if (this.words) void this.#search();
  }

  firstUpdated() {
    const { field } = this;
    field?.focus();
    field?.setSelectionRange(this.words.length, this.words.length);
  }

  disconnectedCallback() {
    clearTimeout(this.waiting);
    this.results?.stop();
    super.disconnectedCallback();
  }

  /** @returns {HTMLInputElement | null} */
  get field() {
    return this.querySelector("input[type=search]");
  }

  async #search() {
    clearTimeout(this.waiting);
    this.results?.stop();
    const words = this.words.trim();
    const conversation = this.everywhere ? undefined : this.conversation;
    this.results = words ? new Results({ words, conversation, meeting: this.meeting || undefined }, () => this.requestUpdate()) : null;
    this.requestUpdate();
    if (words) await this.#more();
  }

  async #more() {
    const { results } = this;
    this.error = "";
    try {
      await results?.more();
    } catch (error) {
      if (results === this.results) this.error = reason(error);
    }
  }

  /** @param {any} event */
  #input(event) {
    this.words = event.target.value;
    clearTimeout(this.waiting);
    // What is being composed is not searched for yet.
    if (event.isComposing) return;
    this.waiting = window.setTimeout(() => void this.#search(), PAUSE);
  }

  /** @param {boolean} everywhere */
  #look(everywhere) {
    if (this.everywhere === everywhere) return;
    this.everywhere = everywhere;
    void this.#search();
  }

  /** Only in one conversation, which has more. @param {string} conversation */
  #narrow(conversation) {
    this.conversation = conversation;
    this.everywhere = false;
    void this.#search();
    this.field?.focus();
  }

  /** Arrows go from the field through what was found and back. @param {KeyboardEvent} event */
  #key(event) {
    if (isImeKey(event)) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const inField = target === this.field;
    if (event.key === "Enter" && inField) {
      event.preventDefault();
      if (this.results?.asked.words !== this.words.trim()) void this.#search();
      else /** @type {HTMLElement | null} */ (this.querySelector(".hit"))?.click();
    }
    if (event.key === "Escape" && inField) {
      // Else the browser would only empty the field.
      event.preventDefault();
      this.closest("dialog")?.close();
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || (!inField && !target.closest(".results"))) return;
    const stops = /** @type {HTMLElement[]} */ ([this.field, ...this.querySelectorAll(".results button")]);
    const next = stops[stops.indexOf(target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  render() {
    const label = t(this.meeting ? "search.captions" : "search.messages");
    return html`<div class="search-body" @keydown=${this.#key}>
      <div class="search-field"><input type="search" dir="auto" maxlength=${LONGEST} autocomplete="off" placeholder=${t("search.placeholder")} aria-label=${label} .value=${this.words}
        @input=${this.#input} @compositionend=${this.#input}></div>
      ${this.conversation && !this.meeting ? this.#scopes() : nothing}
      <p class="hint" role="status">${this.#status()}</p>
      ${this.error ? html`<p class="error" role="alert">${this.error} <button class="link" @click=${this.#more}>${t("try-again")}</button></p>` : nothing}
      ${this.results?.count ? html`<div class="results">${this.results.groups.map((group) => this.#group(group))}</div>` : nothing}
      ${this.results?.done && this.results.next !== null && !this.results.searching && !this.error
        ? html`<button type="button" @click=${this.#more}>${t("search.more")}</button>` : nothing}
    </div>`;
  }

  #scopes() {
    const conversation = this.state.conversations.get(this.conversation);
    const chip = (/** @type {boolean} */ everywhere, /** @type {unknown} */ words) => html`<button type="button" class="chip" aria-pressed=${this.everywhere === everywhere}
      @click=${() => this.#look(everywhere)}>${words}</button>`;
    return html`<div class="filters" role="group" aria-label=${t("search.where")}>
      ${chip(false, html`<bdi>${conversation ? titleOf(conversation) : "…"}</bdi>`)}${chip(true, t("search.everywhere"))}</div>`;
  }

  #status() {
    const { results } = this;
    if (!results) return t("search.hint");
    if (results.searching) return t("search.under-way");
    if (results.count) return t(results.next === null ? "search.count" : "search.so-far", { count: results.count });
    if (this.error || !results.done) return nothing;
    return t(results.next === null ? "search.none" : "search.none-yet");
  }

  /** @param {Group} group */
  #group({ conversation: id, hits, more }) {
    const conversation = this.state.conversations.get(id);
    const named = this.everywhere && conversation;
    return html`<section aria-label=${named ? titleOf(conversation) : nothing}>
      ${named ? html`<h3 class="result-head">${pictureOf(conversation, { small: true })}<bdi>${titleOf(conversation)}</bdi></h3>` : nothing}
      <ul role="list">${hits.map((hit) => html`<li>${this.#hit(hit)}</li>`)}</ul>
      ${more && named ? html`<button type="button" class="link" @click=${() => this.#narrow(id)}>${t("search.more-here")}</button>` : nothing}
    </section>`;
  }

  /** @param {Hit} hit */
  #hit({ entry, excerpt, language }) {
    const caption = entry.body?.type === "caption";
    const name = (caption && !entry.body.speaker?.account && entry.body.speaker?.name) || authorName(entry);
    return html`<button type="button" class="hit" @click=${() => this.dispatchEvent(new CustomEvent("found", { detail: entry }))}>
      <span class="hit-head"><bdi class="name">${name}</bdi>${caption ? html`<span class="tag">${t("search.caption")}</span>` : nothing}
        <time datetime=${entry.at} title=${fullTime(entry.at)}>${shortWhen(entry.at)}</time></span>
      <span class="hit-text" dir="auto" lang=${language ?? nothing}>${excerpt.map(({ text, hit }) => (hit ? html`<mark>${text}</mark>` : text))}</span>
      ${language ? html`<span class="hint">${t("search.translated", { language: languageName(language) })}</span>` : nothing}
    </button>`;
  }
}
customElements.define("message-search", MessageSearch);
