import assert from "node:assert/strict";
import { enter, eventually, message, scenes, until, write } from "./browser.js";
import { Caller } from "./place.js";

const test = scenes({ how: { history: 10 } });

/** @param {import("./place.js").Place} place @param {string} name */
async function group(place, name) {
  const caller = await Caller.signIn(place, place.alice);
  return { caller, id: await caller.group(name, [place.bob]) };
}

test("after a cut everything that was missed comes, once and in order, and so does what was edited and recalled meanwhile", async ({ place, as, mock }) => {
  const { id } = await group(place, "Cut");
  const bob = await Caller.signIn(place, place.bob);
  const kept = await bob.say(id, "will be edited");
  const gone = await bob.say(id, "will be recalled");
  const page = await as(place.alice);
  await enter(page, "Cut");
  await message(page, "will be recalled").waitFor();
  await page.context().setOffline(true);
  mock.cut();
  await bob.post(`/conversations/${id}/messages/${kept}/edit`, { ref: "e", body: { type: "text", text: "was edited" } });
  await bob.post(`/conversations/${id}/messages/${gone}/recall`, { ref: "r" });
  for (let i = 0; i < 70; i++) await bob.say(id, `missed ${i}.`);
  await page.getByText("No connection. What you see may be old.").waitFor();
  await page.context().setOffline(false);
  await message(page, "missed 69.").waitFor();
  await until(page, () => !document.querySelector(".banner"));
  await page.locator(".scroller").evaluate((scroller) => (scroller.scrollTop = -1e6));
  await message(page, "was edited").waitFor();
  assert.equal(await message(page, "will be recalled").count(), 0);
  for (const i of [0, 20, 35, 69]) assert.equal(await message(page, `missed ${i}.`).count(), 1, `missed ${i}`);
}, { mockOnly: true });

test("what is written without a connection waits, is counted in the banner, survives loading, and is sent once", async ({ place, as, mock }) => {
  const { caller, id } = await group(place, "Offline");
  const page = await as(place.alice);
  await enter(page, "Offline");
  mock.faults.refuseSockets = true;
  mock.cut();
  await write(page, "first offline");
  await write(page, "second offline");
  await page.getByText("2 messages wait and will be sent.").waitFor();
  await page.reload();
  await page.getByText("2 messages wait and will be sent.").waitFor();
  mock.faults.refuseSockets = false;
  await until(page, () => document.querySelectorAll("li.message:not(.waiting)").length === 2);
  const said = (await caller.entries(id)).filter(({ kind }) => kind === "message.posted").map(({ body }) => body.text);
  assert.deepEqual(said, ["first offline", "second offline"]);
}, { mockOnly: true });

test("a message whose acceptance was lost with the connection stands there once", async ({ place, as, mock }) => {
  const { caller, id } = await group(place, "Lost answer");
  const page = await as(place.alice);
  await enter(page, "Lost answer");
  mock.faults.silent = 1;
  await write(page, "only once");
  await eventually(async () => (await caller.entries(id)).some(({ body }) => body?.text === "only once"), "the entry");
  await until(page, () => !document.querySelector("li.message.waiting"));
  assert.equal(await message(page, "only once").count(), 1);
  assert.equal((await caller.entries(id)).filter(({ body }) => body?.text === "only once").length, 1);
}, { mockOnly: true });

test("a gap between entries is filled before what comes after it is drawn", async ({ place, as, mock }) => {
  const { id } = await group(place, "Gap");
  const page = await as(place.alice);
  await enter(page, "Gap");
  mock.faults.swallow = 3;
  const bob = await Caller.signIn(place, place.bob);
  for (let i = 0; i < 5; i++) await bob.say(id, `part ${i}.`);
  await message(page, "part 4.").waitFor();
  await until(page, () => document.querySelectorAll("li.message").length === 5);
  const texts = await page.locator("li.message .bubble").allTextContents();
  assert.deepEqual(texts.map((text) => text.trim()), [0, 1, 2, 3, 4].map((i) => `part ${i}.`));
}, { mockOnly: true });

test("somebody who is added to a group finds it in the list with what is said there at once", async ({ place, as }) => {
  const { caller, id } = await group(place, "Newcomers");
  const page = await as(place.ana);
  await page.locator("conversation-list").waitFor();
  await caller.post(`/conversations/${id}/members`, { ref: "add", add: [place.ana.id], remove: [] });
  await caller.say(id, "welcome");
  await page.locator(".conversation", { hasText: "Newcomers" }).getByText("welcome").waitFor();
  await enter(page, "Newcomers");
  await message(page, "welcome").waitFor();
  await caller.post(`/conversations/${id}/members`, { ref: "out", add: [], remove: [place.ana.id] });
  await page.getByText("There is no such conversation, or you are not in it any more.").waitFor();
  assert.equal(await page.locator(".conversation", { hasText: "Newcomers" }).count(), 0);
});

test("what is read in one browser is read in the other", async ({ place, as }) => {
  const { id } = await group(place, "Devices");
  const bob = await Caller.signIn(place, place.bob);
  await bob.say(id, "on both");
  const desk = await as(place.alice);
  const phone = await as(place.alice, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await desk.locator(".conversation", { hasText: "Devices" }).getByLabel("1 unread message").waitFor();
  await phone.locator(".conversation", { hasText: "Devices" }).click();
  await message(phone, "on both").waitFor();
  await until(desk, () => ![...document.querySelectorAll(".conversation")].find((row) => row.textContent?.includes("Devices"))?.querySelector(".badge"));
});
