/** Pictures to look at in each language: `node language-pictures.js FOLDER [LANGUAGE…]`. Wide in light, a phone in dark. */
import { mkdirSync } from "node:fs";
import { launch, open, resume, signedIn } from "./browser.js";
import { LANGUAGES } from "../client/language/language.js";
import { Caller, ref } from "./place.js";
import { start } from "./server/mock.js";

const [folder = "pictures", ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const mock = await start({ history: 20, crowd: 30 });
const { alice, bob, ana, nour } = mock.people;
const caller = await Caller.signIn({ url: mock.url }, alice);
const { id } = mock.group;
const call = async (/** @type {object} */ plan) => {
  const { meeting } = await caller.post(`/conversations/${id}/meetings`, { ref: ref(), minutes: 60, zone: "Asia/Tokyo", languages: ["en", "es", "fr"], ...plan });
  return mock.meetings.all.get(meeting.id);
};
mock.meetings.tell(await call({ title: "المياه / Eau / Вода" }), { state: "ended" });
await call({ title: "2026 #2", start: new Date(Date.now() + 9e7).toISOString(), recurrence: { every: "week", count: 5 } });
const live = await call({ title: "2026 #3" });
Object.assign(live, { live: { count: 12, accounts: [alice.id, bob.id, ana.id], guests: 2 } });
for (let i = 0; i < 4; i++) mock.meetings.say(live, { key: `k${i}`, speaker: { account: bob.id, name: bob.name }, language: "en", text: `Sentence ${i} of a speech.`, translations: [["es", `Frase ${i}.`], ["fr", `Phrase ${i}.`], ["ar", `الجملة ${i}.`], ["ru", `Фраза ${i}.`]].map(([language, text]) => ({ language, text, engine: "t", title: "Tencent" })) });
mock.meetings.touch(live);
const bobs = await Caller.signIn({ url: mock.url }, bob);
const gone = await bobs.say(id, "Not this.");
await bobs.post(`/conversations/${id}/messages/${gone}/recall`, { ref: ref() }).catch((/** @type {unknown} */ error) => console.log(`no recall: ${error}`));
mock.survey.n = 128;
const browser = await launch();

const WIDE = { viewport: { width: 1440, height: 900 }, colorScheme: /** @type {const} */ ("light") };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, colorScheme: /** @type {const} */ ("dark") };

for (const tag of wanted.length ? wanted : Object.keys(LANGUAGES)) {
  for (const [look, how] of /** @type {const} */ ([["wide", WIDE], ["phone", PHONE]])) {
    const before = await open(browser, { ...how, locale: tag });
    await before.goto(mock.url);
    await before.locator("[name=userid]").waitFor();
    await before.screenshot({ path: `${folder}/${tag}-${look}-sign-in.png` });
    await before.context().close();
    const page = await open(browser, { ...how, locale: tag, storageState: signedIn(mock.url) });
    const shot = async (/** @type {string} */ part) => {
      await page.waitForTimeout(250);
      await page.screenshot({ path: `${folder}/${tag}-${look}-${part}.png` });
    };
    await resume(page, mock.url, alice);
    await shot("list");
    await page.goto(`${mock.url}/c/${id}`);
    await page.locator("article.meeting h2").last().waitFor();
    await shot("group");
    await page.locator(".scroller").evaluate((one) => one.scrollBy(0, -900));
    await shot("group-above");
    await page.goto(`${mock.url}/c/${id}/members`);
    await page.locator("conversation-members .accounts li").nth(5).waitFor();
    await shot("members");
    await page.goto(`${mock.url}/c/${id}/captions/${live.facts.id}`);
    await page.locator(".caption").nth(2).waitFor();
    await page.locator("meeting-captions select[name=reading]").selectOption(tag === "es" ? "fr" : "es");
    await shot("captions");
    await page.goto(`${mock.url}/c/${id}`);
    await page.locator(".receipt").first().click();
    await page.getByRole("dialog").getByRole("tab").first().waitFor();
    await shot("who-read");
    await page.keyboard.press("Escape");
    await page.locator(".conversation-head button").first().click();
    await page.locator("message-search input").fill("the");
    await page.locator(".hit-head").first().waitFor();
    await shot("search");
    for (const place of ["me", "people", "surveys", "surveys/un75", "meetings", "meetings/past"]) {
      await page.goto(`${mock.url}/${place}`);
      await page.locator(".page h1, .page h2").first().waitFor();
      await shot(place.replace("/", "-"));
    }
    await page.goto(`${mock.url}/c/${id}`);
    await page.locator(".conversation-head button").nth(2).click();
    await page.locator("dialog [value=later]").check();
    await shot("meeting-form");
    await page.keyboard.press("Escape");
    await page.locator(".conversation-head button").nth(1).click();
    await shot("translation");
    await page.keyboard.press("Escape");
    await page.goto(`${mock.url}/c/${mock.direct.id}`);
    await page.locator(".message").first().waitFor();
    await shot("direct");
    if (page.problems.length) console.log(tag, look, page.problems);
    await page.context().close();
  }
}
await browser.close();
await mock.stop();
void nour;
