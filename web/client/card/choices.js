/**
 * What is chosen and written in a card before it is sent. Pure.
 *
 * @import {Card, Choice, Selected, Text, CardView} from "../types"
 */

/**
 * @typedef {object} Draft
 * @property {Record<string, string[]>} chosen option ids by question
 * @property {Record<string, string>} texts by question
 */

/** All questions of a card that are answered by choosing. @param {Card} card @returns {Choice[]} */
export const questionsOf = (card) =>
  [card.checkbox, ...(card.select_list ?? []), card.button_selection].filter((question) => question !== undefined && question !== null);

/**
 * Where a card begins: what was answered before, else what the card says is chosen.
 *
 * @param {Card} card @param {Partial<CardView>} [view] @returns {Draft}
 */
export function draftOf(card, view = {}) {
  /** @type {Draft} */
  const draft = { chosen: {}, texts: {} };
  for (const question of questionsOf(card)) {
    const before = view.selected?.find(({ question_key }) => question_key === question.question_key);
    draft.chosen[question.question_key] = before?.option_ids ?? begins(question, card);
  }
  const input = card.text_input;
  if (input) draft.texts[input.question_key] = view.texts?.find(({ question_key }) => question_key === input.question_key)?.text ?? input.value ?? "";
  return draft;
}

/** @param {Choice} question @param {Card} card */
function begins({ option_list, selected_id }, card) {
  const checked = option_list.filter(({ is_checked }) => is_checked).map(({ id }) => id);
  if (checked.length) return checked;
  const given = option_list.find(({ id }) => id === selected_id);
  // WeChat Work's selectors begin with their first option where none is named; its check boxes do not.
  if (given) return [given.id];
  return card.checkbox ? [] : option_list.slice(0, 1).map(({ id }) => id);
}

/** How many options may be chosen. @param {Choice} question */
export const mostOf = ({ mode, most, option_list }) => (mode === 1 ? (most ?? option_list.length) : 1);

/** @param {Draft} draft @param {Choice} question */
export const isFull = (draft, question) => question.mode === 1 && (draft.chosen[question.question_key] ?? []).length >= mostOf(question);

/** The draft after an option was pressed; beyond the limit nothing changes. @param {Draft} draft @param {Choice} question @param {string} id @returns {Draft} */
export function choose(draft, question, id) {
  const { question_key: key, mode } = question;
  const before = draft.chosen[key] ?? [];
  if (mode !== 1) return { ...draft, chosen: { ...draft.chosen, [key]: [id] } };
  if (before.includes(id)) return { ...draft, chosen: { ...draft.chosen, [key]: before.filter((other) => other !== id) } };
  return isFull(draft, question) ? draft : { ...draft, chosen: { ...draft.chosen, [key]: [...before, id] } };
}

/** Unicode code points, as the server counts them. @param {string} text */
export const codePoints = (text) => [...text.normalize("NFC")].length;

/** @param {Draft} draft @returns {{selected: Selected[], texts: Text[]}} */
export const answerOf = ({ chosen, texts }) => ({
  selected: Object.entries(chosen).map(([question_key, option_ids]) => ({ question_key, option_ids })),
  texts: Object.entries(texts).map(([question_key, text]) => ({ question_key, text: text.normalize("NFC") })),
});
