/**
 * Choosing whom a message mentions: after an @ the members whose names fit, with @all in groups.
 *
 * @import {Composer} from "./composer"
 * @import {Body} from "../types"
 */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { announce } from "../shell/announcer.js";
import { avatar } from "../shell/avatar.js";
import { names, store } from "../wiring.js";

const SHOWN = 8;
const QUERY = /(?:^|[\s\p{P}\p{Script=Han}])@([^\s@]{0,32})$/u;

/**
 * Whom a text mentions, of those who were chosen while it was written.
 *
 * @param {string} text @param {Map<string, string>} chosen names by id
 * @returns {{mentions?: string[], all?: true}}
 */
export function mentionsIn(text, chosen) {
  const mentions = [...chosen].filter(([id, name]) => id !== "all" && text.includes(`@${name}`)).map(([id]) => id);
  const all = chosen.has("all") && text.includes(`@${chosen.get("all")}`);
  return { ...(mentions.length && { mentions }), ...(all && { all: /** @type {const} */ (true) }) };
}

export class MentionPicker {
  /** @type {{id: string, name: string}[]} */
  #found = [];
  #at = 0;
  /** @type {Map<string, string>} */
  #chosen = new Map();
  /** What stands behind the sign; null while nothing is sought. @type {string | null} */
  #query = null;

  /** @param {Composer} composer */
  constructor(composer) {
    this.composer = composer;
  }

  get open() {
    return this.#found.length > 0;
  }

  get active() {
    return this.open ? `mention-${this.#found[this.#at].id}` : undefined;
  }

  /** Those chosen, and those whom the original mentioned already; forgets them. @param {Body | undefined} original */
  chosen(original) {
    const all = new Map(this.#chosen);
    for (const id of original?.mentions ?? []) all.set(id, names.name(id));
    if (original?.all) all.set("all", t("mention.all"));
    this.#chosen.clear();
    return all;
  }

  /** @param {HTMLTextAreaElement} field */
  look(field) {
    const match = QUERY.exec(field.value.slice(0, field.selectionStart));
    if (!match) return this.close();
    this.#query = match[1];
    return void this.#search(match[1].toLocaleLowerCase());
  }

  /** @param {string} query */
  async #search(query) {
    const conversation = store.state.conversations.get(this.composer.of);
    if (!conversation) return;
    const { membersOf } = await import("../conversation/roster.js");
    const members = await membersOf(conversation).catch(() => []);
    await names.all(members.map(({ id }) => id));
    if (query !== this.#query?.toLocaleLowerCase()) return;
    const people = members.filter(({ id }) => id !== store.state.me?.id).map(({ id }) => ({ id, name: names.name(id) }));
    const everybody = conversation.kind === "group" ? [{ id: "all", name: t("mention.all") }] : [];
    const fits = (/** @type {{id: string, name: string}} */ { id, name }) =>
      name.toLocaleLowerCase().split(/\s+/).some((word) => word.startsWith(query)) || name.toLocaleLowerCase().includes(query) || !!names.account(id)?.userid.startsWith(query);
    const before = this.#found.length;
    this.#found = [...people, ...everybody].filter(fits).slice(0, SHOWN);
    this.#at = 0;
    if (this.open && !before) announce(t("mention.found", { count: this.#found.length }));
    this.composer.requestUpdate();
  }

  close() {
    this.#query = null;
    if (!this.open) return;
    this.#found = [];
    this.composer.requestUpdate();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it was the picker's */
  key(event) {
    if (!this.open) return false;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) this.#at = (this.#at + step + this.#found.length) % this.#found.length;
    else if (event.key === "Enter" || event.key === "Tab") this.#choose(this.#found[this.#at]);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    this.composer.requestUpdate();
    return true;
  }

  /** @param {{id: string, name: string}} who */
  #choose({ id, name }) {
    const { field } = this.composer;
    const end = field.selectionStart;
    field.setRangeText(`@${name} `, end - (this.#query ?? "").length - 1, end, "end");
    this.#chosen.set(id, name);
    this.close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  view() {
    if (!this.open) return nothing;
    return html`<ul class="picker" role="listbox" id="mention-list" aria-label=${t("mention")}>
      ${this.#found.map((who, i) => html`<li role="option" id="mention-${who.id}" aria-selected=${i === this.#at}
        @pointerdown=${(/** @type {Event} */ event) => (event.preventDefault(), this.#choose(who))}>
        ${who.id === "all" ? html`<span class="avatar small" aria-hidden="true">@</span>` : avatar({ ...who, small: true })}<bdi>${who.name}</bdi></li>`)}
    </ul>`;
  }
}
