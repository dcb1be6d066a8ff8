/**
 * Who interprets a meeting into which language: for its organiser.
 *
 * @import {Meeting, MeetingView} from "../types"
 */
import { html, nothing } from "lit";
import { repeat } from "lit-html/directives/repeat.js";
import { membersOf } from "../conversation/roster.js";
import { t } from "../language/language.js";
import { call, get, path } from "../session/api.js";
import { openDialog } from "../shell/dialog.js";
import { icon } from "../shell/icons.js";
import { reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { names } from "../wiring.js";
import { languageName } from "./when.js";

const MOST = 20;
/** @typedef {{account: string, language: string, on?: boolean, place: number}} Interpreter */

/** @param {Meeting & Partial<MeetingView>} meeting */
export function openRoster(meeting) {
  openDialog(t("meeting.interpreters"), (close) => html`<meeting-roster .meeting=${meeting} .close=${close}></meeting-roster>`);
}

class Roster extends Part {
  static properties = { meeting: {}, close: {}, rows: { state: true }, members: { state: true }, error: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {(Meeting & Partial<MeetingView>) | null} */
    this.meeting = null;
    this.close = () => {};
    /** @type {Interpreter[] | null} */
    this.rows = null;
    /** @type {string[]} */
    this.members = [];
    this.error = "";
    this.busy = false;
    this.made = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    void this.#load();
  }

  async #load() {
    const { meeting } = this;
    const conversation = this.state.conversations.get(meeting?.conversation ?? "");
    if (!meeting || !conversation) return;
    try {
      const [members, roster] = await Promise.all([membersOf(conversation), get(path`/meetings/${meeting.id}/interpreters`)]);
      this.members = members.map(({ id }) => id);
      await names.all(this.members);
      this.rows = roster.interpreters.map((/** @type {Interpreter} */ one) => ({ ...one, place: this.made++ }));
    } catch (error) {
      this.error = reason(error);
    }
  }

  render() {
    const { meeting, rows } = this;
    if (!meeting || !rows) return this.error ? html`<p class="error" role="alert">${this.error}</p>` : html`<div class="skeleton late"><i></i></div>`;
    return html`<form @submit=${this.#save}>
      <p class="hint">${t("roster.hint")}</p>
      <ul class="roster" role="list">${repeat(rows, ({ place }) => place, (row) => this.#row(row, meeting.languages))}</ul>
      ${rows.length < MOST ? html`<div class="actions"><button type="button" @click=${this.#another}>${icon("plus")}${t("roster.add")}</button></div>` : nothing}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <div class="actions"><button class="primary" ?disabled=${this.busy}>${t("save")}</button></div></form>`;
  }

  /** @param {Interpreter} row @param {string[]} languages */
  #row(row, languages) {
    const change = (/** @type {Partial<Interpreter>} */ what) => (this.rows = (this.rows ?? []).map((other) => (other === row ? { ...row, ...what } : other)));
    const people = [...this.members].filter((id) => !names.account(id)?.bot).sort((a, b) => names.name(a).localeCompare(names.name(b)));
    return html`<li><select aria-label=${t("roster.who")} @change=${(/** @type {any} */ { target }) => change({ account: target.value })}>
        ${people.map((id) => html`<option value=${id} ?selected=${id === row.account}>${names.name(id)}</option>`)}</select>
      <select aria-label=${t("roster.into")} @change=${(/** @type {any} */ { target }) => change({ language: target.value })}>
        ${[...new Set([...languages, row.language])].map((tag) => html`<option value=${tag} ?selected=${tag === row.language}>${languageName(tag)}</option>`)}</select>
      ${row.on ? html`<span class="tag">${t("interpreter.on-duty")}</span>` : nothing}
      <button type="button" class="quiet square" aria-label=${t("remove")} title=${t("remove")} @click=${() => this.#remove(row)}>${icon("close")}</button></li>`;
  }

  /** @param {Interpreter} row */
  async #remove(row) {
    const at = (this.rows ?? []).indexOf(row);
    this.rows = (this.rows ?? []).filter((other) => other !== row);
    await this.updateComplete;
    // The focus was on what is gone.
    const left = this.querySelectorAll("li button");
    /** @type {HTMLElement | null} */ (left[Math.min(at, left.length - 1)] ?? this.querySelector(".actions button"))?.focus();
  }

  async #another() {
    const account = this.members.find((id) => !names.account(id)?.bot) ?? "";
    this.rows = [...(this.rows ?? []), { account, language: this.meeting?.languages.at(-1) ?? "en", place: this.made++ }];
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector("li:last-child select"))?.focus();
  }

  /** @param {Event} event */
  async #save(event) {
    event.preventDefault();
    this.busy = true;
    this.error = "";
    try {
      const interpreters = (this.rows ?? []).map(({ account, language }) => ({ account, language }));
      await call("PUT", path`/meetings/${this.meeting?.id ?? ""}/interpreters`, { interpreters });
      this.close();
    } catch (error) {
      this.error = reason(error);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define("meeting-roster", Roster);
