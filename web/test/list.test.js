import assert from "node:assert/strict";
import { enter, eventually, message, scenes, until, write } from "./browser.js";
import { Caller } from "./place.js";

const test = scenes({ how: { history: 30 } });

/** A group with messages of Bob's in it. @param {import("./place.js").Place} place @param {string} name @param {number} count */
async function filled(place, name, count) {
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group(name, [place.bob]);
  const bob = await Caller.signIn(place, place.bob);
  for (let i = 1; i <= count; i++) await bob.say(id, `number ${i}.`);
  return { caller, bob, id };
}

/** How far the row that says something stands from the top of the list. @param {import("playwright-core").Page} page @param {string} text */
const topOf = (page, text) => message(page, text).evaluate((row) => row.getBoundingClientRect().top - (row.closest(".scroller")?.getBoundingClientRect().top ?? 0));

test("what was read is read a second after it was seen, and the count goes", async ({ place, as }) => {
  const { caller, id } = await filled(place, "Read me", 3);
  const page = await as(place.alice);
  const row = page.locator(".conversation", { hasText: "Read me" });
  await row.getByLabel("3 unread messages").waitFor();
  await page.getByRole("button", { name: "Unread", exact: true }).click();
  await row.click();
  await page.locator("li.line").waitFor();
  await until(page, () => !document.querySelector(".conversation[aria-current] .badge"));
  await eventually(async () => (await caller.get(`/conversations/${id}`)).unread === 0, "the position at the server");
  assert.equal(await page.locator("li.line").count(), 1, "the line stays until its reader leaves");
  await page.getByRole("button", { name: "All", exact: true }).click();
});

test("nothing is read while the window is not looked at", async ({ place, as }) => {
  const { bob, id } = await filled(place, "Blurred", 1);
  const page = await as(place.alice);
  await enter(page, "Blurred");
  await until(page, () => !document.querySelector(".conversation[aria-current] .badge"));
  await page.evaluate(() => {
    document.hasFocus = () => false;
    dispatchEvent(new Event("blur"));
  });
  await bob.say(id, "while you were away");
  await page.locator(".conversation[aria-current]").getByLabel("1 unread message").waitFor();
  await message(page, "while you were away").waitFor();
  await page.locator("li.line + li.message", { hasText: "while you were away" }).waitFor();
  await page.evaluate(() => {
    document.hasFocus = () => true;
    dispatchEvent(new Event("focus"));
  });
  await until(page, () => !document.querySelector(".conversation[aria-current] .badge"));
});

test("a conversation with many unread messages opens at the first of them, and a pill leads to the latest", async ({ place, as }) => {
  const { caller, bob, id } = await filled(place, "Long read", 30);
  await caller.call("PUT", `/conversations/${id}/position`, { seq: 5 });
  for (let i = 31; i <= 80; i++) await bob.say(id, `number ${i}.`);
  const page = await as(place.alice);
  await enter(page, "Long read");
  await page.locator("li.line").waitFor();
  await until(page, () => {
    const scroller = /** @type {HTMLElement} */ (document.querySelector(".scroller")).getBoundingClientRect();
    const line = document.querySelector("li.line")?.getBoundingClientRect();
    return !!line && line.top >= scroller.top && line.bottom < scroller.top + 120;
  });
  await message(page, "number 5.").waitFor();
  assert.ok((await caller.get(`/conversations/${id}`)).unread > 30, "what was not seen is not read");
  await page.getByRole("button", { name: /new messages/ }).click();
  await until(page, () => Math.abs(/** @type {Element} */ (document.querySelector(".scroller")).scrollTop) < 2);
  await message(page, "number 80.").waitFor();
  await page.getByRole("button", { name: /unread messages above/ }).click();
  await until(page, () => {
    const line = document.querySelector("li.line")?.getBoundingClientRect();
    return !!line && line.top > 0 && line.bottom < innerHeight;
  });
});

test("earlier messages are loaded above without moving what is read, and at most 250 rows are drawn", async ({ place, as, mock }) => {
  const { id } = await filled(place, "History", 0);
  const conversation = mock.world.conversations.get(id);
  for (let i = 1; i <= 600; i++) mock.world.append(conversation, place.bob.id, `h${i}`, "message.posted", { type: "text", text: `number ${i}. ${"more ".repeat(i % 40)}` });
  mock.world.read(conversation, place.alice.id, 601);
  const page = await as(place.alice);
  await enter(page, "History");
  await message(page, "number 600.").waitFor();
  let drift = 0;
  while (!(await message(page, "number 1.").count())) {
    const before = await page.evaluate(() => {
      const scroller = /** @type {Element} */ (document.querySelector(".scroller"));
      scroller.scrollBy(0, 600 - (scroller.scrollHeight - scroller.clientHeight + scroller.scrollTop));
      const { top } = scroller.getBoundingClientRect();
      const rows = [...document.querySelectorAll("li.message")];
      const row = rows.find((one) => one.getBoundingClientRect().bottom > top);
      return { first: rows[0].getAttribute("data-key"), key: row?.getAttribute("data-key"), top: row?.getBoundingClientRect().top };
    });
    await until(page, (/** @type {string} */ first) => {
      const rows = document.querySelectorAll("ol.messages > li");
      return document.querySelector("li.message")?.getAttribute("data-key") !== first && rows.length <= 250;
    }, before.first);
    const after = await page.evaluate((key) => document.querySelector(`[data-key="${key}"]`)?.getBoundingClientRect().top, before.key);
    drift = Math.max(drift, Math.abs(Number(after) - Number(before.top)));
  }
  assert.ok(drift < 2, `what was read moved by ${drift} px`);
  await page.keyboard.press("Control+k");
  await page.getByRole("button", { name: "To the latest" }).click();
  await message(page, "number 600.").waitFor();
}, { mockOnly: true });

