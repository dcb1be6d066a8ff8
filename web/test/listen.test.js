/** Hearing what is said in the language that one reads: the button and its states, by a simulated voice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { beginning, samplesOf } from "../client/meeting/playback.js";
import { enter, eventually, scenes, until } from "./browser.js";
import { Caller, ref } from "./place.js";

const scene = scenes({ how: { history: 1, crowd: 0 } });
const pane = (/** @type {import("playwright-core").Page} */ page) => page.locator("meeting-captions");
const state = (/** @type {import("playwright-core").Page} */ page, /** @type {string} */ is) => pane(page).locator(`.voice-state[data-state="${is}"]`).waitFor();

/** A live meeting in whose captions somebody reads Spanish. @param {import("./browser.js").Scene} scene @param {string} name @param {import("playwright-core").BrowserContextOptions} [options] */
async function reading({ place, as, mock }, name, options) {
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group(name, [place.bob]);
  const { meeting } = await caller.post(`/conversations/${id}/meetings`, { ref: ref(), title: "Dialogue", minutes: 60, zone: "Europe/Berlin", languages: ["en", "es", "fr"] });
  mock.voices.push("es");
  const page = await as(place.bob, options);
  await enter(page, name);
  await page.locator("article.meeting").getByRole("link", { name: "Captions" }).click();
  await page.getByRole("log", { name: "Captions" }).waitFor();
  return { page, meeting: mock.meetings.all.get(meeting.id), button: pane(page).getByRole("button", { name: "Listen in Spanish" }) };
}
const listenerOf = async (/** @type {any} */ mock) => {
  await eventually(() => mock.listeners.size === 1, "somebody listens");
  return [...mock.listeners][0];
};
/** What the browser was given to play. @param {import("playwright-core").Page} page */
const played = (page) => page.evaluate(() => {
  const { playback } = /** @type {any} */ (document.querySelector("meeting-voice")).listening;
  return { samples: playback.samples, loudest: playback.loudest, audio: playback.audio.state, time: playback.audio.currentTime };
});

test("pieces follow each other, the first a little later than it came, and none waits for long", () => {
  assert.equal(beginning(10, 0), 10.25);
  assert.equal(beginning(10, 10.4), 10.4);
  assert.equal(beginning(10, 13.5), null);
  assert.deepEqual([...samplesOf(new Uint8Array([0, 0, 0, 64, 0, 128, 9]).buffer)], [0, 0.5, -1]);
});

scene("on a phone the end of the captions is followed though the voice takes room above, until its reader scrolls up", async (given) => {
  const { mock } = given;
  mock.faults.tones = true;
  const { page, meeting, button } = await reading(given, "Following", { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true });
  const say = (/** @type {number} */ i) => mock.meetings.say(meeting, { key: `k${i}`, speaker: { account: given.place.alice.id, name: "Alice" }, language: "en", text: `Sentence ${i} of a long speech.`, translations: [{ language: "es", text: `Frase ${i} de un largo discurso.`, engine: "t", title: "Tencent" }] });
  for (let i = 0; i < 40; i++) say(i);
  await pane(page).getByLabel("Read in").selectOption("es");
  const atEnd = (/** @type {string} */ text) => until(page, (wanted) => {
    const scroller = /** @type {Element} */ (document.querySelector(".captions-scroller"));
    const last = scroller.querySelector("li.caption:last-of-type");
    return !!last?.textContent?.includes(wanted) && last.getBoundingClientRect().bottom <= scroller.getBoundingClientRect().bottom + 1;
  }, text);
  await pane(page).getByText("Nobody speaks here").waitFor();
  await atEnd("Frase 39");
  await button.tap();
  await state(page, "waiting");
  await atEnd("Frase 39");
  (await listenerOf(mock)).bye("removed", "A reason that takes two lines on a phone, since it says at length why nothing is heard.");
  await state(page, "refused");
  await page.setViewportSize({ width: 390, height: 480 });
  await atEnd("Frase 39");
  say(40);
  await atEnd("Frase 40");
  assert.equal(await pane(page).getByRole("button", { name: "To what is said now" }).count(), 0, "nobody scrolled up");
  await page.locator(".captions-scroller").evaluate((one) => (one.scrollTop -= 200));
  await pane(page).getByRole("button", { name: "To what is said now" }).tap();
  await atEnd("Frase 40");
});

scene("who reads in a language that something speaks hears it, by keyboard, and is told how it stands", async (given) => {
  const { mock } = given;
  const { page, button } = await reading(given, "Listening");
  await pane(page).getByLabel("Read in").selectOption("fr");
  await pane(page).getByText("Nothing was said yet.").waitFor();
  assert.equal(await pane(page).getByRole("button", { name: /Listen/ }).count(), 0, "nothing speaks French");
  await pane(page).getByLabel("Read in").selectOption("es");
  await button.press("Enter");
  await state(page, "waiting");
  assert.equal(await pane(page).locator(".voice-state").getAttribute("role"), "status");
  await pane(page).getByText("Waiting for speech.").waitFor();
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  const listener = await listenerOf(mock);
  assert.equal(listener.language, "es");
  const speaks = listener.speak("one", 1600);
  await pane(page).getByText("Playing: machine voice, Test voice.").waitFor();
  await speaks;
  await state(page, "waiting");
  const { samples, loudest, audio, time } = await played(page);
  assert.equal(samples, 25_600);
  assert.ok(loudest > 0.2, `it is loud: ${loudest}`);
  assert.equal(audio, "running");
  assert.ok(time > 1.6, `time went on while it played: ${time}`);
  await button.press("Enter");
  await eventually(() => mock.listeners.size === 0, "nobody listens");
  assert.equal(await button.getAttribute("aria-pressed"), "false");
  assert.deepEqual(page.problems, []);
}, { mockOnly: true });

scene("a lost connection is opened again, and who may hear no more is told so", async (given) => {
  const { mock } = given;
  const { page, button } = await reading(given, "Losing");
  await pane(page).getByLabel("Read in").selectOption("es");
  await button.click();
  await state(page, "waiting");
  (await listenerOf(mock)).cut();
  await state(page, "lost");
  await state(page, "waiting");
  (await listenerOf(mock)).bye("conflict", "The meeting is over.");
  await pane(page).getByText("This cannot be heard now. The meeting is over.").waitFor();
  assert.equal(await button.getAttribute("aria-pressed"), "false");
  await button.click();
  await state(page, "waiting");
  await pane(page).getByLabel("Read in").selectOption("original");
  await eventually(() => mock.listeners.size === 0, "nobody listens");
  assert.equal(await pane(page).getByRole("button", { name: /Listen/ }).count(), 0);
}, { mockOnly: true });
