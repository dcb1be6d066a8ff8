/** Search at the mock: plain words, all of which a text must have. What is shown is taken from the world's history. */
import { Problem } from "./world.js";

/** @param {any} body @returns {{text: string, language?: string}[]} */
const saidBy = (body) => (body ? [{ text: body.card?.main_title?.title ?? body.text ?? "" }, ...(body.translations ?? [])] : []);

/** @param {string} text @param {string[]} words */
function excerptOf(text, words) {
  const pattern = new RegExp(words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, "\\$&")).join("|"), "giu");
  const first = Math.max(0, (pattern.exec(text)?.index ?? 0) - 40);
  pattern.lastIndex = 0;
  const shown = text.slice(first, first + 200);
  /** @type {{text: string, hit?: boolean}[]} */
  const parts = [];
  let at = 0;
  for (const match of shown.matchAll(pattern)) {
    if (match.index > at) parts.push({ text: shown.slice(at, match.index) });
    parts.push({ text: match[0], hit: true });
    at = match.index + match[0].length;
  }
  parts.push({ text: shown.slice(at) });
  if (first) parts.unshift({ text: "…" });
  return parts.filter(({ text: part }) => part);
}

/** @param {any} world @param {any} conversation @param {string} me @param {any} query */
function hitsOf(world, conversation, me, { q, kinds, meeting }) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const { entries } = world.page(conversation, me, { limit: 1_000_000, kinds });
  return entries.toReversed().flatMap((/** @type {any} */ entry) => {
    if (entry.kind !== "message.posted" || (meeting && entry.body?.meeting !== meeting)) return [];
    const said = saidBy(entry.body).find(({ text }) => words.every((/** @type {string} */ word) => text.toLowerCase().includes(word)));
    return said ? [{ entry, excerpt: excerptOf(said.text, words), ...(said.language && { language: said.language }) }] : [];
  });
}

/** @param {any} query */
function check({ q }) {
  if (!q?.trim() || q.length > 100) throw new Problem(400, "invalid", "This has 1 to 100 characters.", "q");
}

/** @param {any} world @param {any} conversation @param {string} me @param {any} query */
export function searchOne(world, conversation, me, query) {
  check(query);
  const limit = Number(query.limit ?? 20);
  const hits = hitsOf(world, conversation, me, query).filter((/** @type {any} */ { entry }) => !query.before || entry.seq < Number(query.before));
  const next = hits.length > limit ? hits[limit - 1].entry.seq : null;
  return { hits: hits.slice(0, limit), next, searched: next ?? 1, head: { seq: conversation.entries.length, m: conversation.m } };
}

/** @param {any} world @param {string} me @param {any} query */
export function searchAll(world, me, query) {
  check(query);
  const mine = [...world.conversations.values()].filter(({ members }) => members.has(me)).sort((a, b) => b.entries.at(-1).at.localeCompare(a.entries.at(-1).at));
  const conversations = mine.flatMap((conversation) => {
    const hits = hitsOf(world, conversation, me, query);
    return hits.length ? [{ conversation: conversation.id, hits: hits.slice(0, 3), more: hits.length > 3 }] : [];
  });
  const after = Number(query.after ?? 0);
  const limit = Number(query.limit ?? 20);
  return { conversations: conversations.slice(after, after + limit), searched: mine.length, next: conversations.length > after + limit ? String(after + limit) : null };
}
