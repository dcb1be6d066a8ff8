import assert from "node:assert/strict";
import { enter, message, scenes, until } from "./browser.js";
import { Caller, ref } from "./place.js";

const test = scenes({ how: { history: 1, crowd: 0 } });

/** @param {import("./place.js").Place} place @param {string} name @param {string[]} texts */
async function group(place, name, texts) {
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group(name, [place.bob]);
  const bob = await Caller.signIn(place, place.bob);
  for (const text of texts) await bob.say(id, text);
  return { caller, bob, id };
}

/** @param {import("playwright-core").Page} page */
const dialog = (page) => page.getByRole("dialog", { name: "Search messages" });
/** @param {import("playwright-core").Page} page */
const hits = (page) => page.locator(".hit");
/** The row that a jump has brought on screen. @param {import("playwright-core").Page} page @param {string} text */
const inSight = (page, text) =>
  until(page, (/** @type {string} */ wanted) => {
    const row = [...document.querySelectorAll("li.message")].find((one) => one.textContent?.includes(wanted))?.getBoundingClientRect();
    return !!row && row.top > 60 && row.bottom < innerHeight;
  }, text);

test("from the field for jumping one searches all messages, by the keyboard alone, and comes to the message in its place", async ({ place, as }) => {
  const marked = `zq${Date.now().toString(36)}`;
  await group(place, `Found ${marked}`, [`The ${marked} budget for spring`, "something else", `Another ${marked} budget`]);
  await group(place, `Also ${marked}`, [`${marked} budget elsewhere`]);
  const page = await as(place.alice);
  await page.keyboard.press("Control+k");
  await page.locator("#jump:focus").waitFor();
  await page.keyboard.type(`${marked} budget`);
  await page.getByRole("button", { name: /Search messages for/ }).waitFor();
  await page.keyboard.press("Enter");
  await dialog(page).waitFor();
  await until(page, () => document.querySelectorAll(".hit").length === 3);
  await dialog(page).getByText("3 results").waitFor();
  assert.deepEqual(await page.locator(".result-head bdi").allTextContents(), [`Also ${marked}`, `Found ${marked}`], "the newest first");
  assert.ok((await hits(page).first().locator("mark").allTextContents()).includes(marked));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.locator(".hit:focus", { hasText: "for spring" }).waitFor();
  await page.keyboard.press("ArrowUp");
  await page.locator(".hit:focus", { hasText: "Another" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(".conversation-head", { hasText: `Found ${marked}` }).waitFor();
  await page.locator("li.message.shown:focus", { hasText: "for spring" }).waitFor();
  assert.equal(await dialog(page).count(), 0);
});

test("in a conversation its own search finds, narrows to all conversations, and closes with Escape", async ({ place, as }) => {
  const marked = `zr${Date.now().toString(36)}`;
  await group(place, `One ${marked}`, [`${marked} 明天的在线会议`]);
  await group(place, `Two ${marked}`, [`${marked} 会议`]);
  const page = await as(place.alice);
  await enter(page, `One ${marked}`);
  await page.getByRole("button", { name: "Search in this conversation" }).click();
  await page.getByRole("searchbox", { name: "Search messages" }).fill(`${marked} 会议`);
  await until(page, () => document.querySelectorAll(".hit").length === 1);
  assert.deepEqual(await hits(page).locator("mark").allTextContents(), [marked, "会议"]);
  await page.getByRole("button", { name: "All conversations" }).click();
  await until(page, () => document.querySelectorAll(".hit").length === 2);
  await page.getByRole("searchbox", { name: "Search messages" }).fill(`${marked} nowhere`);
  await page.getByText("Nothing was found.").waitFor();
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await until(page, () => document.activeElement?.getAttribute("aria-label") === "Search in this conversation");
});

test("what lies thousands of messages back is shown in its place, read on in both directions, and left by the way to the latest", async ({ place, as, mock }) => {
  const { id } = await group(place, "Deep", []);
  const conversation = mock.world.conversations.get(id);
  for (let i = 1; i <= 3000; i++) mock.world.append(conversation, place.bob.id, `h${i}`, "message.posted", { type: "text", text: `number ${i}.${i === 500 ? " the needle" : ""}` });
  mock.world.read(conversation, place.alice.id, 3001);
  const page = await as(place.alice);
  await enter(page, "Deep");
  await message(page, "number 3000.").waitFor();
  const asked = /** @type {string[]} */ ([]);
  page.on("request", (request) => asked.push(request.url()));
  await page.getByRole("button", { name: "Search in this conversation" }).click();
  await page.getByRole("searchbox", { name: "Search messages" }).fill("needle");
  await page.keyboard.press("Enter");
  await hits(page).first().waitFor();
  await page.keyboard.press("Enter");
  await inSight(page, "the needle");
  await message(page, "number 499.").waitFor();
  assert.ok(asked.filter((url) => url.includes("/entries")).length <= 4, "not all that lies between is loaded");
  assert.equal(await message(page, "number 3000.").count(), 0);
  // What happens to it meanwhile is shown.
  const seq = 501;
  mock.world.append(conversation, place.bob.id, ref(), "message.edited", { target: seq, body: { type: "text", text: "number 500. corrected" } });
  await message(page, "number 500. corrected").waitFor();
  // On in both directions, without a jump.
  for (const [by, text] of /** @type {[number, string][]} */ ([[-500, "number 400."], [500, "number 620."]])) {
    while (!(await message(page, text).count())) {
      await page.locator(".scroller").evaluate((scroller, amount) => scroller.scrollBy(0, amount), by);
      await page.waitForTimeout(60);
    }
    await until(page, () => document.querySelectorAll("ol.messages > li").length <= 250);
  }
  await page.getByRole("button", { name: "To the latest" }).click();
  await message(page, "number 3000.").waitFor();
  await until(page, () => Math.abs(/** @type {Element} */ (document.querySelector(".scroller")).scrollTop) < 2);
  assert.equal(await message(page, "number 620.").count(), 0);
}, { mockOnly: true });

test("reading on from a place far back comes to the end without a gap", async ({ place, as, mock }) => {
  const { id } = await group(place, "Joined", []);
  const conversation = mock.world.conversations.get(id);
  for (let i = 1; i <= 460; i++) mock.world.append(conversation, place.bob.id, `h${i}`, "message.posted", { type: "text", text: `number ${i}.` });
  mock.world.read(conversation, place.alice.id, 461);
  const page = await as(place.alice);
  await enter(page, "Joined");
  await message(page, "number 460.").waitFor();
  await page.evaluate(() => /** @type {any} */ (document.querySelector("message-list")).jumpTo(60));
  await inSight(page, "number 59.");
  const seen = new Set();
  const end = Date.now() + 60_000;
  while (!seen.has(460) && Date.now() < end) {
    for (const text of await page.locator("li.message").allTextContents()) seen.add(Number(/number (\d+)\./.exec(text)?.[1]));
    await page.locator(".scroller").evaluate((scroller) => scroller.scrollBy(0, 400));
    await page.waitForTimeout(40);
  }
  for (let i = 59; i <= 460; i++) assert.ok(seen.has(i), `number ${i} was drawn`);
  await until(page, () => !/** @type {any} */ (document.querySelector("message-list")).elsewhere);
}, { mockOnly: true });

test("what is being composed by an input method is not searched for, and its Enter opens nothing", async ({ place, as }) => {
  await group(place, "IME", ["在线会议"]);
  const page = await as(place.alice);
  await enter(page, "IME");
  await page.getByRole("button", { name: "Search in this conversation" }).click();
  await page.getByRole("searchbox", { name: "Search messages" }).focus();
  const asked = /** @type {string[]} */ ([]);
  page.on("request", (request) => request.url().includes("/search") && asked.push(request.url()));
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "huiyi", selectionStart: 5, selectionEnd: 5 });
  await page.waitForTimeout(500);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(100);
  assert.deepEqual(asked, []);
  await session.send("Input.insertText", { text: "会议" });
  await hits(page).first().waitFor();
  await dialog(page).waitFor();
});

