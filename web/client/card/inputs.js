/**
 * The parts of a card that are filled in: native inputs, one fieldset a question.
 *
 * @import {Card, Choice, TextInput} from "../types"
 * @import {Draft} from "./choices"
 */
import { html, nothing } from "lit";
import { repeat } from "lit-html/directives/repeat.js";
import { live } from "lit-html/directives/live.js";
import { t } from "../language/language.js";
import { choose, codePoints, isFull, mostOf } from "./choices.js";

/** @typedef {{name: string, disabled: boolean}} How */

/** @param {Card} card @param {Draft} draft @param {(next: Draft) => void} change @param {How} how */
export function inputs(card, draft, change, how) {
  return html`
    ${card.checkbox ? boxes(card, card.checkbox, draft, change, how) : nothing}
    ${[...(card.select_list ?? []), card.button_selection].map((question) => (question ? selector(question, draft, change, how) : nothing))}
    ${card.text_input ? words(card.text_input, draft, change, how) : nothing}`;
}

/** @param {Card} card @param {Choice} question @param {Draft} draft @param {(next: Draft) => void} change @param {How} how */
function boxes(card, question, draft, change, how) {
  const chosen = draft.chosen[question.question_key] ?? [];
  const many = question.mode === 1;
  const most = mostOf(question);
  const limited = many && most < question.option_list.length;
  const full = isFull(draft, question);
  const hint = `${how.name}-hint`;
  const option = (/** @type {import("../types").Option} */ { id, text }) => {
    const on = chosen.includes(id);
    const blocked = full && !on && limited;
    return html`<label class="option ${on ? "on" : ""} ${blocked ? "blocked" : ""}">
      <input type=${many ? "checkbox" : "radio"} name=${how.name} value=${id} .checked=${live(on)} ?disabled=${how.disabled}
        aria-disabled=${blocked ? "true" : nothing} aria-describedby=${limited ? hint : nothing}
        @change=${(/** @type {any} */ event) => {
          change(choose(draft, question, id));
          if (blocked) event.target.checked = false;
        }}><span dir="auto">${text}</span></label>`;
  };
  return html`<fieldset><legend class="visually-hidden">${question.title ?? card.main_title?.title}</legend>
    ${limited ? html`<p class="hint" id=${hint} role="status">${t("card.chosen", { count: chosen.length, most })}${full ? html` ${t("card.full")}` : nothing}</p>` : nothing}
    ${repeat(question.option_list, ({ id }) => id, option)}</fieldset>`;
}

/** @param {Choice} question @param {Draft} draft @param {(next: Draft) => void} change @param {How} how */
function selector(question, draft, change, how) {
  const [chosen] = draft.chosen[question.question_key] ?? [];
  return html`<label class="selector"><span dir="auto">${question.title ?? t("choose")}</span>
    <select ?disabled=${how.disabled} @change=${(/** @type {any} */ event) => change(choose(draft, { ...question, mode: 0 }, event.target.value))}>
      ${question.option_list.map(({ id, text }) => html`<option value=${id} ?selected=${id === chosen}>${text}</option>`)}
    </select></label>`;
}

/** @param {TextInput} input @param {Draft} draft @param {(next: Draft) => void} change @param {How} how */
function words(input, draft, change, how) {
  const text = draft.texts[input.question_key] ?? "";
  const left = (input.max_length ?? Infinity) - codePoints(text);
  const id = `${how.name}-count`;
  return html`<label class="words"><span dir="auto">${input.title ?? t("your-words")}</span>
    <textarea rows="3" dir="auto" .value=${text} ?disabled=${how.disabled} aria-describedby=${id}
      @input=${(/** @type {any} */ event) => {
        // Not while a word is being composed: drawing anew would write into the field.
        if (!event.isComposing) change({ ...draft, texts: { ...draft.texts, [input.question_key]: event.target.value } });
      }} @compositionend=${(/** @type {any} */ event) => change({ ...draft, texts: { ...draft.texts, [input.question_key]: event.target.value } })}></textarea>
    ${Number.isFinite(left) ? html`<span id=${id} class=${left < 0 ? "error" : "hint"}>${left < 0 ? t("too-long", { count: -left }) : t("characters-left", { count: left })}</span>` : nothing}</label>`;
}
