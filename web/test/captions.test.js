import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { enter, eventually, scenes, until } from "./browser.js";
import { Caller, ref } from "./place.js";

const test = scenes({ how: { history: 1, crowd: 0 } });

/** A live meeting of Alice, Bob and Ana. @param {import("./place.js").Place} place @param {any} mock @param {string} name */
async function live(place, mock, name) {
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group(name, [place.bob, place.ana]);
  const { meeting } = await caller.post(`/conversations/${id}/meetings`, { ref: ref(), title: "Dialogue", minutes: 60, zone: "Europe/Berlin", languages: ["en", "es", "fr"] });
  return { caller, id, meeting: mock.meetings.all.get(meeting.id), say: (/** @type {any} */ caption) => mock.meetings.say(mock.meetings.all.get(meeting.id), sentence(place, caption)) };
}
let count = 0;
const sentence = (/** @type {import("./place.js").Place} */ { alice }, /** @type {any} */ caption) => ({ key: `k${count++}`, speaker: { account: alice.id, name: alice.name }, language: "en", ...caption });
const spanish = (/** @type {string} */ text) => [{ language: "es", text, engine: "tencent", title: "Tencent" }];

/** @param {import("playwright-core").Page} page @param {string} name */
async function beside(page, name) {
  await enter(page, name);
  await page.locator("article.meeting").getByRole("link", { name: "Captions" }).click();
  await page.getByRole("log", { name: "Captions" }).waitFor();
}
const pane = (/** @type {import("playwright-core").Page} */ page) => page.locator("meeting-captions");

test("a sentence grows, then stands, each reader's in their language with the engine named", async ({ place, as, mock }) => {
  const { meeting, say } = await live(place, mock, "Growing");
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  for (const page of [alice, bob]) await beside(page, "Growing");
  await pane(alice).getByText("Nothing was said yet.").waitFor();
  await pane(bob).getByLabel("Read in").selectOption("es");
  await eventually(() => [...mock.sessions].filter((session) => session.follows.get(meeting.conversation.id)?.meeting === meeting.facts.id).length === 2, "both follow");
  mock.meetings.grow(meeting, sentence(place, { key: "one", text: "We open" }));
  await pane(alice).locator(".growing", { hasText: "We open" }).waitFor();
  say({ key: "one", text: "We open the meeting.", translations: spanish("Abrimos la reunión.") });
  await pane(alice).locator(".caption:not(.growing)", { hasText: "We open the meeting." }).waitFor();
  await pane(bob).getByText("Abrimos la reunión.").waitFor();
  await pane(bob).getByText("machine translation, Tencent").waitFor();
  assert.equal(await pane(bob).locator(".said").getAttribute("lang"), "es");
  assert.equal(await pane(alice).getByText("machine translation").count(), 0);
  assert.equal(await pane(alice).locator(".caption").count(), 1);
  await pane(alice).locator(".caption .name", { hasText: place.alice.name }).waitFor();
  mock.meetings.grow(meeting, sentence(place, { key: "one", text: "We open, late" }));
  say({ key: "one", text: "We open this meeting." });
  await pane(alice).getByText("We open this meeting.").waitFor();
  assert.equal(await pane(alice).locator(".caption").count(), 1, "what is corrected replaces its own");
}, { mockOnly: true });

test("captions are no messages: none in the list, none unread, and history goes on beyond them", async ({ place, as, mock }) => {
  const { caller, id, say } = await live(place, mock, "Apart");
  const bob = await Caller.signIn(place, place.bob);
  await bob.call("PUT", `/conversations/${id}/position`, { seq: 2 });
  for (let i = 0; i < 120; i++) say({ text: `said ${i}` });
  const page = await as(place.bob);
  assert.equal(await page.locator(".conversation", { hasText: "Apart" }).locator(".badge").count(), 0);
  await enter(page, "Apart");
  await page.locator("message-list article.meeting").waitFor();
  await page.getByText("This is the beginning.").waitFor();
  assert.equal(await page.locator("message-list").getByText("said 7").count(), 0);
  say({ text: "said live" });
  await caller.say(id, "a message after it");
  await page.locator("li.message", { hasText: "a message after it" }).waitFor();
  assert.equal(await page.locator("message-list li.message").count(), 2);
}, { mockOnly: true });

test("a translation that comes late is put in, and one that cannot be made says so below the original", async ({ place, as, mock }) => {
  const { id, meeting, say } = await live(place, mock, "Late");
  const page = await as(place.bob);
  await beside(page, "Late");
  await pane(page).getByLabel("Read in").selectOption("fr");
  await eventually(() => [...mock.sessions].some((session) => session.follows.get(id)?.language === "fr"), "the language is told");
  const { seq } = say({ text: "Good morning." });
  await pane(page).getByText("being translated…").waitFor();
  for (const session of mock.sessions) session.send({ type: "translation", conversation: id, seq, of: seq, language: "fr", text: "Bonjour.", engine: "apertium", title: "Apertium" });
  await pane(page).getByText("Bonjour.").waitFor();
  say({ text: "Never translated." });
  await pane(page).getByText("in English, not translated: No engine translates this pair.").waitFor();
  await pane(page).getByText("Never translated.").waitFor();
  void meeting;
}, { mockOnly: true });

