/**
 * The captions of a meeting in their order. Pure. A sentence grows, then stands with its number; one
 * that comes late or corrected replaces its own by its key.
 *
 * @import {Caption, Translated} from "../types"
 */

/** @param {Caption} one @param {Caption} other */
const inOrder = (one, other) => (one.seq ?? Infinity) - (other.seq ?? Infinity) || (one.seq === other.seq && one.seq === null ? one.from.localeCompare(other.from) : 0);

/** @param {Caption[]} record @param {Caption} caption @returns {Caption[]} */
export function withCaption(record, caption) {
  const place = record.findIndex(({ key }) => key === caption.key);
  const before = record[place];
  if (!before) return [...record, caption].sort(inOrder);
  // What grows is older than what stands.
  if (caption.seq === null && before.seq !== null) return record;
  const seq = before.seq ?? caption.seq;
  const fresh = before.text === caption.text ? merged(before.translations, caption.translations) : caption.translations;
  const next = record.with(place, { ...caption, seq, translations: fresh, recalled: before.recalled || caption.recalled });
  return before.seq === seq ? next : next.sort(inOrder);
}

/** @param {Translated[]} before @param {Translated[]} after */
const merged = (before, after) => [...before.filter(({ language }) => !after.some((other) => other.language === language)), ...after];

/** @param {Caption[]} record @param {number} seq @param {Translated} translated */
export function withTranslation(record, seq, translated) {
  return record.map((caption) => (caption.seq === seq ? { ...caption, translations: merged(caption.translations, [translated]) } : caption));
}

/** @param {Caption[]} record @param {number} seq */
export const withRecall = (record, seq) => record.map((caption) => (caption.seq === seq ? { ...caption, recalled: true } : caption));

/** A caption of an entry's body, of the record, or of a frame, as it is held. @param {any} told @param {number | null} seq @returns {Caption} */
export function captionOf(told, seq) {
  const { meeting, key, speaker, language, text, from, to, by, translations, translation, recalled, problem } = told;
  return {
    meeting, key, seq, speaker: speaker ?? { account: null, name: "" }, language, text: text ?? "", from: from ?? "", to: to ?? "", by: by ?? "provider",
    translations: translations ?? (translation ? [translation] : []), recalled: recalled === true, ...(problem && { problem: problem.detail ?? String(problem) }),
  };
}

/**
 * What its reader sees: the text, in which language, and what is to be said of it.
 *
 * @param {Caption} caption @param {string | null} language null for as it was spoken
 * @returns {{text: string, language: string, engine?: string, problem?: string, missing?: true}}
 */
export function shownTo({ text, language: spoken, translations, seq }, language) {
  const original = { text, language: spoken };
  if (!language || language === spoken) return original;
  const found = translations.find((one) => one.language === language);
  if (found?.text) return { text: found.text, language, engine: found.title ?? found.engine ?? "" };
  if (found?.problem) return { ...original, problem: found.problem };
  return seq === null ? original : { ...original, missing: true };
}
