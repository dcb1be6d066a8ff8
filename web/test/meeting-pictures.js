/** Pictures of meetings, captions and translations to look at: `node meeting-pictures.js FOLDER`. */
import { mkdirSync } from "node:fs";
import { enter, launch, open, resume } from "./browser.js";
import { Caller, ref } from "./place.js";
import { start } from "./server/mock.js";

const folder = process.argv[2] ?? "pictures";
mkdirSync(folder, { recursive: true });
const mock = await start({ history: 1 });
const { alice, bob, ana, nour, wei } = mock.people;
const place = { url: mock.url };
const caller = await Caller.signIn(place, alice);
const minute = 60_000;
const at = (/** @type {number} */ minutes) => new Date(Date.now() + minutes * minute).toISOString();
const people = [bob, ana, nour, wei];
const id = await caller.group("Plenary of delegates", people);
mock.world.conversations.get(id).languages = ["en", "es", "fr"];
const call = async (/** @type {object} */ plan, /** @type {any} */ change = null) => {
  const { meeting } = await caller.post(`/conversations/${id}/meetings`, { ref: ref(), minutes: 60, zone: "Asia/Tokyo", languages: ["en", "es", "fr"], ...plan });
  const held = mock.meetings.all.get(meeting.id);
  if (change) change(held);
  return held;
};
await call({ title: "Weekly dialogue of the delegates", start: at(60 * 26), recurrence: { every: "week", count: 5 }, provider: "jitsi" }, (/** @type {any} */ one) => one.answers.set(bob.id, "yes").set(ana.id, "yes").set(nour.id, "maybe"));
await call({ title: "الحوار الأسبوعي", start: at(12), zone: "Europe/Berlin" });
await call({ title: "Budget", start: at(-90), zone: "Europe/Berlin" }, (/** @type {any} */ one) => {
  one.after = { seconds: 3125, links: [{ kind: "recording", title: "Recording of the session", url: "https://example.org/r", expires: at(60 * 24 * 7) }, { kind: "transcript", title: "", url: "https://example.org/t", expires: null }] };
  mock.meetings.tell(one, { state: "ended" });
});
await call({ title: "Cancelled round", start: at(300), zone: "Europe/Berlin" }, (/** @type {any} */ one) => mock.meetings.tell(one, { state: "cancelled" }));
mock.faults.provider = "Tencent Meeting made no meeting: today's quota of 10 is used. It can be tried again tomorrow.";
await call({ title: "Late idea", start: at(200), zone: "Europe/Berlin" });
mock.faults.provider = "";
const now = await call({ title: "Opening session" }, (/** @type {any} */ one) => {
  one.live = { count: 7, accounts: people.map((person) => person.id), guests: 2 };
  mock.meetings.touch(one);
});
const TALK = /** @type {[any, string, string, string, string, string][]} */ ([
  [alice, "en", "Good morning, and welcome to the third week of our dialogue.", "Buenos días y bienvenidos a la tercera semana de nuestro diálogo.", "Bonjour et bienvenue à la troisième semaine de notre dialogue.", "صباح الخير وأهلاً بكم في الأسبوع الثالث من حوارنا."],
  [alice, "en", "We begin with the report on water, then the questions.", "Empezamos con el informe sobre el agua y luego las preguntas.", "Nous commençons par le rapport sur l'eau, puis les questions.", "نبدأ بالتقرير عن المياه، ثم الأسئلة."],
  [ana, "es", "Gracias. El informe tiene tres partes.", "Gracias. El informe tiene tres partes.", "Merci. Le rapport comporte trois parties.", "شكراً. التقرير من ثلاثة أجزاء."],
  [nour, "ar", "شكراً لكم. لدي سؤال عن الجزء الثاني.", "Gracias. Tengo una pregunta sobre la segunda parte.", "Merci. J'ai une question sur la deuxième partie.", "شكراً لكم. لدي سؤال عن الجزء الثاني."],
]);
let n = 0;
for (let round = 0; round < 3; round++) for (const [who, language, text, es, fr, ar] of TALK) {
  mock.meetings.say(now, { key: `s${n++}`, speaker: { account: who.id, name: who.name }, language, text, translations: [["es", es], ["fr", fr], ["ar", ar]].filter(([tag]) => tag !== language).map(([tag, words]) => ({ language: tag, text: words, engine: "tencent", title: "Tencent" })) });
}
mock.meetings.say(now, { key: "bad", speaker: { account: wei.id, name: wei.name }, language: "zh", text: "请把第二页再给我们看一下。", translations: [{ language: "es", problem: "The engine has no Chinese to Spanish." }] });
const browser = await launch();
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** @param {string} name @param {any} options @param {any} who @param {(page: any, shot: (part: string) => Promise<any>) => Promise<void>} show */
async function picture(name, options, who, show) {
  const page = await open(browser, { ...options, storageState: { cookies: [], origins: [{ origin: mock.url, localStorage: [{ name: "plenary.session", value: "1" }] }] } });
  await resume(page, mock.url, who);
  await show(page, (part) => page.screenshot({ path: `${folder}/${name}-${part}.png` }));
  if (page.problems.length) console.log(name, page.problems);
  await page.context().close();
}
/** @param {any} page @param {string} dir */
async function turn(page, dir) {
  await page.evaluate((/** @type {string} */ to) => (document.documentElement.dir = to), dir);
  await page.waitForTimeout(200);
}
/** @param {any} page @param {string} [language] */
async function captions(page, language) {
  await page.locator("article.meeting", { hasText: "Opening session" }).getByRole("link", { name: "Captions" }).click();
  if (language) await page.locator("meeting-captions select[name=reading]").selectOption(language);
  await page.locator(".caption").nth(5).waitFor();
  mock.meetings.grow(now, { key: "grows", speaker: { account: ana.id, name: ana.name }, language: "es", text: "La primera parte trata de" });
  await page.locator(".growing").waitFor();
  await page.waitForTimeout(300);
}