test("who scrolled up is not thrown back by what comes, and is told that it came", async ({ place, as }) => {
  const { bob, id } = await filled(place, "Stay", 40);
  const page = await as(place.alice);
  await enter(page, "Stay");
  await page.locator(".scroller").evaluate((scroller) => (scroller.scrollTop = -400));
  await page.getByRole("button", { name: /new messages|To the latest/ }).waitFor();
  const shown = await page.locator("li.message").evaluateAll((rows) => rows.find((row) => row.getBoundingClientRect().top > 100)?.textContent?.match(/number \d+\./)?.[0] ?? "");
  const before = await topOf(page, shown);
  await bob.say(id, "something new");
  await page.getByRole("button", { name: /new message/ }).waitFor();
  assert.ok(Math.abs((await topOf(page, shown)) - before) < 2);
  await write(page, "my answer");
  await until(page, () => Math.abs(/** @type {Element} */ (document.querySelector(".scroller")).scrollTop) < 2);
});

test("a conversation that was left is drawn at its old place when its reader comes back", async ({ place, as }) => {
  await filled(place, "Place A", 60);
  await filled(place, "Place B", 2);
  const page = await as(place.alice);
  await enter(page, "Place A");
  await message(page, "number 30.").scrollIntoViewIfNeeded();
  await until(page, () => Math.abs(/** @type {Element} */ (document.querySelector(".scroller")).scrollTop) > 100);
  const before = await topOf(page, "number 30.");
  await enter(page, "Place B");
  await message(page, "number 2.").waitFor();
  await enter(page, "Place A");
  await message(page, "number 30.").waitFor();
  assert.ok(Math.abs((await topOf(page, "number 30.")) - before) < 2);
});

test("the whole way is open to the keyboard: search, list, messages, their controls, and back", async ({ place, as }) => {
  await filled(place, "Keyboard", 3);
  await filled(place, "Other", 1);
  const page = await as(place.alice);
  await page.locator(".conversation").first().waitFor();
  await page.keyboard.press("Control+k");
  await page.locator("#jump:focus").waitFor();
  await page.keyboard.type("Keyb");
  await until(page, () => document.querySelectorAll(".conversation").length === 1);
  await page.keyboard.press("Enter");
  await page.locator(".conversation-head", { hasText: "Keyboard" }).waitFor();
  await until(page, () => document.activeElement?.tagName === "TEXTAREA");
  await page.keyboard.press("Shift+Tab");
  for (let i = 0; i < 6 && !(await page.evaluate(() => !!document.activeElement?.matches("li.message"))); i++) await page.keyboard.press("Shift+Tab");
  await page.locator("li.message:focus", { hasText: "number 3." }).waitFor();
  await page.keyboard.press("ArrowUp");
  await page.locator("li.message:focus", { hasText: "number 2." }).waitFor();
  await page.keyboard.press("Enter");
  await until(page, () => !!document.activeElement?.matches("li.message button"));
  await page.keyboard.press("Escape");
  await page.locator("li.message:focus", { hasText: "number 2." }).waitFor();
  await page.keyboard.press("w");
  await page.getByRole("dialog", { name: "Who has read this" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator("li.message:focus", { hasText: "number 2." }).waitFor();
  await page.keyboard.press("Escape");
  await until(page, () => document.activeElement?.tagName === "TEXTAREA");
  await page.keyboard.press("Alt+ArrowUp");
  await page.locator(".conversation-head", { hasText: "Other" }).waitFor();
  await page.keyboard.press("Control+/");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  const panes = new Set();
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press("F6");
    panes.add(await page.evaluate(() => document.activeElement?.closest("[data-pane]")?.className));
  }
  assert.ok(panes.size >= 3, [...panes].join());
});

test("a reader of the screen is told of each new message of the open conversation, and not of a flood one by one", async ({ place, as }) => {
  const { bob, id } = await filled(place, "Spoken", 1);
  const page = await as(place.alice);
  await enter(page, "Spoken");
  await page.evaluate(() => {
    /** @type {any} */ (globalThis).spoken = [];
    const log = /** @type {Element} */ (document.getElementById("announcer"));
    new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => /** @type {any} */ (globalThis).spoken.push(node.textContent)))).observe(log, { childList: true });
  });
  for (let i = 0; i < 6; i++) await bob.say(id, `spoken ${i}`);
  await message(page, "spoken 5").waitFor();
  await until(page, () => /** @type {any} */ (globalThis).spoken.length === 4);
  assert.match((await page.evaluate(() => /** @type {any} */ (globalThis).spoken))[3], /More messages/);
  await until(page, () => document.getElementById("announcer")?.childElementCount === 0);
});
