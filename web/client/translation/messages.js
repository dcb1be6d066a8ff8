/**
 * Translations of messages: asked for of the rows that are drawn, and drawn below the original, which
 * stays.
 *
 * @import {Row} from "../message/grouping"
 * @import {Conversation, Entry} from "../types"
 */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { markdownView } from "../message/markdown.js";
import { textView } from "../message/text.js";
import { get, path } from "../session/api.js";
import { frames, store } from "../wiring.js";

/** Numbers of one request. */
const SPAN = 100;
/** What is on its way comes by a frame; where none comes it is asked for again, so often. */
const PATIENCE = 5000;
const TRIES = 4;
const FORMS = new Set(["text", "markdown"]);

/** @typedef {{of: number, text?: string, engine?: string, title?: string, problem?: string}} Translation */
/** By conversation and language, then by number. @type {Map<string, Map<number, Translation>>} */
const known = new Map();
/** Which version of each was asked for, how often and when. @type {Map<string, {of: number, tries: number, at: number}>} */
const asked = new Map();
/** Those whose reader hid them. @type {Set<string>} */
const hidden = new Set();

/** @param {Entry} entry */
const versionOf = ({ seq, edited }) => edited?.seq ?? seq;

/** @param {string} conversation @param {string} language */
function shelf(conversation, language) {
  const key = `${store.state.me?.id}/${conversation}/${language}`;
  const found = known.get(key) ?? new Map();
  known.set(key, found);
  return found;
}

frames.on("translation", ({ conversation, language, seq, ...translation }) => {
  shelf(conversation, language).set(seq, translation);
  store.set({});
});

/** @param {Conversation} conversation @param {string} language */
export const of = (conversation, language) => ({
  below: (/** @type {Row} */ row) => below(row, conversation, language),
  want: (/** @type {Row[]} */ rows) => want(rows, conversation.id, language),
  seen: (/** @type {number} */ seq) => shelf(conversation.id, language).get(seq),
});

/** Asks for what is drawn and not known, in as few requests as its numbers allow. @param {Row[]} rows @param {string} conversation @param {string} language */
function want(rows, conversation, language) {
  const now = Date.now();
  const held = shelf(conversation, language);
  const missing = rows.filter(({ kind, own, entry, seq }) => {
    if (kind !== "message" || own || !entry?.body || !FORMS.has(entry.body.type) || seq === Infinity) return false;
    const version = versionOf(entry);
    if ((held.get(seq)?.of ?? 0) >= version) return false;
    const before = asked.get(`${store.state.me?.id}/${conversation}/${language}/${seq}`);
    return before?.of !== version || (before.tries < TRIES && now - before.at > PATIENCE * before.tries);
  });
  while (missing.length) {
    const from = missing[0].seq;
    const some = missing.splice(0, missing.findLastIndex(({ seq }) => seq < from + SPAN) + 1);
    for (const { entry } of some) if (entry) note(`${store.state.me?.id}/${conversation}/${language}/${entry.seq}`, versionOf(entry), now);
    void ask(conversation, language, from, some[some.length - 1].seq);
  }
}

/** @param {string} key @param {number} version @param {number} now */
function note(key, version, now) {
  const before = asked.get(key);
  asked.set(key, { of: version, at: now, tries: before?.of === version ? before.tries + 1 : 1 });
}

/** @param {string} conversation @param {string} language @param {number} from @param {number} to */
async function ask(conversation, language, from, to) {
  try {
    const { translations, pending } = await get(path`/conversations/${conversation}/translations?language=${language}&from=${from}&to=${to}`);
    const held = shelf(conversation, language);
    for (const { seq, language: _, ...translation } of translations) held.set(seq, { of: seq, ...translation });
    // Asked again when it is drawn after a while, should no frame come.
    if (pending?.length) setTimeout(() => store.set({}), PATIENCE + 100);
    store.set({});
  } catch {
    // Asked again when it is drawn after a while.
    setTimeout(() => store.set({}), PATIENCE + 100);
  }
}

/** @param {Row} row @param {Conversation} conversation @param {string} language */
function below({ entry, own, seq }, conversation, language) {
  if (!entry?.body || own || !FORMS.has(entry.body.type)) return nothing;
  const found = shelf(conversation.id, language).get(seq);
  if (!found || found.of < versionOf(entry)) return nothing;
  if (found.problem) return html`<p class="translation-note">${t("translation.none", { problem: found.problem })}</p>`;
  if (!found.text) return nothing;
  const key = `${conversation.id}/${seq}`;
  const away = hidden.has(key);
  const toggle = () => (away ? hidden.delete(key) : hidden.add(key), store.set({}));
  const { body } = entry;
  return html`${away ? nothing : html`<div class="bubble translation ${body.type}" dir="auto" lang=${language}>${body.type === "markdown" ? markdownView(found.text, body) : textView(found.text, body)}</div>`}
    <p class="translation-note">${away ? nothing : t("translation.machine-by", { engine: found.title ?? found.engine ?? "" })}
      <button class="link" tabindex="-1" aria-expanded=${!away} @click=${toggle}>${t(away ? "translation.show" : "translation.hide")}</button></p>`;
}
