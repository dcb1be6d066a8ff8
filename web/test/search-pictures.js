/** Pictures of the search to look at: `node search-pictures.js FOLDER`. Wide, dark, phone and right-to-left. */
import { mkdirSync } from "node:fs";
import { enter, launch, open, signIn, until } from "./browser.js";
import { start } from "./server/mock.js";

const folder = process.argv[2] ?? "pictures";
mkdirSync(folder, { recursive: true });
const mock = await start({});
const browser = await launch();
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const { people, group, say } = /** @type {any} */ (mock);
say(group, people.wei, "明天下午三点开会，请各位准备材料。Notes will follow.", 10);
say(group, people.nour, "الملاحظات notes جاهزة في الملف، وسأرسلها قبل الاجتماع غداً صباحاً إن شاء الله", 9);
say(group, people.ana, `The notes of the third session are longer than what one line can hold, ${"and go on ".repeat(20)}until the end.`, 8);

/** @param {string} name @param {any} options @param {(page: any, shot: (part: string) => Promise<any>) => Promise<void>} show */
async function picture(name, options, show) {
  const page = await open(browser, options);
  await signIn(page, mock.url, mock.people.alice);
  await show(page, (part) => page.screenshot({ path: `${folder}/search-${name}-${part}.png` }));
  if (page.problems.length) console.log(name, page.problems);
  await page.context().close();
}

/** @param {any} page @param {string} words */
async function everywhere(page, words) {
  await page.locator("#jump").fill(words);
  await page.locator(".search-messages").click();
  await until(page, () => document.querySelectorAll(".hit").length > 2);
  await page.waitForTimeout(200);
}

await picture("wide", { colorScheme: "light" }, async (page, shot) => {
  await enter(page, "Global dialogue");
  await page.locator("#jump").fill("notes");
  await page.waitForTimeout(200);
  await shot("jump");
  await everywhere(page, "notes");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await shot("everywhere");
  await page.keyboard.press("Enter");
  await page.locator("li.message.shown").waitFor();
  await shot("place");
});
await picture("dark", { colorScheme: "dark", viewport: { width: 1024, height: 768 } }, async (page, shot) => {
  await enter(page, "云南");
  await page.getByRole("button", { name: "Search in this conversation" }).click();
  await page.waitForTimeout(200);
  await shot("empty");
  await page.getByRole("searchbox", { name: "Search messages" }).fill("开会 材料");
  await until(page, () => document.querySelectorAll(".hit").length > 2);
  await shot("here");
});
await picture("phone", { ...phone, colorScheme: "light" }, async (page, shot) => {
  await everywhere(page, "notes");
  await shot("everywhere");
  await page.locator(".hit").nth(2).click();
  await page.locator("li.message.shown").waitFor();
  await shot("place");
});
await picture("rtl", { ...phone, colorScheme: "dark" }, async (page, shot) => {
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await page.locator("#jump").fill("notes");
  await page.waitForTimeout(200);
  await shot("jump");
  await everywhere(page, "notes");
  await shot("everywhere");
});
await browser.close();
await mock.stop();
