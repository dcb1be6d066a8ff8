import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { enter, scenes } from "./browser.js";
import { Caller, ref } from "./place.js";

const test = scenes({ how: { history: 30, crowd: 20 } });
const AXE = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** What axe-core finds wrong, as short sentences. @param {import("playwright-core").Page} page */
async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate((tags) => /** @type {any} */ (globalThis).axe.run(document, { runOnly: tags }), TAGS);
  return found.violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.slice(0, 3).map((/** @type {any} */ { html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary.slice(0, 200)}`).join(" | ")}`);
}

/** @param {import("playwright-core").Page} page @param {string} url @param {(what: string) => Promise<void>} look */
async function tour(page, url, look) {
  await enter(page, "Global dialogue");
  await page.locator("article.meeting h2").last().waitFor();
  await page.locator(".card h2").first().waitFor();
  await look("a group");
  await page.getByRole("button", { name: "Members" }).click();
  await page.locator("conversation-members .accounts li").nth(5).waitFor();
  await look("the members");
  await page.goto(`${url}/people`);
  await page.locator(".people li").first().waitFor();
  await look("people");
  await page.goto(`${url}/surveys/un75`);
  await page.locator(".results table").first().waitFor();
  await look("results");
  await page.goto(`${url}/me`);
  await page.locator(".setting").first().waitFor();
  await page.getByRole("button", { name: "Change" }).waitFor();
  await look("me");
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByRole("dialog").getByLabel("For a number of days").check();
  await look("how long messages are kept");
  await page.goto(`${url}/meetings`);
  await page.locator("article.meeting").nth(1).waitFor();
  await look("meetings");
  await page.goto(`${url}/meetings/past`);
  await page.locator(".meetings.past li").nth(2).waitFor();
  await look("past meetings");
  await page.locator(".meetings.past").getByRole("link", { name: "Over" }).click();
  await page.locator(".record").waitFor();
  await look("a record");
  await page.goto(`${url}/meetings`);
  await page.locator("article.meeting", { hasText: "Opening" }).getByRole("link", { name: "Captions" }).click();
  await page.locator(".caption").nth(1).waitFor();
  await page.locator(".caption-composer").waitFor();
  await look("captions");
  await page.goto(`${page.url().replace(/\/c\/.*\//, "/meetings/")}/channel`);
  await page.getByRole("button", { name: "Begin" }).waitFor();
  await look("a language channel");
}

/** Meetings in all states, with captions, and a language of Alice's. @param {import("./place.js").Place} place @param {any} mock */
async function meetings(place, mock) {
  const caller = await Caller.signIn(place, place.alice);
  const { id } = mock.group;
  const call = async (/** @type {string} */ title, /** @type {object} */ plan = {}) => {
    const { meeting } = await caller.post(`/conversations/${id}/meetings`, { ref: ref(), title, minutes: 60, zone: "Asia/Tokyo", languages: ["en", "es"], ...plan });
    return mock.meetings.all.get(meeting.id);
  };
  mock.languages.set(place.alice.id, "es");
  mock.meetings.tell(await call("Over"), { state: "ended" });
  mock.meetings.tell(await call("Off"), { state: "cancelled" });
  mock.meetings.tell(await call("Broken"), { state: "failed", problem: "The meeting service does not answer." });
  await call("Later", { start: new Date(Date.now() + 9e6).toISOString(), recurrence: { every: "week", count: 3 } });
  const live = await call("Opening");
  live.live = { count: 2, accounts: [place.alice.id, place.bob.id], guests: 0 };
  for (let i = 0; i < 3; i++) mock.meetings.say(live, { key: `k${i}`, speaker: { account: place.bob.id, name: place.bob.name }, language: "en", text: `Sentence ${i} of a speech.`, translations: i ? [{ language: "es", text: `Frase ${i}.`, engine: "t", title: "Tencent" }] : [] });
}

for (const [look, options] of /** @type {[string, any][]} */ ([
  ["in light", { colorScheme: "light" }], ["in dark", { colorScheme: "dark", viewport: { width: 1024, height: 768 } }], ["on a phone", { ...phone, colorScheme: "dark" }], ["from right to left", { rtl: true }],
])) {
  test(`no check of accessibility finds anything ${look}`, async ({ place, as, open, mock }) => {
    mock.survey.n = 128;
    await meetings(place, mock);
    const { rtl, ...how } = options;
    const before = await open(how);
    await before.goto(place.url);
    await before.getByLabel("User ID").waitFor();
    assert.deepEqual(await violations(before), [], "signing in");
    const page = await as(place.alice, how);
    await tour(page, place.url, async (what) => {
      if (rtl) await page.evaluate(() => (document.documentElement.dir = "rtl"));
      assert.deepEqual(await violations(page), [], what);
    });
    await page.goto(place.url);
    await enter(page, "Global dialogue");
    await page.locator(".receipt").first().click();
    await page.getByRole("dialog").getByRole("tab").first().waitFor();
    assert.deepEqual(await violations(page), [], "who has read");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Call a meeting" }).click();
    await page.getByRole("radio", { name: "Later" }).check();
    assert.deepEqual(await violations(page), [], "calling a meeting");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Translation", exact: true }).click();
    await page.getByRole("button", { name: /Languages and translation/ }).click();
    assert.deepEqual(await violations(page), [], "translation of a group");
  }, { mockOnly: true });
}

