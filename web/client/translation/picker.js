/**
 * In which language a conversation is read: as it was written, or in one of the languages.
 *
 * @import {State} from "../types"
 */
import { html } from "lit";
import { t } from "../language/language.js";
import { languageName } from "../meeting/when.js";
import { choice } from "../shell/look.js";
import { readingIn } from "./reading.js";
import { store } from "../wiring.js";

/** Those of the group, those given, and the reader's own. @param {State} state @param {string} id @param {string[]} [more] */
export function languagesFor(state, id, more = []) {
  const chosen = readingIn(state, id);
  const own = [state.readsIn, chosen].filter((tag) => typeof tag === "string");
  return [...new Set([...more, ...(state.conversations.get(id)?.languages ?? []), ...own])];
}

/** @param {State} state @param {string} id @param {string[]} languages */
export function readingPicker(state, id, languages) {
  const chosen = readingIn(state, id) ?? "original";
  return html`<label class="reading-picker"><span>${t("translation.read-in")}</span>
    <select name="reading" @change=${(/** @type {any} */ { target }) => (choice(`reading.${id}`, target.value), store.set({}))}>
      ${["original", ...languages].map((tag) => html`<option value=${tag} ?selected=${tag === chosen}>${tag === "original" ? t("translation.original") : languageName(tag)}</option>`)}
    </select></label>`;
}