test("who scrolled up stays there and finds the way back to what is said now", async ({ place, as, mock }) => {
  const { say } = await live(place, mock, "Follow");
  for (let i = 0; i < 60; i++) say({ text: `sentence ${i} ${"and more ".repeat(6)}` });
  const page = await as(place.bob);
  await beside(page, "Follow");
  await pane(page).getByText("sentence 59").waitFor();
  const scroller = page.locator(".captions-scroller");
  const gap = () => scroller.evaluate((one) => one.scrollHeight - one.clientHeight - one.scrollTop);
  await eventually(async () => (await gap()) < 4, "it is at its end");
  await scroller.evaluate((one) => (one.scrollTop = 100));
  await page.getByRole("button", { name: "To what is said now" }).waitFor();
  say({ text: "the newest" });
  await pane(page).getByText("the newest").waitFor();
  assert.ok(Math.abs((await scroller.evaluate((one) => one.scrollTop)) - 100) < 2);
  await page.getByRole("button", { name: "To what is said now" }).click();
  await eventually(async () => (await gap()) < 4, "it is at its end again");
  say({ text: "newer still" });
  await pane(page).getByText("newer still").waitFor();
  await eventually(async () => (await gap()) < 4, "it is followed");
}, { mockOnly: true });

test("the record of a meeting that is over is read from its beginning, page by page, and saved", async ({ place, as, mock }) => {
  const { meeting, say } = await live(place, mock, "Record");
  for (let i = 0; i < 130; i++) say({ text: `sentence ${i}.`, translations: spanish(`frase ${i}.`) });
  meeting.after = { seconds: 600, links: [] };
  mock.meetings.tell(meeting, { state: "ended" });
  const page = await as(place.bob);
  await beside(page, "Record");
  await pane(page).getByText("sentence 0.").waitFor();
  assert.equal(await pane(page).locator(".caption").count(), 100);
  assert.equal(await page.locator(".captions-scroller").evaluate((one) => one.scrollTop), 0);
  await pane(page).getByRole("button", { name: "Show more" }).click();
  await pane(page).getByText("sentence 129.").waitFor();
  await pane(page).getByLabel("Read in").selectOption("es");
  await pane(page).getByText("frase 0.").waitFor();
  const asked = page.waitForRequest((request) => request.url().includes("captions.vtt"));
  const saved = page.waitForEvent("download");
  await pane(page).getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Save as WebVTT" }).click();
  assert.match((await asked).url(), /language=es/);
  const file = await saved;
  assert.equal(file.suggestedFilename(), "captions-es.vtt");
  assert.equal((readFileSync(await file.path(), "utf8")).replace(/\s+/g, " ").trim(), "WEBVTT 1 the first 2 the second");
}, { mockOnly: true });

test("after the connection was lost the captions that came meanwhile are there, in order and once", async ({ place, as, mock }) => {
  const { say } = await live(place, mock, "Cut");
  const page = await as(place.bob);
  await beside(page, "Cut");
  say({ text: "before the cut" });
  await pane(page).getByText("before the cut").waitFor();
  mock.faults.refuseSockets = true;
  mock.cut();
  for (let i = 0; i < 70; i++) say({ text: `meanwhile ${i};` });
  mock.faults.refuseSockets = false;
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await pane(page).getByText("meanwhile 69;").waitFor();
  const texts = await pane(page).locator(".said").allInnerTexts();
  assert.deepEqual(texts, ["before the cut", ...Array.from({ length: 70 }, (_, i) => `meanwhile ${i};`)]);
}, { mockOnly: true });

test("text of any direction stands in its own, and a recalled caption leaves only that it was", async ({ place, as, mock }) => {
  const { caller, id, say } = await live(place, mock, "Directions");
  const page = await as(place.bob);
  await beside(page, "Directions");
  say({ text: "نفتتح الجلسة.", language: "ar", speaker: { account: null, name: "ضيف" } });
  const { seq } = say({ text: "not for the record" });
  await pane(page).getByText("not for the record").waitFor();
  assert.equal(await pane(page).locator(".said").first().evaluate((one) => getComputedStyle(one).direction), "rtl");
  await caller.post(`/conversations/${id}/messages/${seq}/recall`, { ref: ref() });
  await pane(page).getByText("This caption was recalled.").waitFor();
  assert.equal(await pane(page).getByText("not for the record").count(), 0);
}, { mockOnly: true });

