import assert from "node:assert/strict";
import { enter, eventually, message, scenes } from "./browser.js";
import { Caller } from "./place.js";

const test = scenes({ how: { history: 1, crowd: 0 } });

/** A group in which Bob has said something. @param {import("./place.js").Place} place @param {string} name */
async function said(place, name) {
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group(name, [place.bob]);
  const bob = await Caller.signIn(place, place.bob);
  return { caller, bob, id, seq: await bob.say(id, "good morning") };
}

test("whoever chose a language reads a translation below the original, with its engine, and can put it away", async ({ place, as }) => {
  await said(place, "Translated");
  const page = await as(place.alice);
  await enter(page, "Translated");
  assert.equal(await page.locator(".translation").count(), 0);
  await page.goto(`${place.url}/me`);
  await page.getByLabel("Translate to").selectOption("es");
  await page.locator(".rail a[href='/']").click();
  await enter(page, "Translated");
  const row = message(page, "good morning");
  await row.locator(".translation[lang=es]", { hasText: "Hola: good morning" }).waitFor();
  await row.getByText("machine translation, Apertium").waitFor();
  await row.getByRole("button", { name: "Hide translation" }).click();
  await row.locator(".translation").waitFor({ state: "detached" });
  await row.getByRole("button", { name: "Show translation" }).click();
  await row.locator(".translation").waitFor();
  await page.reload();
  await message(page, "Hola: good morning").waitFor();
}, { mockOnly: true });

test("a slow engine delays no message, its translation comes later, and what it cannot do is said", async ({ place, as, mock }) => {
  mock.faults.slowEngine = 1500;
  const { bob, id } = await said(place, "Slow");
  mock.languages.set(place.alice.id, "fr");
  const page = await as(place.alice);
  await enter(page, "Slow");
  await message(page, "good morning").waitFor();
  assert.equal(await page.locator(".translation").count(), 0);
  await page.locator(".translation", { hasText: "Bonjour: good morning" }).waitFor();
  await bob.say(id, "untranslatable");
  await message(page, "untranslatable").getByText("Not translated: The engine did not answer in time.").waitFor();
}, { mockOnly: true });

test("an edited message is translated again, a recalled one leaves no translation", async ({ place, as, mock }) => {
  const { bob, id, seq } = await said(place, "Again");
  mock.languages.set(place.alice.id, "es");
  const page = await as(place.alice);
  await enter(page, "Again");
  await page.locator(".translation", { hasText: "Hola: good morning" }).waitFor();
  await bob.post(`/conversations/${id}/messages/${seq}/edit`, { ref: "edit", body: { type: "text", text: "good evening" } });
  await page.locator(".translation", { hasText: "Hola: good evening" }).waitFor();
  assert.equal(await page.getByText("good morning").count(), 0);
  await bob.post(`/conversations/${id}/messages/${seq}/recall`, { ref: "recall" });
  await page.locator("message-list").getByText("recalled a message").waitFor();
  assert.equal(await page.locator(".translation").count(), 0);
}, { mockOnly: true });

test("one conversation can be read in another language, or as it was written", async ({ place, as, mock }) => {
  const { id } = await said(place, "Of its own");
  mock.languages.set(place.alice.id, "es");
  const page = await as(place.alice);
  await enter(page, "Of its own");
  await page.locator(".translation[lang=es]").waitFor();
  await page.getByRole("button", { name: "Translation", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Translation" });
  await dialog.getByLabel("Read in").selectOption("fr");
  await page.locator(".translation[lang=fr]").waitFor();
  await eventually(() => [...mock.sessions].some((session) => session.follows.get(id)?.language === "fr"), "the server is told");
  mock.cut();
  await eventually(() => mock.sessions.size === 1 && [...mock.sessions].some((session) => session.follows.get(id)?.language === "fr"), "and told again after a cut");
  await dialog.getByLabel("Read in").selectOption("original");
  await page.locator(".translation").waitFor({ state: "detached" });
}, { mockOnly: true });

test("the owner says what a group speaks and what may leave the house; members read what that means", async ({ place, as, mock }) => {
  const { id } = await said(place, "Owned");
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  for (const page of [alice, bob]) {
    await enter(page, "Owned");
    await page.getByRole("button", { name: "Translation", exact: true }).click();
    await page.getByRole("dialog").getByText("messages do not leave the organisation").waitFor();
  }
  assert.equal(await bob.getByRole("button", { name: /Languages and translation/ }).count(), 0);
  await alice.getByRole("button", { name: /Languages and translation/ }).click();
  const form = alice.getByRole("dialog", { name: /Languages and translation/ });
  await form.getByLabel("French").check();
  await form.getByLabel("By outside engines too").check();
  await form.getByText("sent to companies outside the organisation").waitFor();
  await form.getByRole("button", { name: "Save" }).click();
  await form.waitFor({ state: "detached" });
  await bob.getByRole("dialog").getByText("outside engines may translate").waitFor();
  await bob.keyboard.press("Escape");
  await bob.getByText("allowed translation by engines outside the organisation").first().waitFor();
  assert.deepEqual(mock.world.conversations.get(id).languages, ["fr"]);
}, { mockOnly: true });
