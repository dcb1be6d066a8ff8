import assert from "node:assert/strict";
import test from "node:test";
import { again, further } from "../client/meeting/listing.js";
import { scenes, until } from "./browser.js";
import { Caller, ref } from "./place.js";

const scene = scenes({ how: { history: 1, crowd: 0 } });
const MINUTE = 60_000;

/** @param {Caller} caller @param {string} group @param {string} title @param {number} minutes @returns {Promise<string>} its id */
async function called(caller, group, title, minutes) {
  const start = new Date(Date.now() + minutes * MINUTE).toISOString();
  const { meeting } = await caller.post(`/conversations/${group}/meetings`, { ref: ref(), title, start, minutes: 30, zone: "Europe/Berlin", languages: ["en"] });
  return meeting.id;
}

/** Meetings that begin one after the other, each cancelled. @param {Caller} caller @param {string} group @param {string} title @param {number} many */
async function cancelled(caller, group, title, many) {
  for (let i = 1; i <= many; i++) await caller.post(`/meetings/${await called(caller, group, `${title} ${i}`, 100 + i)}/cancel`, { ref: ref() });
}

/** @param {import("playwright-core").Page} page */
const card = (page) => page.locator("article.meeting");
/** @param {import("playwright-core").Page} page */
const rows = (page) => page.locator(".meetings.past > li");
/** @param {import("playwright-core").Page} page @param {string} mark */
const titles = async (page, mark) => (await rows(page).locator("h2").allInnerTexts()).filter((text) => text.startsWith(mark));

/** @param {string} ids a letter each @param {string | null} next @returns {any} */
const list = (ids, next) => ({ meetings: [...ids].map((id) => ({ id })), next });
const told = (/** @type {any} */ { meetings, next }) => [meetings.map((/** @type {{id: string}} */ { id }) => id).join(""), next];

test("a list that is looked at again keeps what was read of it, each once, and goes on where it was", () => {
  assert.deepEqual(told(further(list("abc", "c"), list("def", "f"))), ["abcdef", "f"]);
  assert.deepEqual(told(further(list("abc", "c"), list("cd", null))), ["abcd", null], "one that moved on to the next page stands there");
  const read = list("abcdef", "f");
  assert.deepEqual(told(again(undefined, list("abc", "c"))), ["abc", "c"]);
  assert.deepEqual(told(again(read, list("abc", "c"))), ["abcdef", "f"]);
  assert.deepEqual(told(again(read, list("xab", "b"))), ["xabcdef", "f"], "a new one comes to the top");
  assert.deepEqual(told(again(read, list("bcd", "d"))), ["bcdef", "f"], "one that is gone is gone");
  assert.deepEqual(told(again(read, list("eab", "b"))), ["eabcdf", "f"], "one that moved up stands there once");
  assert.deepEqual(told(again(read, list("xyz", "z"))), ["xyz", "z"], "nothing is guessed where it is not known how the two join");
  assert.deepEqual(told(again(read, list("ab", null))), ["ab", null], "the whole list is one page");
  assert.deepEqual(told(again(list("abc", null), list("xab", "b"))), ["xabc", null]);
});