await picture("meeting-wide", { viewport: { width: 1440, height: 900 } }, alice, async (page, shot) => {
  await enter(page, "Plenary of");
  await page.waitForTimeout(500);
  await shot("end");
  await captions(page, "es");
  await shot("captions-es");
  await page.getByRole("button", { name: "Call a meeting" }).click();
  await page.getByLabel("Later").check();
  await page.waitForTimeout(200);
  await shot("form");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Meetings" }).click();
  await page.locator("article.meeting").nth(2).waitFor();
  await page.waitForTimeout(300);
  await shot("list");
  await page.getByRole("link", { name: "Past" }).click();
  await page.locator(".meetings.past li").nth(2).waitFor();
  await page.waitForTimeout(300);
  await shot("past");
});
mock.voices.push("es", "fr");
/** @param {any} page */
async function listens(page) {
  await page.getByRole("button", { name: /Listen in/ }).click();
  await page.locator('.voice-state[data-state="waiting"]').waitFor();
  void [...mock.listeners].at(-1).speak("s1", 3000);
  await page.locator('.voice-state[data-state="playing"]').waitFor();
}
await picture("voice", { viewport: { width: 1100, height: 700 } }, alice, async (page, shot) => {
  await enter(page, "Plenary of");
  await captions(page, "es");
  await shot("off");
  await listens(page);
  await shot("playing");
});
await picture("meeting-all", { viewport: { width: 1024, height: 2200 }, colorScheme: "dark" }, bob, async (page, shot) => {
  await enter(page, "Plenary of");
  await page.waitForTimeout(600);
  await shot("dark");
  await page.setViewportSize({ width: 1100, height: 800 });
  await captions(page, "fr");
  await shot("captions-fr");
});
await picture("meeting-phone", { ...phone, colorScheme: "dark" }, bob, async (page, shot) => {
  await enter(page, "Plenary of");
  await turn(page, "rtl");
  await page.waitForTimeout(400);
  await shot("rtl");
  await captions(page);
  await shot("rtl-captions");
});
await picture("voice-phone", { ...phone, colorScheme: "dark" }, bob, async (page, shot) => {
  await enter(page, "Plenary of");
  await turn(page, "rtl");
  await page.waitForTimeout(400);
  await captions(page, "fr");
  await listens(page);
  await shot("rtl");
});
// As the demonstration has it: tones, which are said to be no speech.
mock.voices.push("ar");
mock.world.conversations.get(id).languages.push("ar");
mock.faults.tones = true;
for (const [name, options, dir, language] of /** @type {[string, any, string, string][]} */ ([
  ["tones-wide-dark", { viewport: { width: 1440, height: 800 }, colorScheme: "dark" }, "ltr", "es"],
  ["tones-phone", phone, "ltr", "es"],
  ["tones-phone-dark", { ...phone, colorScheme: "dark" }, "ltr", "fr"],
  ["tones-phone-rtl", { ...phone, viewport: { width: 360, height: 740 }, colorScheme: "dark" }, "rtl", "ar"],
  ["tones-wide-rtl", { viewport: { width: 1440, height: 800 } }, "rtl", "ar"],
])) {
  await picture(name, options, bob, async (page, shot) => {
    await enter(page, "Plenary of");
    await turn(page, dir);
    await captions(page, language);
    await shot("off");
    await listens(page);
    await shot("playing");
    [...mock.listeners].at(-1).cut();
    await page.locator('.voice-state[data-state="lost"]').waitFor();
    await shot("lost");
    await page.locator('.voice-state[data-state="waiting"]').waitFor();
    [...mock.listeners].at(-1).bye("removed", "This meeting is over, or you are not in its group any more.");
    await page.locator('.voice-state[data-state="refused"]').waitFor();
    await shot("refused");
  });
}
mock.faults.tones = false;
await picture("meeting-phone-light", phone, alice, async (page, shot) => {
  await enter(page, "Plenary of");
  await captions(page, "es");
  await shot("captions");
  await page.goto(`${mock.url}/meetings`);
  await page.locator("article.meeting").nth(1).waitFor();
  await page.waitForTimeout(300);
  await shot("list");
  await page.getByRole("link", { name: "Past" }).click();
  await page.locator(".meetings.past li").nth(2).waitFor();
  await shot("past");
  await page.goto(`${mock.url}/meetings/${now.facts.id}/channel`);
  await page.getByRole("button", { name: "Begin" }).waitFor();
  await shot("channel");
});
mock.languages.set(alice.id, "es");
await picture("translation-wide", {}, alice, async (page, shot) => {
  await enter(page, "Global dialogue");
  await page.locator(".translation").first().waitFor();
  await page.waitForTimeout(300);
  await shot("messages");
  await page.getByRole("button", { name: "Translation", exact: true }).click();
  await page.getByRole("button", { name: /Languages and translation/ }).click();
  await page.waitForTimeout(300);
  await shot("settings");
});
await browser.close();
await mock.stop();
