import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { choose, draftOf, isFull } from "../client/card/choices.js";
import { dayOf, percent, shortWhen, t, timeOf, use } from "../client/language/language.js";
import { rowsOf } from "../client/message/grouping.js";
import { MOST, atEnd, earlier, later, slice, trim } from "../client/message/window.js";
import { due } from "../client/store/outbox.js";
import { rowsOf as ranked } from "../client/survey/ranking.js";
import { steady } from "../client/conversation/order.js";
import { isImeKey } from "../client/composer/ime.js";

/** @param {string} tag */
const catalogue = (tag) => JSON.parse(readFileSync(new URL(`../client/language/${tag}.json`, import.meta.url), "utf8"));

test("numbers, times and days are written by the reader's language", () => {
  const at = "2026-11-24T13:05:00";
  use("en", catalogue("en"), "en-GB");
  assert.equal(timeOf(at), "13:05");
  assert.equal(t("members.count", { count: 1 }), "1 member");
  assert.equal(t("members.count", { count: 2000 }), "2,000 members");
  assert.equal(dayOf(at, new Date("2026-11-25T09:00:00")), "Yesterday");
  assert.equal(shortWhen(at, new Date("2026-11-24T23:00:00")), "13:05");
  assert.equal(percent(0.004), "< 1%");
  use("zh", catalogue("zh"), "zh-CN");
  assert.equal(dayOf(at, new Date("2026-11-25T09:00:00")), "昨天");
  assert.equal(t("members.count", { count: 2000 }), "2,000 位成员");
});

test("of each conversation the oldest message is sent, and the next only when it is settled", () => {
  const item = (/** @type {string} */ ref, /** @type {string} */ conversation, /** @type {number} */ order, more = {}) =>
    /** @type {any} */ ({ ref, conversation, order, state: "waiting", kind: "post", at: "", ...more });
  const outbox = [item("b", "g", 2), item("a", "g", 1), item("c", "h", 3), item("r", "h", 1, { state: "refused" }), item("s", "h", 2, { seq: 9 })];
  assert.deepEqual(due(outbox, new Set()).map(({ ref }) => ref), ["a", "c"]);
  assert.deepEqual(due(outbox, new Set(["a"])).map(({ ref }) => ref), ["c"]);
});

/** @param {number} count */
const conversationOf = (count) => /** @type {any} */ ({
  id: "g", from: 1, head: { seq: count, m: count },
  entries: Array.from({ length: count }, (_, i) => ({ seq: i + 1, m: i + 1, kind: "message.posted", sender: i % 2 ? "bo" : "me", ref: `r${i}`, at: new Date(1e12 + i * 6e4).toISOString(), body: { type: "text", text: `${i}` } })),
});

test("a message keeps its row from being written to being read by others", () => {
  const before = conversationOf(2);
  const outgoing = /** @type {any} */ ({ ref: "new", conversation: "g", kind: "post", body: { type: "text", text: "hello" }, at: new Date(1e12).toISOString(), order: 1, state: "sent" });
  const waiting = rowsOf(before, [outgoing], "me", -1).at(-1);
  const entry = { ...before.entries[0], seq: 3, ref: "new", body: outgoing.body };
  const sent = rowsOf({ ...before, entries: [...before.entries, entry] }, [outgoing], "me", -1).filter(({ key }) => key === waiting?.key);
  assert.equal(sent.length, 1);
  assert.equal(sent[0].seq, 3);
});

test("whatever is scrolled, at most 250 rows are drawn and none is skipped", () => {
  const rows = rowsOf(conversationOf(2000), [], "me", -1);
  let range = atEnd();
  for (let step = 0; step < 60; step++) {
    range = (step < 40 ? earlier(rows, range) : later(rows, range)) ?? range;
    range = trim(rows, range, step < 40) ?? range;
    const drawn = slice(rows, range);
    assert.ok(drawn.length <= MOST, `${drawn.length}`);
    assert.deepEqual(drawn, rows.slice(rows.indexOf(drawn[0]), rows.indexOf(drawn[0]) + drawn.length));
  }
});

test("rows under the pointer stay where they are while others move", () => {
  const of = (/** @type {string[]} */ ids) => ids.map((id) => /** @type {any} */ ({ id }));
  assert.deepEqual(steady(of(["c", "a", "b"]), ["a", "b", "c"]).map(({ id }) => id), ["a", "b", "c"]);
  assert.deepEqual(steady(of(["n", "c", "a"]), ["a", "b", "c"]).map(({ id }) => id), ["a", "c", "n"]);
});

test("no more options can be chosen than a card allows", () => {
  const question = { question_key: "q", mode: 1, most: 2, option_list: ["a", "b", "c"].map((id) => ({ id, text: id })) };
  const card = { card_type: "vote_interaction", checkbox: question };
  let draft = draftOf(card);
  for (const id of ["a", "b", "c"]) draft = choose(draft, question, id);
  assert.deepEqual(draft.chosen.q, ["a", "b"]);
  assert.ok(isFull(draft, question));
  assert.deepEqual(choose(draft, question, "a").chosen.q, ["b"]);
});

test("options that were chosen as often share a rank", () => {
  const option = (/** @type {string} */ id, /** @type {number} */ count) => ({ id, label: { en: id }, count, rank: null });
  const rows = ranked({ id: "q", title: {}, type: "choice", n: 9, options: [option("a", 3), option("b", 5), option("c", 3), option("d", 1)] });
  assert.deepEqual(rows.map(({ id, rank }) => [id, rank]), [["b", 1], ["a", 2], ["c", 2], ["d", 4]]);
});

test("the Enter that ends a composition is the input method's", () => {
  assert.ok(isImeKey(/** @type {any} */ ({ isComposing: true, keyCode: 13 })));
  assert.ok(isImeKey(/** @type {any} */ ({ isComposing: false, keyCode: 229 })));
  assert.ok(!isImeKey(/** @type {any} */ ({ isComposing: false, keyCode: 13 })));
});
