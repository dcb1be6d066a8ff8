/** Each language in the browser: nothing clipped, nothing that overlaps, no sentence left in English, no key in the place of one. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { LANGUAGES } from "../client/language/language.js";
import { enter, scenes } from "./browser.js";
import { Caller, ref } from "./place.js";

const test = scenes({ how: { history: 20, crowd: 30 } });
const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const LOOKS = /** @type {const} */ ([["wide", WIDE], ["on a phone", PHONE]]);
const TEXTS = ["Good morning.", "صباح الخير", "A text of so many words that it takes several lines, however wide its reader's window may be. ".repeat(3)];

/** @param {string} tag @returns {Record<string, any>} */
const catalogue = (tag) => JSON.parse(readFileSync(new URL(`../client/language/${tag}.json`, import.meta.url), "utf8"));
const english = catalogue("en");

/** What stands in English there, and what is no sentence at all in any language. @param {string} tag */
function strangers(tag) {
  const own = catalogue(tag);
  const said = new Set(Object.values(own).flatMap((sentence) => (typeof sentence === "string" ? [sentence] : Object.values(sentence))));
  const sentences = tag === "en" ? [] : Object.values(english).filter((sentence) => typeof sentence === "string");
  return [...sentences, ...Object.keys(own)].filter((text) => !said.has(text));
}

/** What is wrong with what a page shows, in words. @param {import("playwright-core").Page} page @param {string} tag */
const faults = (page, tag) => page.evaluate((strange) => {
  const top = document.querySelector("dialog[open]") ?? document.body;
  const seen = (/** @type {Element} */ one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".visually-hidden, .skip, .tools, .picker") && one.clientWidth > 1;
  const all = (/** @type {string} */ what) => [...top.querySelectorAll(what)].filter(seen);
  const told = (/** @type {Element} */ one) => `${one.tagName}.${one.className} ${one.textContent?.trim().slice(0, 60)}`;
  const found = all("button, .button, .tag, .badge, .state, .rail-name, .filters, .conversation-head, .composer-box, .list-head, .side-head, .page-head, .setting, .actions, .tabs, dialog > header, .day span, .foot, .author, .sheet")
    .filter((one) => !one.matches(".quote") && one.scrollWidth > one.clientWidth + 1).map((one) => `clipped: ${told(one)}`);
  for (const bar of all(".conversation-head, .composer-box, .list-head, .filters, .side-head, .page-head, .setting, .actions, .tabs, .rail, .sheet, .rsvp, dialog > header, .foot")) {
    const parts = [...bar.querySelectorAll("button, a, input, select, textarea, .tag, h1, h2, label.language, .setting > span, .rail-name")].filter(seen);
    for (const one of parts) for (const other of parts) {
      if (one === other || one.contains(other) || other.contains(one)) continue;
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) found.push(`one over the other: ${told(one)} / ${told(other)}`);
    }
  }
  // An empty field of one line grows where what it asks for takes two.
  found.push(...all("textarea").filter((one) => one.clientHeight > 48).map((one) => `two lines: ${/** @type {HTMLTextAreaElement} */ (one).placeholder}`));
  for (const one of /** @type {HTMLElement[]} */ (all(".setting select"))) {
    const given = one.offsetWidth;
    for (const [name, value] of [["flex", "none"], ["max-inline-size", "none"]]) one.style.setProperty(name, value);
    if (one.offsetWidth > given) found.push(`cut off: ${told(one)}`);
    for (const name of ["flex", "max-inline-size"]) one.style.removeProperty(name);
  }
  for (const one of all("*")) {
    const { left, right } = one.getBoundingClientRect();
    if ((right > innerWidth + 1 || left < -1) && !one.closest(".wide-table, pre, .skeleton, .bar, .quote")) found.push(`outside: ${told(one)}`);
  }
  const words = new Set(strange);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.nodeValue?.trim() ?? "";
    if (words.has(text) && !texts.currentNode.parentElement?.closest("script, noscript, bdi, [dir=auto], option[lang]")) found.push(`not said: ${text}`);
  }
  for (const one of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
    for (const name of ["aria-label", "title", "placeholder"]) if (words.has(one.getAttribute(name) ?? "")) found.push(`not said in ${name}: ${one.getAttribute(name)}`);
  }
  return [...new Set(found)];
}, strangers(tag));