/** @param {import("playwright-core").Page} page @param {string} text */
const said = (page, text) => page.locator("meeting-captions .said", { hasText: text });

test("the captions of a meeting are searched in all their languages, and what was found is shown in the record", async ({ place, as, mock }) => {
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group("Record", [place.bob]);
  const { meeting } = await caller.post(`/conversations/${id}/meetings`, { ref: ref(), title: "Dialogue", minutes: 60, zone: "Europe/Berlin", languages: ["en", "es"] });
  const held = mock.meetings.all.get(meeting.id);
  for (let i = 0; i < 250; i++) {
    mock.meetings.say(held, { key: `k${i}`, speaker: { account: place.alice.id, name: place.alice.name }, language: "en", text: `sentence ${i}.`, translations: i === 20 ? [{ language: "es", text: "Abrimos la reunión.", engine: "tencent", title: "Tencent" }] : [] });
  }
  const page = await as(place.bob);
  await enter(page, "Record");
  await page.locator("article.meeting").getByRole("link", { name: "Captions" }).click();
  await said(page, "sentence 249.").waitFor();
  await page.getByRole("button", { name: "Search the captions" }).click();
  await page.getByRole("searchbox", { name: "Search the captions" }).fill("reunión");
  await page.getByText("Found in its translation").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(".caption.shown", { hasText: "sentence 20." }).waitFor();
  await until(page, () => {
    const row = document.querySelector(".caption.shown")?.getBoundingClientRect();
    return !!row && row.top > 0 && row.bottom < innerHeight;
  });
  await said(page, "sentence 19.").waitFor();
  await page.getByRole("button", { name: "To what is said now" }).click();
  await said(page, "sentence 249.").waitFor();
}, { mockOnly: true });

test("a search that fails says why and can be made again", async ({ place, as, mock }) => {
  await group(place, "Failing", ["a needle"]);
  const page = await as(place.alice);
  await enter(page, "Failing");
  await page.getByRole("button", { name: "Search in this conversation" }).click();
  let failing = true;
  await page.route(/\/search\?/, (route) => (failing ? route.abort() : route.continue()));
  await page.getByRole("searchbox", { name: "Search messages" }).fill("needle");
  await dialog(page).getByRole("alert").waitFor();
  failing = false;
  await dialog(page).getByRole("button", { name: "Try again" }).click();
  await hits(page).first().waitFor();
  assert.ok(mock);
}, { mockOnly: true });
