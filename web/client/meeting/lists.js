/** Who comes to a meeting, and who was there: in pages. */
import { html, nothing } from "lit";
import { t, timeOf } from "../language/language.js";
import { get, path } from "../session/api.js";
import { avatar } from "../shell/avatar.js";
import { openDialog } from "../shell/dialog.js";
import { reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { names } from "../wiring.js";

/** @param {string} id */
export function openAnswers(id) {
  openDialog(t("meeting.answers"), () => html`${["yes", "maybe", "no"].map((answer) => html`<section><h3>${t(`meeting.rsvp.${answer}`)}</h3>
    <meeting-people .url=${path`/meetings/${id}/rsvp?answer=${answer}`} what="accounts"></meeting-people></section>`)}`);
}

/** @param {string} id */
export function openAttendance(id) {
  openDialog(t("meeting.attendance"), () => html`<meeting-people .url=${path`/meetings/${id}/attendance?limit=100`} what="attendance"></meeting-people>`);
}

class MeetingPeople extends Part {
  static properties = { url: {}, what: {}, people: { state: true }, next: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.url = "";
    this.what = "accounts";
    /** @type {({account: string | null, name?: string, joined?: string, left?: string | null})[] | null} */
    this.people = null;
    /** @type {string | null} */
    this.next = null;
    this.error = "";
  }

  connectedCallback() {
    super.connectedCallback();
    void this.#load();
  }

  async #load() {
    try {
      const page = await get(this.next ? `${this.url}&after=${encodeURIComponent(this.next)}` : this.url);
      const found = page[this.what].map((/** @type {any} */ one) => (typeof one === "string" ? { account: one } : one));
      this.people = [...(this.people ?? []), ...found];
      this.next = page.next ?? null;
    } catch (error) {
      this.error = reason(error);
    }
  }

  render() {
    if (this.error) return html`<p class="error" role="alert">${this.error}</p>`;
    if (!this.people) return html`<div class="skeleton late"><i></i></div>`;
    if (!this.people.length) return html`<p class="hint">${t("meeting.nobody")}</p>`;
    return html`<ul class="accounts" role="list">${this.people.map((one) => this.#one(one))}</ul>
      ${this.next ? html`<button @click=${this.#load}>${t("show-more")}</button>` : nothing}`;
  }

  /** @param {{account: string | null, name?: string, joined?: string, left?: string | null}} one */
  #one({ account, name, joined, left }) {
    const shown = account ? names.name(account) : (name ?? "");
    return html`<li>${avatar({ id: account ?? shown, name: shown, small: true })}<bdi>${shown}</bdi>${account ? nothing : html`<span class="tag">${t("meeting.guest")}</span>`}
      ${joined ? html`<span class="hint end">${timeOf(joined)} – ${left ? timeOf(left) : t("meeting.still-in")}</span>` : nothing}</li>`;
  }
}
customElements.define("meeting-people", MeetingPeople);