for (const [tag, name] of Object.entries(LANGUAGES)) {
  test(`${name}: signing in and a busy group fit and say all in it`, async ({ place, open, as, mock }) => {
    const caller = await Caller.signIn(place, place.alice);
    const id = await caller.group("Corners", [place.bob, place.ana]);
    const bob = await Caller.signIn(place, place.bob);
    for (const text of TEXTS) for (const who of [caller, bob]) await who.say(id, text);
    if (mock) {
      mock.voices?.push("es");
      await caller.post("/surveys/un75/pushes", { ref: ref(), groups: [id] });
      const { meeting } = await caller.post(`/conversations/${id}/meetings`, { ref: ref(), title: "2026", minutes: 60, zone: "Asia/Tokyo", languages: ["en", "es"], start: new Date(Date.now() + 9e6).toISOString(), recurrence: { every: "week", count: 3 } });
      assert.ok(meeting.id);
    }
    for (const [look, how] of LOOKS) {
      const fine = async (/** @type {import("playwright-core").Page} */ page, /** @type {string} */ what) => assert.deepEqual(await faults(page, tag), [], `${what}, ${look}`);
      const before = await open({ ...how, locale: tag });
      const loaded = /** @type {string[]} */ ([]);
      before.on("request", (request) => /\/language\/\w+\.json$/.test(request.url()) && loaded.push(request.url().replace(/.*\//, "")));
      await before.goto(place.url);
      await before.locator("[name=userid]").waitFor();
      assert.deepEqual(loaded, [`${tag}.json`]);
      const root = before.locator("html");
      assert.deepEqual([await root.getAttribute("lang"), await root.getAttribute("dir")], [tag, tag === "ar" ? "rtl" : "ltr"]);
      assert.equal(await before.locator("[name=language]").inputValue(), tag);
      assert.deepEqual(await before.locator("[name=language] option").allInnerTexts(), Object.values(LANGUAGES));
      await fine(before, "signing in");

      const page = await as(place.alice, { ...how, locale: tag });
      await fine(page, "the list");
      for (const [where, there] of [["me", ".settings"], ["people", ".people li"], ["surveys", ".panel"], ["meetings", ".filters"]]) {
        await page.locator(`.rail a[href='/${where}']`).click();
        await page.locator(`.page ${there}`).first().waitFor();
        await fine(page, where);
      }
      await page.locator(".rail a[href='/']").click();
      await enter(page, "Corners");
      await page.locator(".receipt").first().waitFor();
      if (mock) await page.locator("article.meeting h2").waitFor();
      await fine(page, "a group");
      await page.locator(".receipt").first().click();
      await page.getByRole("dialog").getByRole("tab").first().waitFor();
      await fine(page, "who has read");
      await page.keyboard.press("Escape");
      await page.locator(".conversation-head button").last().click();
      await page.locator("conversation-members .accounts li").nth(2).waitFor();
      await fine(page, "members");
    }
  });
}

test("whoever chooses another language on their own page reads all of it in that language at once", async ({ place, as }) => {
  const page = await as(place.alice, { locale: "fr" });
  await page.goto(`${place.url}/me`);
  await page.locator("organisation-retention h2").waitFor();
  for (const tag of ["ar", "ru", "es"]) {
    await page.locator(".settings [name=language]").selectOption(tag);
    await page.locator("organisation-retention h2", { hasText: catalogue(tag).retention }).waitFor();
    assert.equal(await page.locator("html").getAttribute("dir"), tag === "ar" ? "rtl" : "ltr");
    assert.deepEqual(await faults(page, tag), [], tag);
  }
  await page.reload();
  await page.locator(".settings").waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "es");
});
