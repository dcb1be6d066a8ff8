/**
 * The words of the interface: catalogues of whole sentences with plural forms, and dates, numbers and
 * lists by the browser's own rules. Words that people wrote are never translated here.
 */

/** Languages with a complete catalogue, by their own names, in the order of the United Nations. */
export const LANGUAGES = { ar: "العربية", zh: "中文", en: "English", fr: "Français", ru: "Русский", es: "Español" };
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);
const STRONG_RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const DAY = 86_400_000;

/** @typedef {string | Record<string, string>} Sentence */

/**
 * The language in use; dates and numbers are written as in `region`, which is the reader's own kind of
 * that language.
 *
 * @type {{tag: string, region: string, dir: "ltr" | "rtl", sentences: Record<string, Sentence>}}
 */
export const language = { tag: "en", region: "en", dir: "ltr", sentences: {} };

/** The reader's choice, or the first of the browser's languages that there is a catalogue for. */
export function preferred() {
  const wanted = [localStorage.getItem("plenary.language") ?? "", ...navigator.languages];
  return wanted.map((tag) => tag.split("-")[0]).find((tag) => tag in LANGUAGES) ?? "en";
}

/** Loads a catalogue and turns the page to it. @param {string} tag */
export async function speak(tag) {
  const answer = await fetch(new URL(`./${tag}.json`, import.meta.url));
  use(tag, await answer.json(), navigator.languages.find((other) => other.split("-")[0] === tag));
  document.documentElement.lang = tag;
  document.documentElement.dir = language.dir;
}

/** @param {string} tag @param {Record<string, Sentence>} sentences @param {string} [region] */
export function use(tag, sentences, region = tag) {
  Object.assign(language, { tag, region, sentences, dir: RIGHT_TO_LEFT.has(tag) ? "rtl" : "ltr" });
}

/**
 * A sentence with its values put in. `count` chooses the plural form.
 *
 * @param {string} key @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  return sentence(key, values).replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));
}

/**
 * The same in parts, for values that are templates, such as a name in its own direction.
 *
 * @param {string} key @param {Record<string, any>} values
 * @returns {unknown[]}
 */
export function say(key, values) {
  return sentence(key, values).split(/\{(\w+)\}/g).map((part, i) => (i % 2 ? values[part] : part));
}

/** @param {string} key @param {Record<string, any>} values */
function sentence(key, values) {
  const found = language.sentences[key];
  if (found === undefined) return key;
  if (typeof found === "string") return found;
  return found[new Intl.PluralRules(language.tag).select(Number(values.count))] ?? found.other;
}

/** Numbers by the language's rules; words of another direction set apart. @param {string | number | undefined} value */
function shown(value) {
  if (typeof value === "number") return number(value);
  const text = value ?? "";
  return (language.dir === "rtl") === STRONG_RTL.test(text) ? text : `\u2068${text}\u2069`;
}

/** @param {number} value */
export const number = (value) => new Intl.NumberFormat(language.region).format(value);
/** For a badge: beyond what it has room for, only that it is more. @param {number} value @param {number} most */
export const upTo = (value, most) => (value > most ? `${number(most)}+` : number(value));

/** Names, one after another. @param {string[]} names */
export const list = (names) => new Intl.ListFormat(language.tag, { style: "narrow" }).format(names);

/** A share of the whole, from 0 to 1. @param {number} share */
export function percent(share) {
  const format = new Intl.NumberFormat(language.region, { style: "percent", maximumFractionDigits: 0 });
  return share > 0 && share < 0.01 ? `< ${format.format(0.01)}` : format.format(share);
}

/** @param {string} at */
export const timeOf = (at) => format(at, { hour: "2-digit", minute: "2-digit" });
/** @param {string} at */
export const fullTime = (at) => format(at, { dateStyle: "full", timeStyle: "medium" });

/** @param {string} at @param {Intl.DateTimeFormatOptions} options */
const format = (at, options) => new Intl.DateTimeFormat(language.region, options).format(new Date(at));

/** The direction in which a text begins that somebody wrote. @param {string} text */
export function directionOf(text) {
  const [first] = /\p{L}/u.exec(text) ?? [""];
  return STRONG_RTL.test(first) ? "rtl" : "ltr";
}

/** Days from one moment's day to another's in the reader's zone. @param {Date} from @param {Date} to */
function daysBetween(from, to) {
  const midnight = (/** @type {Date} */ date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(to) - midnight(from)) / DAY);
}

/** Today, Yesterday, a weekday, a date. @param {string} at @param {Date} [now] */
export function dayOf(at, now = new Date()) {
  const date = new Date(at);
  const days = daysBetween(date, now);
  if (days === 0 || days === 1) {
    const words = new Intl.RelativeTimeFormat(language.tag, { numeric: "auto" }).format(-days, "day");
    return words.charAt(0).toLocaleUpperCase(language.tag) + words.slice(1);
  }
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return format(at, { weekday: "long", day: "numeric", month: "long", year });
}

/** For the list of conversations: the time today, else the day in short. @param {string} at @param {Date} [now] */
export function shortWhen(at, now = new Date()) {
  const days = daysBetween(new Date(at), now);
  if (days === 0) return timeOf(at);
  if (days === 1) return dayOf(at, now);
  return days < 7 ? format(at, { weekday: "short" }) : format(at, { dateStyle: "short" });
}

/** One text of several languages: the reader's, else another that their browser says they read, else English, else any. @param {Record<string, string> | string | undefined} texts */
export function inMyLanguage(texts) {
  if (!texts || typeof texts === "string") return texts ?? "";
  const wanted = [language.tag, ...navigator.languages.map((tag) => tag.split("-")[0]), "en", ...Object.keys(texts)];
  return texts[wanted.find((tag) => tag in texts) ?? ""] ?? "";
}
