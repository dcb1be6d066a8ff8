/** Pictures of states that come seldom: `node states-pictures.js FOLDER`. Offline, much enlarged, thousands of readers, few answers, a tall card. */
import { mkdirSync } from "node:fs";
import { enter, launch, open, resume, write } from "./browser.js";
import { start } from "./server/mock.js";

const folder = process.argv[2] ?? "pictures";
mkdirSync(folder, { recursive: true });
const mock = await start({ history: 30, crowd: 2000 });
const browser = await launch();
/** @param {any} options */
async function signedIn(options) {
  const page = await open(browser, { ...options, storageState: { cookies: [], origins: [{ origin: mock.url, localStorage: [{ name: "plenary.session", value: "1" }] }] } });
  await resume(page, mock.url, mock.people.alice);
  return page;
}
{
  const page = await signedIn({});
  await enter(page, "Global dialogue");
  await page.locator(".receipt").first().click();
  await page.getByRole("dialog").locator("li").nth(150).waitFor();
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${folder}/states-readers.png` });
  await page.getByRole("button", { name: "Show more" }).scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${folder}/states-readers-more.png` });
  await page.getByRole("dialog").getByRole("searchbox").fill("Delegate 1987");
  await page.getByRole("dialog").getByText("Delegate 1987").waitFor();
  await page.screenshot({ path: `${folder}/states-readers-search.png` });
  await page.keyboard.press("Escape");
  mock.faults.refuseSockets = true;
  mock.cut();
  await write(page, "written while there is no connection");
  await page.locator(".banner").waitFor();
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${folder}/states-offline.png` });
  await page.setViewportSize({ width: 390, height: 700 });
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${folder}/states-offline-phone.png` });
  mock.faults.refuseSockets = false;
  await page.context().close();
}
{
  // 400 % of 1280 × 800.
  const page = await signedIn({ viewport: { width: 320, height: 200 }, deviceScaleFactor: 4 });
  await page.screenshot({ path: `${folder}/states-zoom-list.png` });
  await enter(page, "Global dialogue");
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${folder}/states-zoom.png` });
  await page.goto(`${mock.url}/surveys/un75`);
  await page.locator(".results").waitFor();
  await page.screenshot({ path: `${folder}/states-zoom-results.png` });
  await page.context().close();
}
for (const n of [0, 3]) {
  mock.survey.n = n;
  const page = await signedIn({ viewport: { width: 1100, height: 700 } });
  await page.goto(`${mock.url}/surveys/un75`);
  await page.locator(".results").waitFor();
  await page.waitForTimeout(200);
  await page.screenshot({ path: `${folder}/states-results-${n}.png` });
  await page.context().close();
}
{
  const page = await signedIn({ viewport: { width: 1100, height: 620 } });
  await enter(page, "Global dialogue");
  await page.locator(".card button", { hasText: "Answer privately" }).click();
  await page.locator(".conversation-head", { hasText: "UN75" }).waitFor();
  await page.locator(".card button", { hasText: "I agree" }).click();
  for (let i = 0; i < 2; i++) {
    await page.locator(".option").first().click();
    await page.locator(".card button", { hasText: "Next" }).click();
  }
  await page.locator(".option").nth(9).waitFor();
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}/states-tall-card.png` });
  await page.context().close();
}
await browser.close();
await mock.stop();
