/**
 * Where an interpreter, or the organiser as a host, types captions: what is typed grows at the
 * readers', and stands when Enter ends the sentence.
 *
 * @import {MeetingView} from "../types"
 */
import { html, nothing } from "lit";
import { isImeKey } from "../composer/ime.js";
import { list, t } from "../language/language.js";
import { get, path, post } from "../session/api.js";
import { icon } from "../shell/icons.js";
import { reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { newRef } from "../store/outbox.js";
import { frames, names } from "../wiring.js";
import { languageName } from "./when.js";

const GROWS_EVERY = 600;
const LONGEST = 2000;

class CaptionComposer extends Part {
  static properties = { meeting: {}, language: { state: true }, roster: { state: true }, error: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {MeetingView | null} */
    this.meeting = null;
    this.language = "";
    /** Who interprets, and who of them is on duty. @type {{account: string, language: string, on: boolean}[]} */
    this.roster = [];
    this.deaf = () => {};
    this.error = "";
    this.busy = false;
    /** The sentence that is being typed. */
    this.key = newRef();
    this.ref = newRef();
    this.growing = 0;
    this.grownAt = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.deaf = frames.on("meeting", ({ meeting }) => meeting === this.meeting?.id && this.#look());
  }

  firstUpdated() {
    void this.#look();
  }

  async #look() {
    const found = await get(path`/meetings/${this.meeting?.id ?? ""}/interpreters`).catch(() => null);
    if (found) this.roster = found.interpreters;
  }

  /** Who is on duty in the language that is chosen. */
  get #onDuty() {
    return this.roster.filter(({ language, on }) => on && language === this.language).map(({ account }) => account);
  }

  disconnectedCallback() {
    this.deaf();
    clearTimeout(this.growing);
    super.disconnectedCallback();
  }

  get field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
  }

  willUpdate() {
    this.language ||= this.meeting?.may.interpret[0] ?? this.meeting?.languages[0] ?? "en";
  }

  render() {
    const { meeting, language } = this;
    if (!meeting) return nothing;
    const interprets = meeting.may.interpret.includes(language);
    const languages = [...new Set([...meeting.may.interpret, ...(meeting.may.change ? meeting.languages : [])])];
    const mine = this.#onDuty.includes(this.state.me?.id ?? "");
    const others = this.#onDuty.filter((id) => id !== this.state.me?.id);
    const may = mine || meeting.may.change;
    return html`<form class="caption-composer" @submit=${(/** @type {Event} */ event) => (event.preventDefault(), this.#finish())}>
      <div class="duty"><label><span class="visually-hidden">${t("interpreter.language")}</span><select name="language" @change=${(/** @type {any} */ { target }) => (this.language = target.value)}>
          ${languages.map((tag) => html`<option value=${tag} ?selected=${tag === language}>${languageName(tag)}</option>`)}</select></label>
        ${interprets ? html`<button type="button" ?disabled=${this.busy} @click=${() => this.#duty(!mine)}>${t(mine ? "interpreter.hand-over" : "interpreter.take")}</button>${mine ? html`<span class="tag">${t("interpreter.on-duty")}</span>` : nothing}` : html`<span class="hint">${t("interpreter.host")}</span>`}
        ${others.length ? html`<span class="hint">${t("interpreter.others", { names: list(others.map((id) => names.name(id))) })}</span>` : nothing}</div>
      <div class="composer-box"><textarea rows="1" dir="auto" lang=${language} maxlength=${LONGEST} aria-label=${t("interpreter.write", { language: languageName(language) })}
          placeholder=${may ? t("interpreter.write", { language: languageName(language) }) : t("interpreter.off-duty")} ?disabled=${!may} @input=${this.#input} @keydown=${this.#keydown}></textarea>
        <button class="primary square" aria-label=${t("send")} title=${t("send")} ?disabled=${!may}>${icon("send")}</button></div>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}</form>`;
  }

  /** @param {KeyboardEvent} event */
  #keydown(event) {
    event.stopPropagation();
    if (isImeKey(event) || event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    void this.#finish();
  }

  #input() {
    if (this.growing) return;
    this.growing = window.setTimeout(() => {
      this.growing = 0;
      this.grownAt = Date.now();
      const text = this.field.value.trim();
      // What grows may be lost: the sentence that stands is the one that is sent until it is answered.
      if (text) void this.#send(text, false, newRef()).catch(() => {});
    }, Math.max(0, this.grownAt + GROWS_EVERY - Date.now()));
  }

  async #finish() {
    const text = this.field.value.trim();
    if (!text || this.busy) return;
    clearTimeout(this.growing);
    this.growing = 0;
    this.busy = true;
    this.error = "";
    try {
      await this.#send(text, true, this.ref);
      this.field.value = "";
      this.key = newRef();
      this.ref = newRef();
    } catch (error) {
      this.error = reason(error);
    } finally {
      this.busy = false;
      this.field.focus();
    }
  }

  /** @param {string} text @param {boolean} complete @param {string} ref */
  #send(text, complete, ref) {
    return post(path`/meetings/${this.meeting?.id ?? ""}/captions`, { ref, key: this.key, language: this.language, text, complete });
  }

  /** Takes the channel, or hands it over. @param {boolean} on */
  async #duty(on) {
    const { language } = this;
    this.busy = true;
    this.error = "";
    try {
      this.roster = (await post(path`/meetings/${this.meeting?.id ?? ""}/interpreters/duty`, { language, on })).interpreters;
    } catch (error) {
      this.error = reason(error);
    } finally {
      this.busy = false;
    }
    await this.updateComplete;
    if (on) this.field.focus();
  }
}
customElements.define("caption-composer", CaptionComposer);
