/**
 * Choosing people of the organisation: a search and a list of check boxes, in pages.
 *
 * @import {Account} from "../types"
 */
import { LitElement, html, nothing } from "lit";
import { t } from "../language/language.js";
import { get } from "../session/api.js";
import { avatar } from "../shell/avatar.js";
import { reason } from "../shell/notice.js";
import { names } from "../wiring.js";

export class Chooser extends LitElement {
  static properties = { single: {}, without: {}, found: { state: true }, loaded: { state: true }, next: { state: true }, error: { state: true } };

  constructor() {
    super();
    /** One only, told at once. */
    this.single = false;
    /** Ids that are not offered. @type {string[]} */
    this.without = [];
    /** @type {Account[]} */
    this.found = [];
    this.loaded = false;
    /** @type {string | null} */
    this.next = null;
    this.error = "";
    this.query = "";
    /** @type {Map<string, Account>} */
    this.chosen = new Map();
    this.waiting = 0;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    void this.#load("");
  }

  /** @param {string} after */
  async #load(after) {
    const { query } = this;
    try {
      const page = await get(`/members?limit=50&query=${encodeURIComponent(query)}&after=${encodeURIComponent(after)}`.replace(/&(query|after)=(?=&|$)/g, ""));
      if (query !== this.query) return;
      names.learn(page.members);
      const fits = page.members.filter((/** @type {Account} */ { id, disabled }) => !disabled && !this.without.includes(id));
      this.found = after ? [...this.found, ...fits] : fits;
      this.next = page.next;
      this.loaded = true;
      this.error = "";
    } catch (error) {
      this.error = reason(error);
    }
  }

  /** @param {any} event */
  #search(event) {
    this.query = event.target.value.trim();
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.#load(""), 200);
  }

  /** @param {Account} account */
  #toggle(account) {
    if (!this.chosen.delete(account.id)) this.chosen.set(account.id, account);
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent("chosen", { detail: [...this.chosen.keys()] }));
  }

  render() {
    return html`<input type="search" autofocus placeholder=${t("people.search")} aria-label=${t("people.search")} @input=${this.#search}>
      ${this.single ? nothing : html`<p class="hint" role="status">${t("people.chosen", { count: this.chosen.size })}</p>`}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <ul class="accounts" role="list">${this.found.map((account) => html`<li>${this.#one(account)}</li>`)}</ul>
      ${this.loaded && !this.found.length && !this.next ? html`<p class="hint" role="status">${t(this.query ? "people.no-match" : "people.nobody-left")}</p>` : nothing}
      ${this.next ? html`<button type="button" @click=${() => this.#load(this.next ?? "")}>${t("show-more")}</button>` : nothing}`;
  }

  /** @param {Account} account */
  #one(account) {
    const face = html`${avatar({ ...account, square: account.bot, small: true })}<bdi>${account.name}</bdi>
      <span class="hint" dir="ltr">${account.userid}</span>${account.bot ? html`<span class="tag">${t("bot")}</span>` : nothing}`;
    if (this.single) {
      return html`<button type="button" class="row-button" @click=${() => this.dispatchEvent(new CustomEvent("chosen", { detail: [account.id] }))}>${face}</button>`;
    }
    return html`<label class="row-button"><input type="checkbox" .checked=${this.chosen.has(account.id)} @change=${() => this.#toggle(account)}>${face}</label>`;
  }
}
customElements.define("people-chooser", Chooser);
