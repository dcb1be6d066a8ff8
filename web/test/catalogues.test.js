import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LANGUAGES, list, t, upTo, use } from "../client/language/language.js";

/** @typedef {Record<string, string | Record<string, string>>} Catalogue */

const TAGS = Object.keys(LANGUAGES);
/** Numbers among which each plural form of each language comes. */
const NUMBERS = [...Array.from({ length: 201 }, (_, i) => i), 1_000_000, 2_000_000, 1.5];
/** Words that a language has in common with English, and signs. */
const SAME = /** @type {Record<string, Set<string>>} */ ({
  fr: new Set(["Messages", "Mentions", "Option", "Pause", "Notifications", "Organisation", "Original"]),
  es: new Set(["Original", "No"]),
});
/** What stands in Latin letters in every script. */
const NAMES = /Plenary|Markdown|WebVTT|https|Ctrl\+Enter|Enter|Emoji|\/meet(?: tomorrow 15:00(?: [a-z]{2})+)?|ID|\bn\b/g;
const LETTERS = /** @type {Record<string, RegExp>} */ ({ ar: /\p{Script=Arabic}/u, ru: /\p{Script=Cyrillic}/u, zh: /\p{Script=Han}/u });
const ENGLISH = /\b(the|and|of|is|are|was|were|with|this|that|not|you|your|for|from|here|has|have|be)\b/i;

/** @param {string} tag @returns {Catalogue} */
const catalogue = (tag) => JSON.parse(readFileSync(new URL(`../client/language/${tag}.json`, import.meta.url), "utf8"));
/** @param {Catalogue[string]} sentence */
const forms = (sentence) => (typeof sentence === "string" ? { "": sentence } : sentence);
/** @param {string} text */
const places = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted();

const english = catalogue("en");

test("every language has the sentences of English, in its order", () => {
  for (const tag of TAGS) assert.deepEqual(Object.keys(catalogue(tag)), Object.keys(english), tag);
});

test("each catalogue has the plural forms of its language, no more and no fewer", () => {
  for (const tag of TAGS) {
    const wanted = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.toSorted();
    for (const [key, sentence] of Object.entries(catalogue(tag))) {
      assert.equal(typeof sentence, typeof english[key], `${tag}: ${key}`);
      if (typeof sentence === "object") assert.deepEqual(Object.keys(sentence).toSorted(), wanted, `${tag}: ${key}`);
    }
  }
});

test("every form has the same places for values; only one that stands for a single number may leave the number out", () => {
  for (const tag of TAGS) {
    const rules = new Intl.PluralRules(tag);
    for (const [key, sentence] of Object.entries(catalogue(tag))) {
      const wanted = places(Object.values(forms(english[key])).join());
      for (const [form, text] of Object.entries(forms(sentence))) {
        const single = form && NUMBERS.filter((number) => rules.select(number) === form).length === 1;
        const without = wanted.filter((place) => place !== "{count}");
        const found = places(text);
        if (single && !found.includes("{count}")) assert.deepEqual(found, without, `${tag}: ${key} ${form}`);
        else assert.deepEqual(found, wanted, `${tag}: ${key} ${form}`);
      }
    }
  }
});

test("no sentence is left in English", () => {
  for (const tag of TAGS.filter((one) => one !== "en")) {
    for (const [key, sentence] of Object.entries(catalogue(tag))) {
      for (const [form, text] of Object.entries(forms(sentence))) {
        const words = text.replace(/\{\w+\}/g, "").replace(NAMES, "");
        const where = `${tag}: ${key} ${form}: ${text}`;
        if (!/\p{L}/u.test(words)) continue;
        assert.ok(!Object.values(forms(english[key])).includes(text) || SAME[tag]?.has(text) || text === "BOT", where);
        if (LETTERS[tag]) assert.ok(LETTERS[tag].test(words) && !/\p{Script=Latin}/u.test(words), where);
        assert.doesNotMatch(words, ENGLISH, where);
      }
    }
  }
});

test("a number chooses the form of its language", () => {
  const told = (/** @type {string} */ tag, /** @type {number[]} */ counts) => {
    use(tag, catalogue(tag));
    return counts.map((count) => t("members.count", { count }));
  };
  assert.deepEqual(told("ar", [0, 1, 2, 3, 11, 100]), ["لا أعضاء", "عضو واحد", "عضوان", "3 أعضاء", "11 عضوًا", "100 عضو"]);
  assert.deepEqual(told("ru", [1, 3, 5, 21, 112]), ["1 участник", "3 участника", "5 участников", "21 участник", "112 участников"]);
  assert.deepEqual(told("fr", [0, 1, 2]), ["0 membre", "1 membre", "2 membres"]);
  assert.deepEqual(told("es", [0, 1, 2]), ["0 miembros", "1 miembro", "2 miembros"]);
  assert.equal(told("fr", [1_000_000])[0].replace(/\s/g, " "), "1 000 000 de membres");
});

test("names are set apart, and a badge that is full says so in the reader's figures", () => {
  const told = (/** @type {string} */ tag, region = tag) => {
    use(tag, catalogue(tag), region);
    return [list(["Ana", "Bob", "Wei"]), upTo(99, 99), upTo(100, 99)];
  };
  assert.deepEqual(told("ru"), ["Ana, Bob, Wei", "99", "99+"]);
  assert.deepEqual(told("zh"), ["Ana、Bob、Wei", "99", "99+"]);
  assert.deepEqual(told("ar", "ar-EG").slice(1), ["٩٩", "٩٩+"]);
});
