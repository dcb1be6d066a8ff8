/**
 * Chromium for the tests: pages under the real content security policy, on which nothing may be
 * reported (a violation of the policy is an error on the console). A test is a sentence; it gets a place of its own and opens as many browsers as it likes.
 */
import { existsSync } from "node:fs";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { chromium } from "playwright-core";
import { isReal, settle } from "./place.js";

/** @import {Browser, BrowserContextOptions, Page} from "playwright-core" @import {Place, Person} from "./place.js" */

const PLACES = [process.env.CHROMIUM ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
/** What the browser itself says of requests that fail on purpose. */
const EXPECTED = /status of (401|403|404|400|409|410|429|503)|WebSocket connection to|ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION|ERR_EMPTY_RESPONSE/;

/** @param {string[]} [args] besides those of every test */
export const launch = (args = []) =>
  chromium.launch({ executablePath: PLACES.find((place) => place && existsSync(place)), args: ["--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream", ...args] });

/** @typedef {Page & {problems: string[], requests: Map<unknown, string>}} Watched a page whose console errors, policy violations and requests without a good answer are collected */

/** @param {Browser} browser @param {BrowserContextOptions} [options] @returns {Promise<Watched>} */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin", viewport: { width: 1440, height: 900 }, ...options });
  return watch(await context.newPage());
}

/** @param {Page} page @returns {Watched} */
export function watch(page) {
  const problems = /** @type {string[]} */ ([]);
  page.setDefaultTimeout(40_000);
  page.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED.test(message.text())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(`${error.stack}`));
  const requests = /** @type {Map<import("playwright-core").Request, string>} */ (new Map());
  const note = (/** @type {import("playwright-core").Request} */ request, /** @type {unknown} */ how) =>
    requests.set(request, `${request.method()} ${new URL(request.url()).pathname}: ${how}`);
  page.on("request", (request) => note(request, "no answer"));
  page.on("response", (response) => (response.ok() ? requests.delete(response.request()) : note(response.request(), response.status())));
  page.on("requestfailed", (request) => note(request, request.failure()?.errorText));
  return Object.assign(page, { problems, requests });
}

/**
 * @typedef {object} Scene
 * @property {Place} place
 * @property {any} mock undefined at a real node
 * @property {(options?: BrowserContextOptions) => Promise<Watched>} open another browser
 * @property {(person: Person, options?: BrowserContextOptions) => Promise<Watched>} as another browser in which somebody is signed in
 */

/**
 * Declares the tests of a file.
 *
 * @param {{how?: Parameters<typeof settle>[0]}} [options]
 * @returns {(sentence: string, run: (scene: Scene) => Promise<void>, options?: {mockOnly?: boolean}) => void}
 */
export function scenes({ how } = {}) {
  /** @type {Browser} */
  let browser;
  before(async () => (browser = await launch()));
  after(() => browser?.close());
  return (sentence, run, { mockOnly = false } = {}) => {
    test(sentence, { timeout: 120_000, skip: mockOnly && isReal ? "only at the mock, which can be made to fail" : false }, async () => {
      const place = await settle(how);
      const pages = /** @type {Watched[]} */ ([]);
      const another = async (/** @type {BrowserContextOptions} */ options) => {
        const page = await open(browser, options);
        pages.push(page);
        return page;
      };
      try {
        await run({
          place, mock: place.mock, open: (options = {}) => another(options),
          as: async (person, options = {}) => {
            const page = await another({ ...options, storageState: signedIn(place.url) });
            await resume(page, place.url, person);
            return page;
          },
        });
        assert.deepEqual(pages.flatMap(({ problems }) => problems), []);
      } catch (error) {
        for (const [i, page] of pages.entries()) await picture(page, sentence, i);
        const shown = await Promise.all(pages.map(told));
        throw new Error(`${error instanceof Error ? error.message : error}\nThe browsers: ${JSON.stringify(shown)}`, { cause: error });
      } finally {
        await Promise.all(pages.map((page) => page.context().close()));
        await place.leave();
      }
    });
  };
}

/** What a browser keeps of whoever signed in. @param {string} origin */
export const signedIn = (origin) => ({ cookies: [], origins: [{ origin, localStorage: [{ name: "plenary.session", value: "1" }] }] });

/** What a page shows when its test fails, in words. @param {Watched} page */
const told = async (page) => ({
  url: page.url(), problems: page.problems, requests: [...page.requests.values()].slice(-20),
  shown: await Promise.race([page.evaluate(() => document.body.innerText.slice(0, 400)), delay(2_000, "not within 2 s")]).catch(String),
});

/** What a failed test looked like, for whoever asks by PICTURES=folder. @param {Page} page @param {string} sentence @param {number} i */
async function picture(page, sentence, i) {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/failed ${sentence} ${i}.png` }).catch(() => {});
}

/**
 * As somebody who signed in here before: by the cookie, which the browser asks for, without the form. Nothing is open, so
 * that nothing is read before the test opens it.
 *
 * @param {Page} page @param {string} url @param {{userid: string, password: string}} person
 */
export async function resume(page, url, { userid, password }) {
  await page.context().request.post(`${url}/api/v1/sign-in`, { data: { userid, password, cookie: true }, headers: { origin: url } });
  const wide = (page.viewportSize()?.width ?? 0) >= 720;
  await page.goto(wide ? `${url}/me` : url);
  if (wide) {
    await page.locator("plenary-me .settings").waitFor();
    await until(page, async () => (await import(/** @type {any} */ (document.querySelector("script[type=module]")).src.replace("start.js", "wiring.js"))).store.state.listed);
    await page.locator(".rail a[href='/']").click();
  }
  await page.locator("conversation-list").waitFor();
}

/** By the form. @param {Page} page @param {string} url @param {{userid: string, password: string}} person */
export async function signIn(page, url, { userid, password }) {
  await page.goto(url);
  await page.getByLabel("User ID").fill(userid);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator("conversation-list").waitFor();
}

/** Opens a conversation by its name. @param {Page} page @param {string} name */
export async function enter(page, name) {
  await page.locator(".conversation", { hasText: name }).first().click();
  await page.locator(".conversation-head", { hasText: name }).waitFor();
  await page.locator("message-list ol li").first().waitFor();
}

/** Writes a message. @param {Page} page @param {string} text */
export async function write(page, text) {
  const field = page.getByRole("textbox", { name: "Write a message" });
  await field.fill(text);
  await field.press("Enter");
}

/** A message by what it says. @param {Page} page @param {string | RegExp} text */
export const message = (page, text) => page.locator("li.message", { hasText: text });

/** Waits for a condition in the page. @template T @param {Page} page @param {(argument: any) => T} condition @param {any} [argument] */
export const until = (page, condition, argument) => page.waitForFunction(condition, argument, { polling: 50 });

/** Waits for a condition here. @param {() => unknown} condition @param {string} what */
export async function eventually(condition, what) {
  const end = Date.now() + 40_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Not within 40 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
