/** For how many days what is said is kept, in numbers and words. Pure. */
import { language, t } from "../language/language.js";

const DAY = 86_400_000;
export const MOST_DAYS = 3650;

/** What was typed, or null where it is no number of days. @param {string} text */
export function daysOf(text) {
  const days = /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= MOST_DAYS ? days : null;
}

/** Whether more goes by the second than by the first; 0 keeps for ever. @param {number} before @param {number} after */
export const shorter = (before, after) => after !== 0 && (before === 0 || after < before);

/** What was posted before is removed. @param {number} days @param {number} now */
export const until = (days, now) =>
  new Intl.DateTimeFormat(language.region, { dateStyle: "full", timeStyle: "short" }).format(now - days * DAY);

/** What a choice would do. @param {number} before @param {number} after @param {number} now */
export function outcome(before, after, now) {
  if (shorter(before, after)) return t("retention.removes", { when: until(after, now) });
  return after === 0 ? t("retention.keeps") : t("retention.longer", { when: until(after, now) });
}
