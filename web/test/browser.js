/** Chromium for the tests: pages under the real content security policy, on which nothing may be reported. */
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [process.env.CHROMIUM ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
/** What the browser says of requests that a test makes fail on purpose. */
const EXPECTED = /status of (401|403|404|400|410|503)|WebSocket connection|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION/;

export const launch = () =>
  chromium.launch({ executablePath: PLACES.find((place) => place && existsSync(place)), args: ["--no-sandbox", "--disable-gpu"] });

/**
 * A page whose console errors and policy violations are collected in `page.problems`.
 *
 * @param {import("playwright-core").Browser} browser @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin", viewport: { width: 1440, height: 900 }, ...options });
  const page = /** @type {import("playwright-core").Page & {problems: string[]}} */ (await context.newPage());
  page.problems = [];
  page.setDefaultTimeout(8000);
  page.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED.test(message.text())) page.problems.push(message.text());
  });
  page.on("pageerror", (error) => page.problems.push(String(error)));
  return page;
}

/** @param {import("playwright-core").Page} page @param {string} url @param {string} [userid] @param {string} [password] */
export async function signIn(page, url, userid = "alice", password = "secret") {
  await page.goto(url);
  await page.getByLabel("User ID").fill(userid);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator(".conversation").first().waitFor();
}

/** @param {import("playwright-core").Page} page @param {string} name */
export async function enter(page, name) {
  await page.locator(".conversation", { hasText: name }).click();
  await page.locator("li.message").first().waitFor();
}