scene("what is past stands apart from what is coming, the last first over all groups, and more is shown by the keyboard alone", async ({ place, as }) => {
  const mark = `zp${Date.now().toString(36)}`;
  const caller = await Caller.signIn(place, place.alice);
  const [one, other] = [await caller.group(`One ${mark}`, [place.bob]), await caller.group(`Other ${mark}`, [place.bob])];
  await cancelled(caller, one, `${mark} a`, 12);
  await cancelled(caller, other, `${mark} b`, 12);
  await called(caller, one, `${mark} to come`, 60);
  const page = await as(place.bob);
  await page.getByRole("link", { name: "Meetings" }).click();
  await card(page).filter({ hasText: `${mark} to come` }).waitFor();
  assert.equal(await card(page).filter({ hasText: `${mark} a` }).count(), 0);

  await page.getByRole("link", { name: "Coming" }).focus();
  assert.equal(await page.getByRole("link", { name: "Coming" }).getAttribute("aria-current"), "page");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await rows(page).nth(19).waitFor();
  assert.match(page.url(), /\/meetings\/past$/);
  assert.equal(await rows(page).count(), 20);
  assert.equal(await rows(page).filter({ hasText: "to come" }).count(), 0);

  await page.getByRole("button", { name: "Show more" }).focus();
  await page.keyboard.press("Enter");
  await rows(page).nth(23).waitFor();
  await until(page, () => document.activeElement === document.querySelectorAll(".meetings.past > li")[20]);
  const shown = await titles(page, mark);
  const expected = Array.from({ length: 12 }, (_, i) => [`${mark} b ${12 - i}`, `${mark} a ${12 - i}`]).flat();
  assert.deepEqual(shown.toSorted(), expected.toSorted(), "each once");
  const number = (/** @type {string} */ title) => Number(title.split(" ").at(-1));
  assert.deepEqual(shown.map(number), expected.map(number), "the last first");

  await page.getByRole("link", { name: "Coming" }).click();
  await card(page).filter({ hasText: `${mark} to come` }).waitFor();
  await page.goBack();
  await rows(page).first().waitFor();
  assert.deepEqual(await titles(page, mark), shown, "what was read stands there at once");
});

scene("one that is cancelled meanwhile comes to the past by itself, and whoever leaves the group finds it no more", async ({ place, as }) => {
  const mark = `zq${Date.now().toString(36)}`;
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group(`Leaving ${mark}`, [place.bob]);
  const meeting = await called(caller, id, `${mark} budget`, 200);
  const page = await as(place.bob);
  await page.getByRole("link", { name: "Meetings" }).click();
  await page.getByRole("link", { name: "Past" }).click();
  await page.locator(".meetings.past, .empty").first().waitFor();
  assert.deepEqual(await titles(page, mark), []);
  await caller.post(`/meetings/${meeting}/cancel`, { ref: ref() });
  const row = rows(page).filter({ hasText: `${mark} budget` });
  await row.getByText("Cancelled", { exact: true }).waitFor();
  await row.getByRole("link", { name: `Leaving ${mark}` }).waitFor();

  await row.getByRole("link", { name: `${mark} budget` }).click();
  await page.locator("meeting-captions", { hasText: `${mark} budget` }).getByText("There are no captions").waitFor();

  await caller.post(`/conversations/${id}/members`, { ref: ref(), add: [], remove: [place.bob.id] });
  await page.getByRole("link", { name: "Meetings" }).click();
  await page.getByRole("link", { name: "Past" }).click();
  await until(page, () => document.querySelector(".meetings.past > li, .empty"));
  assert.deepEqual(await titles(page, mark), []);
});

scene("the record of a meeting whose card is far up is whole, also when it is opened by its address", async ({ place, as, mock }) => {
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group("Far", [place.bob]);
  const held = mock.meetings.all.get(await called(caller, id, "Water", 30));
  for (let i = 0; i < 3; i++) mock.meetings.say(held, { key: `s${i}`, speaker: { account: place.bob.id, name: place.bob.name }, language: "en", text: `Sentence ${i}` });
  held.attendance = [{ account: place.bob.id, name: place.bob.name, joined: new Date().toISOString(), left: null }];
  held.after = { seconds: 3125, links: [{ kind: "recording", title: "", url: "https://example.org/r", expires: null }] };
  mock.meetings.tell(held, { state: "ended" });
  for (let i = 0; i < 120; i++) await caller.say(id, `and ${i}`);
  const page = await as(place.alice);
  await page.goto(`${place.url}/meetings/past`);
  await rows(page).filter({ hasText: "Water" }).getByRole("link", { name: "Recording" }).waitFor();
  await rows(page).getByRole("link", { name: "Water" }).click();
  const pane = page.locator("meeting-captions");
  for (const again of [false, true]) {
    if (again) await page.reload();
    await pane.getByText("Sentence 2").waitFor();
    await pane.getByText("It lasted 52 minutes.").waitFor();
    assert.equal(await pane.getByRole("link", { name: "Recording" }).getAttribute("href"), "https://example.org/r");
    await pane.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Who was there" }).click();
    await page.getByRole("dialog", { name: "Who was there" }).getByText(place.bob.name).waitFor();
    await page.keyboard.press("Escape");
  }
}, { mockOnly: true });
