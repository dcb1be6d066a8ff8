/** Pictures to look at: `node pictures.js FOLDER`. Wide, dark, phone and right-to-left. */
import { mkdirSync } from "node:fs";
import { enter, launch, open, signIn } from "./browser.js";
import { start } from "./server/mock.js";

const folder = process.argv[2] ?? "pictures";
mkdirSync(folder, { recursive: true });
const mock = await start({});
const browser = await launch();
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** @param {string} name @param {any} options @param {(page: any, shot: (part: string) => Promise<any>) => Promise<void>} show */
async function picture(name, options, show) {
  const page = await open(browser, options);
  await show(page, (part) => page.screenshot({ path: `${folder}/${name}-${part}.png` }));
  if (page.problems.length) console.log(name, page.problems);
  await page.context().close();
}

await picture("wide", { colorScheme: "light" }, async (page, shot) => {
  await page.goto(mock.url);
  await page.getByLabel("User ID").waitFor();
  await shot("sign-in");
  await signIn(page, mock.url, mock.people.alice);
  await shot("list");
  await enter(page, "Global dialogue");
  await page.waitForTimeout(400);
  await shot("group");
  await page.getByRole("button", { name: "Members" }).click();
  await page.waitForTimeout(300);
  await shot("members");
  await page.locator(".card button", { hasText: "Answer privately" }).click();
  await page.locator(".conversation-head", { hasText: "UN75" }).waitFor();
  await page.locator(".card button", { hasText: "I agree" }).click();
  await page.locator(".option").first().click();
  await page.locator(".card button", { hasText: "Next" }).click();
  await page.locator(".option").first().click();
  await page.locator(".card button", { hasText: "Next" }).click();
  for (const i of [0, 1]) await page.locator(".option").nth(i).click();
  await shot("survey");
  await enter(page, "Global dialogue");
  await page.locator(".receipt").first().click();
  await page.waitForTimeout(300);
  await shot("who-read");
});
await picture("dark", { colorScheme: "dark", viewport: { width: 1024, height: 768 } }, async (page, shot) => {
  await signIn(page, mock.url, mock.people.alice);
  await enter(page, "Alerts");
  await shot("alerts");
  await enter(page, "云南");
  await page.waitForTimeout(300);
  await shot("long");
  await page.goto(`${mock.url}/people`);
  await page.locator(".people li").first().waitFor();
  await shot("people");
  await page.goto(`${mock.url}/me`);
  await page.locator(".setting").first().waitFor();
  await shot("me");
});
mock.survey.n = 128;
await picture("phone", { ...phone, colorScheme: "dark" }, async (page, shot) => {
  await page.goto(mock.url);
  await page.getByLabel("User ID").waitFor();
  await shot("sign-in");
  await signIn(page, mock.url, mock.people.alice);
  await shot("list");
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await enter(page, "Global dialogue");
  await page.waitForTimeout(300);
  await shot("rtl");
  await page.goto(`${mock.url}/surveys/un75`);
  await page.locator(".results").waitFor();
  await shot("results");
});
await browser.close();
await mock.stop();