test("a reader of the screen hears some captions and how many more there were", async ({ place, as, mock }) => {
  const { say } = await live(place, mock, "Spoken captions");
  const page = await as(place.bob);
  await beside(page, "Spoken captions");
  await page.evaluate(() => {
    /** @type {any} */ (globalThis).spoken = [];
    const log = /** @type {Element} */ (document.getElementById("announcer"));
    new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => /** @type {any} */ (globalThis).spoken.push(node.textContent)))).observe(log, { childList: true });
  });
  for (let i = 0; i < 5; i++) say({ text: `spoken ${i}` });
  await until(page, () => /** @type {any} */ (globalThis).spoken.length === 2);
  const spoken = await page.evaluate(() => /** @type {any} */ (globalThis).spoken);
  assert.match(spoken[0], /spoken 0/);
  assert.match(spoken[1], /4.? more captions/);
}, { mockOnly: true });

test("the organiser names an interpreter, who takes the channel and types what the others read", async ({ place, as, mock }) => {
  await live(place, mock, "Interpreted");
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  const ana = await as(place.ana);
  for (const page of [alice, bob, ana]) await beside(page, "Interpreted");
  assert.equal(await bob.locator("caption-composer").count(), 0);
  await pane(alice).getByRole("button", { name: "More" }).click();
  await alice.getByRole("menuitem", { name: "Interpreters" }).click();
  const roster = alice.getByRole("dialog", { name: "Interpreters" });
  await roster.getByRole("button", { name: "Add an interpreter" }).click();
  assert.ok(await roster.getByLabel("Who interprets").evaluate((field) => field === document.activeElement), "the new row has the focus");
  await alice.keyboard.press("Tab");
  await alice.keyboard.press("Tab");
  await alice.keyboard.press("Enter");
  assert.ok(await roster.getByRole("button", { name: "Add an interpreter" }).evaluate((button) => button === document.activeElement), "and what is left when it goes");
  await alice.keyboard.press("Enter");
  await roster.getByLabel("Who interprets").selectOption({ label: place.bob.name });
  await roster.getByLabel("Into which language").selectOption("fr");
  await roster.getByRole("button", { name: "Save" }).click();
  await roster.waitFor({ state: "detached" });
  const field = bob.getByRole("textbox", { name: "Write a caption in French" });
  await field.waitFor();
  assert.ok(await field.isDisabled());
  await bob.getByRole("button", { name: "Take the channel" }).click();
  await bob.getByRole("button", { name: "Hand over" }).waitFor();
  await field.pressSequentially("Nous ouvrons");
  await pane(ana).locator(".growing", { hasText: "Nous ouvrons" }).waitFor();
  await field.pressSequentially(" la séance.");
  await field.press("Enter");
  await pane(ana).locator(".caption:not(.growing)", { hasText: "Nous ouvrons la séance." }).waitFor();
  await pane(ana).getByText("interpreted by a person").waitFor();
  assert.equal(await field.inputValue(), "");
  assert.equal(await pane(ana).locator(".caption").count(), 1);
}, { mockOnly: true });

test("a microphone is heard: pieces of 100 ms at 16 kHz, silence while muted, and again after the line was cut", async ({ place, as, mock }) => {
  const { meeting } = await live(place, mock, "Channel");
  const page = await as(place.alice, { permissions: ["microphone"] });
  await enter(page, "Channel");
  await page.locator("article.meeting").getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Speak for the captions" }).click();
  await page.getByLabel("Language that you speak").selectOption("es");
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByText("You are heard.").waitFor();
  await page.getByText("written down by PocketSphinx").waitFor();
  await eventually(() => mock.world && speechOf(mock)?.frames >= 12, "pieces come");
  const heard = speechOf(mock);
  assert.equal(heard.hello.language, "es");
  assert.equal(heard.bytes / heard.frames, 3200);
  await eventually(() => speechOf(mock).loud > 500, "the tone of the device is heard");
  await page.getByText("seconds heard").waitFor();
  await page.getByRole("button", { name: "Mute", exact: true }).click();
  await page.waitForTimeout(300);
  const before = speechOf(mock);
  speechOf(mock).cut();
  await page.getByText("The connection was lost.").waitFor();
  await page.getByText("You are heard.").waitFor();
  await eventually(() => speechOf(mock) !== before && speechOf(mock).frames >= 5, "pieces come again");
  assert.equal(speechOf(mock).loud, 0, "while muted only silence is sent");
  await page.getByRole("button", { name: "End", exact: true }).click();
  await page.getByText("It has ended.").waitFor();
  void meeting;
}, { mockOnly: true });

test("without a microphone the page says what to do", async ({ place, as, mock }) => {
  const { meeting } = await live(place, mock, "Denied");
  const page = await as(place.alice);
  await page.goto(`${place.url}/meetings/${meeting.facts.id}/channel`);
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByText("Allow the microphone for this page and begin again.").waitFor();
}, { mockOnly: true });

const speechOf = (/** @type {any} */ mock) => mock.meetings.server.speech;
