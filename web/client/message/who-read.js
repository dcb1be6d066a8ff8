/** Who has read a message: two tabs, the unread first, in pages; search among many. */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { get, path } from "../session/api.js";
import { avatar } from "../shell/avatar.js";
import { openDialog } from "../shell/dialog.js";
import { reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { names } from "../wiring.js";

const SEARCHED_FROM = 20;

/** @param {string} conversation @param {number} seq */
export function openWhoRead(conversation, seq) {
  openDialog(t("readers"), () => html`<who-read .of=${conversation} .seq=${seq}></who-read>`);
}

class WhoRead extends Part {
  static properties = { of: {}, seq: {}, tab: { state: true }, page: { state: true }, words: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.of = "";
    this.seq = 0;
    this.tab = "unread";
    /** @type {{read: number, unread: number, accounts: string[], next: string | null} | null} */
    this.page = null;
    this.words = "";
    this.error = "";
    this.searching = false;
  }

  connectedCallback() {
    super.connectedCallback();
    void this.#load("");
  }

  /** @param {string} after */
  async #load(after) {
    const { tab } = this;
    const from = after ? `&after=${encodeURIComponent(after)}` : "";
    try {
      const page = await get(`${path`/conversations/${this.of}/messages/${this.seq}/readers?state=${tab}&limit=200`}${from}`);
      if (tab !== this.tab) return;
      this.page = after && this.page ? { ...page, accounts: [...this.page.accounts, ...page.accounts] } : page;
    } catch (error) {
      this.error = reason(error);
    }
  }

  /** Among all of them, not only those that were shown. @param {string} words */
  async #search(words) {
    this.words = words;
    if (this.searching) return;
    this.searching = true;
    for (let next = this.page?.next; next && this.words && this.isConnected && !this.error; next = this.page?.next) await this.#load(next);
    await names.all(this.page?.accounts ?? []);
    this.searching = false;
  }

  /** @param {string} tab */
  #choose(tab) {
    this.tab = tab;
    this.page = this.page && { ...this.page, accounts: [], next: null };
    void this.#load("").then(() => (this.words ? this.#search(this.words) : undefined));
  }

  render() {
    if (this.error) return html`<p class="error" role="alert">${this.error}</p>`;
    const { page } = this;
    if (!page) return html`<div class="skeleton late"><i></i><i></i></div>`;
    const words = this.words.toLocaleLowerCase();
    const accounts = page.accounts.filter((id) => !words || names.name(id).toLocaleLowerCase().includes(words));
    return html`
      <div class="tabs" role="tablist" @keydown=${this.#keys}>${["unread", "read"].map((tab) => html`
        <button role="tab" id="tab-${tab}" aria-controls="readers" aria-selected=${tab === this.tab} tabindex=${tab === this.tab ? 0 : -1}
          @click=${() => this.#choose(tab)}>${t(`readers.${tab}`, { count: tab === "read" ? page.read : page.unread })}</button>`)}</div>
      ${page[/** @type {"read"} */ (this.tab)] >= SEARCHED_FROM ? html`<input type="search" aria-label=${t("search")} placeholder=${t("search")}
        @input=${(/** @type {any} */ event) => this.#search(event.target.value)}>` : nothing}
      <div id="readers" role="tabpanel" aria-labelledby="tab-${this.tab}" tabindex="0"><ul class="accounts" role="list">
        ${accounts.map((id) => html`<li>${avatar({ id, name: names.name(id), small: true })}<bdi>${names.name(id)}</bdi></li>`)}
      </ul></div>
      ${accounts.length || page.next ? nothing : html`<p class="hint">${t(this.tab === "read" ? "readers.nobody" : "readers.everybody")}</p>`}
      ${page.next ? html`<button @click=${() => this.#load(page.next ?? "")}>${t("show-more")}</button>` : nothing}
      <p class="hint">${t("readers.counted")}</p>`;
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    this.#choose(this.tab === "read" ? "unread" : "read");
    void this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.querySelector(`#tab-${this.tab}`))?.focus());
  }
}
customElements.define("who-read", WhoRead);
