/** Pictures of accounts and groups: one or two letters on a ground chosen by the id. */
import { html } from "lit";

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const HAN = /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u;
const ONE_LETTER = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Devanagari}|\p{Script=Thai}/u;

/** @param {string} text */
const letters = (text) => [...segmenter.segment(text)].map(({ segment }) => segment);

/**
 * Latin and Cyrillic: two initials; Chinese: the last two characters of a person's name, the first of
 * a group's; Arabic: one letter.
 *
 * @param {string} name @param {boolean} [group]
 */
export function initials(name, group = false) {
  const clean = name.replace(/[^\p{L}\p{N}\s]/gu, "").trim();
  if (!clean) return letters(name.trim())[0] ?? "?";
  if (HAN.test(clean)) return letters(clean.replace(/\s/g, "")).slice(...(group ? [0, 2] : [-2])).join("");
  if (ONE_LETTER.test(clean)) return letters(clean)[0];
  const words = clean.split(/\s+/);
  const two = group ? words.slice(0, 2) : words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return two.map((word) => letters(word)[0].toLocaleUpperCase()).join("");
}

/** One of eight grounds, always the same for an id (FNV-1a). @param {string} id */
export function ground(id) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return hash % 8;
}

/** @param {{id: string, name: string, square?: boolean, small?: boolean}} of */
export const avatar = ({ id, name, square = false, small = false }) => html`<span
  class="avatar ground-${ground(id)} ${square ? "square" : ""} ${small ? "small" : ""}" aria-hidden="true"
  >${initials(name, square)}</span>`;