test("nothing scrolls sideways at 320 pixels, in either direction", async ({ place, as, mock }) => {
  mock.survey.n = 128;
  await meetings(place, mock);
  for (const dir of ["ltr", "rtl"]) {
    const page = await as(place.alice, { viewport: { width: 320, height: 640 } });
    await tour(page, place.url, async (what) => {
      await page.evaluate((to) => (document.documentElement.dir = to), dir);
      const wide = await page.evaluate(() => [...document.querySelectorAll("*")].filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        return width > 1 && (right > innerWidth + 1 || left < -1) && !one.closest(".wide-table, pre, .visually-hidden, .skip, .skeleton, .bar, .quote");
      }).map((one) => one.outerHTML.slice(0, 200)));
      assert.deepEqual(wide.slice(0, 5), [], `${what}, ${dir}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), what);
    });
  }
}, { mockOnly: true });

test("on a phone what can be done with a message covers nothing of what is read, in either direction", async ({ place, as }) => {
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group("Corners", [place.bob]);
  const bob = await Caller.signIn(place, place.bob);
  await caller.post(`/conversations/${id}/meetings`, { ref: ref(), title: "Weekly dialogue", minutes: 60, zone: "Asia/Tokyo", languages: ["en", "es"] });
  await caller.post("/surveys/un75/pushes", { ref: ref(), groups: [id] });
  await bob.say(id, { type: "card", text: "Vote", card: { card_type: "text_notice", main_title: { title: "Short" } } });
  for (const who of [bob, caller]) {
    await who.say(id, "Short.");
    await who.say(id, "A text of so many words that it takes the whole width and several lines, the first of which is read as well. ".repeat(3));
  }
  await bob.say(id, "After it.");
  for (const [width, who] of /** @type {const} */ ([[390, place.ana], [320, place.alice], [390, place.bob]])) {
    if (who === place.ana) await caller.post(`/conversations/${id}/members`, { ref: ref(), add: [who.id], remove: [] });
    const page = await as(who, { viewport: { width, height: 844 }, hasTouch: true, isMobile: true });
    await enter(page, "Corners");
    for (const dir of ["ltr", "rtl"]) {
      await page.evaluate((to) => (document.documentElement.dir = to), dir);
      const rows = page.locator("li.message");
      await page.locator("li.message .card").nth(2).locator("h2").waitFor();
      assert.equal(await rows.count(), 8);
      for (const row of await rows.all()) {
        await row.locator(".card h2, .bubble").first().tap({ position: { x: 12, y: 12 } });
        await row.evaluate(async (message) => {
          const tools = /** @type {Element} */ (message.querySelector(":scope > .tools"));
          while (getComputedStyle(tools).opacity !== "1") await new Promise(requestAnimationFrame);
        });
        const covered = await row.evaluate((message) => {
          const tools = /** @type {Element} */ (message.querySelector(":scope > .tools")).getBoundingClientRect();
          const shown = document.querySelectorAll("li.message :is(.card, .bubble, .author, .foot), li.message > .avatar");
          return [...shown].filter((one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            return left < tools.right - 0.5 && right > tools.left + 0.5 && top < tools.bottom - 0.5 && bottom > tools.top + 0.5;
          }).map((one) => one.className);
        });
        assert.deepEqual(covered, [], `${who.name}, ${width} wide, ${dir}`);
      }
    }
  }
}, { mockOnly: true });

test("with forced colours what is chosen, unread and focused is still told apart", async ({ place, as }) => {
  const page = await as(place.alice, { forcedColors: "active" });
  await enter(page, "Global dialogue");
  const edge = (/** @type {string} */ what) => page.locator(what).first().evaluate((one) => { const { borderTopStyle, outlineStyle } = getComputedStyle(one); return borderTopStyle !== "none" || outlineStyle !== "none"; });
  for (const what of [".conversation[aria-current]", ".badge", ".avatar", ".bubble", ".chip[aria-pressed=true]", ".composer .primary"]) assert.ok(await edge(what), what);
  await page.keyboard.press("Tab");
  assert.notEqual(await page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.activeElement)).outlineStyle), "none");
}, { mockOnly: true });

test("who wants no motion gets none", async ({ place, as }) => {
  const page = await as(place.alice, { reducedMotion: "reduce" });
  await enter(page, "Global dialogue");
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((one) => {
    const { transitionDuration, animationDuration } = getComputedStyle(one);
    return [transitionDuration, animationDuration].some((all) => all.split(", ").some((time) => parseFloat(time) > 0));
  }).map((one) => `${one.tagName}.${one.className}`));
  assert.deepEqual(moving, []);
}, { mockOnly: true });

test("much enlarged, the list, a conversation and captions can still be used", async ({ place, as, mock }) => {
  await meetings(place, mock);
  // 400 % of 1280 x 800.
  const page = await as(place.alice, { viewport: { width: 320, height: 200 } });
  await enter(page, "Global dialogue");
  const room = await page.locator(".scroller").evaluate((one) => one.clientHeight);
  assert.ok(room >= 90, `${room} px for the messages`);
  await page.getByRole("textbox", { name: "Write a message" }).fill("small");
  await page.getByRole("textbox", { name: "Write a message" }).press("Enter");
  await page.locator("li.message", { hasText: "small" }).waitFor();
  await page.locator("article.meeting", { hasText: "Opening" }).getByRole("link", { name: "Captions" }).click();
  await page.locator(".caption").first().scrollIntoViewIfNeeded();
  await page.getByRole("button", { name: "Close" }).click();
}, { mockOnly: true });
