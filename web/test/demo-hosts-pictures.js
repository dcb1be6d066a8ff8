/** Pictures of what hosts and interpreters of a meeting see in the demonstration: NODE_OF_TESTS='["../../plenary"]' node demo-hosts-pictures.js FOLDER */
import { mkdirSync } from "node:fs";
import { enter, launch, open, resume, signedIn, write } from "./browser.js";
import { Node } from "./node.js";
import { Caller } from "./place.js";

const folder = process.argv[2] ?? "pictures";
mkdirSync(folder, { recursive: true });
const node = new Node();
process.once("exit", () => node.process?.kill("SIGKILL"));
await node.start();
const { url, alice, bob, ana } = node.place;
const browser = await launch();
await (await Caller.signIn(node.place, alice)).group("Dialogue on water", [bob, ana]);
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** @param {any} who @param {any} options */
async function as(who, options) {
  const page = await open(browser, { permissions: ["microphone"], ...options, storageState: signedIn(url) });
  await resume(page, url, who);
  await enter(page, "Dialogue on water");
  return page;
}
const host = await as(alice, { viewport: { width: 1440, height: 800 } });
const first = await as(bob, { viewport: { width: 1024, height: 768 }, colorScheme: "dark" });
const second = await as(ana, phone);
const shot = async (/** @type {any} */ page, /** @type {string} */ name) => {
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${folder}/${name}.png` });
};
const card = (/** @type {any} */ page) => page.locator("message-list article.meeting");
const item = async (/** @type {string} */ name) => {
  await card(host).getByRole("button", { name: "More" }).click();
  await host.getByRole("menuitem", { name }).click();
};

for (const [page, name] of /** @type {[any, string][]} */ ([[host, "wide"], [second, "phone"]])) {
  await page.getByRole("button", { name: "Call a meeting" }).click();
  await shot(page, `form-${name}-now`);
  await page.getByLabel("Later").check();
  await shot(page, `form-${name}-later`);
  await page.keyboard.press("Escape");
}
await write(host, "/meet tommorow 15:00");
await shot(host, "form-wide-refused");
await host.getByRole("textbox", { name: "Write a message" }).fill("");
await write(host, "/meet now en es fr");
await card(host).getByText("simulated", { exact: true }).waitFor();

await item("Interpreters");
const dialog = host.getByRole("dialog");
await dialog.getByRole("button", { name: "Add" }).waitFor();
await shot(host, "roster-empty");
for (const [i, [who, language]] of [[bob.name, "es"], [ana.name, "es"], [ana.name, "fr"]].entries()) {
  await dialog.getByRole("button", { name: "Add" }).click();
  await dialog.getByRole("listitem").nth(i).locator("select").nth(0).selectOption({ label: who });
  await dialog.getByRole("listitem").nth(i).locator("select").nth(1).selectOption(language);
}
await shot(host, "roster");
await dialog.getByRole("button", { name: "Save" }).click();
await dialog.waitFor({ state: "detached" });
for (const page of [host, first, second]) await card(page).getByRole("link", { name: "Captions" }).click();
await first.getByRole("button", { name: "Take the channel" }).waitFor();
await shot(first, "duty-off");
await first.getByRole("button", { name: "Take the channel" }).click();
await first.locator("caption-composer textarea").fill("Buenas tardes a todos, empezamos.");
await shot(first, "duty-on");
await first.locator("caption-composer textarea").press("Enter");
await second.getByRole("button", { name: "Take the channel" }).waitFor();
await shot(second, "duty-of-another-phone");
await second.getByRole("button", { name: "Take the channel" }).click();
await shot(second, "duty-taken-phone");
await shot(first, "duty-lost");
await shot(host, "host-captions");
for (const [page, name] of /** @type {[any, string][]} */ ([[host, "host"], [first, "interpreter"], [second, "phone"]])) {
  const { pathname } = new URL(page.url());
  const meeting = /m[A-Za-z0-9_-]{22}/.exec(pathname)?.[0];
  await page.goto(`${url}/meetings/${meeting}/channel`);
  await page.getByRole("button", { name: "Begin" }).waitFor();
  await shot(page, `channel-${name}`);
  await page.getByRole("button", { name: "Begin" }).click();
  await page.waitForTimeout(1_500);
  await shot(page, `channel-${name}-begun`);
}
for (const page of [host, first, second]) if (page.problems.length) console.log(page.problems);
await browser.close();
await node.remove();
