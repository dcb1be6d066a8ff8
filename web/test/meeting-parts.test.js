import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { use } from "../client/language/language.js";
import { PIECE, Pieces, levelOf } from "../client/meeting/pcm.js";
import { captionOf, shownTo, withCaption, withRecall, withTranslation } from "../client/meeting/record.js";
import { elsewhere, lengthOf, startsIn, stateOf, whenOf } from "../client/meeting/when.js";
import { Random } from "./random.js";

/** @import {Caption} from "../client/types" */

use("en", JSON.parse(readFileSync(new URL("../client/language/en.json", import.meta.url), "utf8")), "en-GB");

/** @param {string} key @param {number | null} seq @param {string} text @param {object} [more] */
const said = (key, seq, text, more = {}) => captionOf({ meeting: "m", key, speaker: { account: null, name: "Ana" }, language: "en", text, from: "2026-12-02T14:00:00.000Z", ...more }, seq);

test("in whatever order frames, captions and corrections come, the record is that of the log", () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = new Random(seed);
    /** @type {Caption[]} */
    const log = Array.from({ length: 12 }, (_, i) => said(`k${i}`, i + 1, `text ${i}`));
    const told = log.flatMap((caption) => [said(caption.key, null, "growing"), caption, ...(random.below(3) ? [] : [said(caption.key, null, "growing late")])]);
    for (let i = told.length - 1; i > 0; i--) {
      const other = random.below(i + 1);
      [told[i], told[other]] = [told[other], told[i]];
    }
    assert.deepEqual(told.reduce(withCaption, /** @type {Caption[]} */ ([])), log, `seed ${seed}`);
  }
});

test("a correction takes the place of its own sentence and of its translations, a repetition of neither", () => {
  const es = [{ language: "es", text: "hola" }];
  let record = [said("a", 1, "hello", { translations: es }), said("b", 2, "there")];
  record = withCaption(record, said("a", 1, "hello"));
  assert.deepEqual(record[0].translations, es);
  record = withCaption(record, said("a", 9, "hallo"));
  assert.deepEqual(record.map(({ seq, text, translations }) => [seq, text, translations.length]), [[1, "hallo", 0], [2, "there", 0]]);
  record = withRecall(withTranslation(record, 2, { language: "fr", text: "là" }), 1);
  assert.ok(record[0].recalled);
  assert.ok(withCaption(record, said("a", 1, "hallo"))[0].recalled, "what is recalled stays so");
  assert.equal(record[1].translations[0].text, "là");
});

test("a caption is read in the reader's language, or as it was said with the reason", () => {
  const caption = said("a", 1, "hello", { translations: [{ language: "es", text: "hola", engine: "x", title: "X" }, { language: "fr", problem: "busy" }] });
  assert.deepEqual(shownTo(caption, null), { text: "hello", language: "en" });
  assert.deepEqual(shownTo(caption, "en"), { text: "hello", language: "en" });
  assert.deepEqual(shownTo(caption, "es"), { text: "hola", language: "es", engine: "X" });
  assert.deepEqual(shownTo(caption, "fr"), { text: "hello", language: "en", problem: "busy" });
  assert.deepEqual(shownTo(caption, "zh"), { text: "hello", language: "en", missing: true });
  assert.deepEqual(shownTo({ ...caption, seq: null }, "zh"), { text: "hello", language: "en" }, "what grows is not waited for");
});

test("a meeting is soon within a quarter of an hour of its start", () => {
  const meeting = /** @type {any} */ ({ state: "scheduled", start: "2026-12-02T14:00:00Z", end: "2026-12-02T15:00:00Z" });
  const at = (/** @type {string} */ time) => stateOf(meeting, Date.parse(`2026-12-02T${time}Z`));
  assert.deepEqual(["13:44:59", "13:45:00", "14:30:00", "15:00:00"].map(at), ["scheduled", "soon", "soon", "scheduled"]);
  assert.equal(stateOf({ ...meeting, state: "live" }, Date.parse("2026-12-02T13:50:00Z")), "live");
  assert.equal(startsIn(meeting.start, Date.parse("2026-12-02T13:48:30Z")), "in 12 minutes");
  assert.equal(startsIn(meeting.start, Date.parse("2026-12-02T14:00:00Z")), null);
});

test("the organiser's clock is told where it shows another time", () => {
  const meeting = /** @type {any} */ ({ start: "2026-12-02T14:00:00Z", end: "2026-12-02T15:00:00Z", zone: "Europe/Paris" });
  assert.equal(elsewhere(meeting, "Europe/Berlin"), null);
  assert.match(elsewhere(meeting, "Asia/Tokyo") ?? "", /15:00.16:00 in .?Europe\/Paris/);
  assert.equal(elsewhere({ ...meeting, zone: "Nowhere/There" }, "Asia/Tokyo"), null);
  assert.match(whenOf({ start: "2026-12-02T14:00:00", end: "2026-12-02T15:00:00" }, new Date("2026-11-01")), /2 Dec.* 14:00.15:00/);
  assert.equal(lengthOf(3125), "52 minutes");
  assert.equal(lengthOf(5400), "1 hour, 30 minutes");
});

test("sound of any rate becomes 16 kHz, no sample too many and a tone still that tone", () => {
  for (const rate of [8000, 16_000, 44_100, 48_000, 96_000]) {
    const pieces = new Pieces(rate);
    const tone = Float32Array.from({ length: rate }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 400 * i) / rate));
    const heard = [];
    for (let i = 0; i < tone.length; i += 128) heard.push(...pieces.push(tone.subarray(i, i + 128)));
    assert.ok(heard.every(({ length }) => length === PIECE));
    assert.ok(Math.abs(heard.length - 10) <= 1, `${rate}: ${heard.length} pieces of a second`);
    const samples = heard.flatMap((piece) => [...piece]);
    const crossings = samples.filter((sample, i) => i && sample >= 0 && samples[i - 1] < 0).length;
    assert.ok(Math.abs(crossings / (samples.length / 16_000) - 400) < 5, `${rate}: ${crossings} waves`);
    assert.ok(Math.abs(levelOf(heard[1]) - 0.5 / Math.SQRT2) < 0.02, `${rate}: ${levelOf(heard[1])}`);
  }
  const loud = new Pieces(16_000);
  assert.deepEqual([...loud.push(Float32Array.from({ length: PIECE }, (_, i) => (i % 2 ? 9 : -9)))[0].subarray(0, 2)], [-32_767, 32_767]);
});
