/**
 * What can be done by a word after a slash: the hint to it, and doing it.
 *
 * @import {Composer} from "./composer"
 */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { path, post } from "../session/api.js";
import { reason } from "../shell/notice.js";
import { newRef } from "../store/outbox.js";
import { database } from "../wiring.js";

const COMMANDS = ["/meet"];

/** Those that a text may become; none once it is more than a word. @param {string} text */
export const commandsFor = (text) => (/^\/\p{L}*$/u.test(text) ? COMMANDS.filter((command) => command.startsWith(text)) : []);

/** Whether it is to be done instead of said. @param {string} text */
export const isCommand = (text) => COMMANDS.some((command) => text === command || text.startsWith(`${command} `));

export class SlashHint {
  /** @type {string[]} */
  #commands = [];
  /** The same text that was not answered is the same meeting. @type {Map<string, string>} */
  #tried = new Map();

  /** @param {Composer} composer */
  constructor(composer) {
    this.composer = composer;
  }

  get open() {
    return this.#commands.length > 0;
  }

  /** @param {HTMLTextAreaElement} field */
  look(field) {
    this.#offer(this.composer.acting?.edit ? [] : commandsFor(field.value));
  }

  close() {
    this.#offer([]);
  }

  /** @param {string[]} commands */
  #offer(commands) {
    if (commands.join() === this.#commands.join()) return;
    this.#commands = commands;
    this.composer.requestUpdate();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it was the hint's */
  key(event) {
    const [command] = this.#commands;
    if (!command || !["Enter", "Tab", "Escape"].includes(event.key)) return false;
    if (event.key === "Enter" && this.composer.field.value === command) return false;
    event.preventDefault();
    if (event.key === "Escape") this.close();
    else this.#complete(command);
    return true;
  }

  /** @param {string} command */
  #complete(command) {
    const { field } = this.composer;
    field.setRangeText(`${command} `, 0, field.value.length, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Does what was written; if that cannot be done, it stands there again, with the reason. @param {string} conversation @param {string} text */
  async run(conversation, text) {
    const { composer } = this;
    composer.write("");
    this.close();
    void database.put("drafts", conversation, undefined).catch(() => {});
    try {
      await this.#call(conversation, text);
    } catch (error) {
      if (conversation === composer.of && !composer.field.value) composer.write(text);
      composer.error = reason(error);
    }
  }

  /** Calls a meeting. @param {string} conversation @param {string} command */
  async #call(conversation, command) {
    const key = `${conversation} ${command}`;
    const ref = this.#tried.get(key) ?? newRef();
    this.#tried.set(key, ref);
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    await post(path`/conversations/${conversation}/meetings`, { ref, command, zone });
    this.#tried.delete(key);
  }

  view() {
    if (!this.open) return nothing;
    return html`<ul class="picker" role="listbox" id="slash-list" aria-label=${t("slash")}>
      ${this.#commands.map((command, i) => html`<li role="option" id="slash-${i}" aria-selected=${i === 0}
        @pointerdown=${(/** @type {Event} */ event) => (event.preventDefault(), this.#complete(command))}>
        <span class="slash"><b dir="ltr">${command}</b> ${t("slash.meet")}<span class="hint" dir="auto">${t("slash.meet.example")}</span></span></li>`)}</ul>`;
  }
}
