/** Pictures of a meeting in the demonstration: NODE_OF_TESTS='["../../plenary"]' node demo-pictures.js FOLDER */
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
const id = await (await Caller.signIn(node.place, alice)).group("Dialogue on water", [bob, ana]);
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** @param {any} who @param {any} options */
async function as(who, options) {
  const page = await open(browser, { ...options, storageState: signedIn(url) });
  await resume(page, url, who);
  await enter(page, "Dialogue on water");
  return page;
}
/** @type {[string, any, string][]} */
const readers = [
  ["wide", await as(alice, { viewport: { width: 1440, height: 800 }, colorScheme: "light" }), "en"],
  ["dark", await as(bob, { viewport: { width: 1024, height: 768 }, colorScheme: "dark" }), "es"],
  ["phone", await as(ana, { ...phone, colorScheme: "light" }), "fr"],
  ["rtl", await as(ana, { ...phone, colorScheme: "dark" }), "original"],
];
await readers[3][1].evaluate(() => (document.documentElement.dir = "rtl"));
const shots = async (/** @type {string} */ part) => {
  for (const [name, page] of readers) await page.screenshot({ path: `${folder}/${name}-${part}.png` });
};
const card = (/** @type {any} */ page) => page.locator("message-list article.meeting");
const pane = (/** @type {any} */ page) => page.locator("meeting-captions");

await write(readers[0][1], "/meet now en es fr");
for (const [, page] of readers) await card(page).getByText("simulated", { exact: true }).waitFor();
for (const [i, answer] of ["Yes", "Yes", "Perhaps"].entries()) await card(readers[i][1]).getByRole("button", { name: answer }).click();
await readers[0][1].waitForTimeout(1_000);
await shots("card");
for (const [, page, language] of readers) {
  await card(page).getByRole("link", { name: "Captions" }).click();
  await pane(page).getByLabel("Read in").selectOption(language);
}
await readers[0][1].waitForTimeout(500);
await shots("silent");
for (const [, page] of readers.slice(0, 2)) {
  const opened = page.waitForEvent("popup");
  await card(page).getByRole("button", { name: "Join" }).click();
  const room = await opened;
  await room.getByText("This is a simulation").waitFor();
  console.log(room.url());
  await room.screenshot({ path: `${folder}/room.png` });
}
await pane(readers[1][1]).getByText("El río estuvo", { exact: false }).or(pane(readers[1][1]).getByText("nuestro pueblo")).first().waitFor();
await readers[0][1].waitForTimeout(2_500);
await shots("captions");
await pane(readers[1][1]).getByText("Gracias a todos").waitFor({ timeout: 90_000 });
await shots("whole");
await card(readers[0][1]).getByRole("button", { name: "More" }).click();
await readers[0][1].waitForTimeout(200);
await readers[0][1].screenshot({ path: `${folder}/wide-menu.png` });
await readers[0][1].getByRole("menuitem", { name: "End for everybody" }).click();
await readers[0][1].getByRole("dialog").getByRole("button", { name: "End for everybody" }).click();
await card(readers[0][1]).getByText("Ended", { exact: true }).waitFor();
await readers[0][1].waitForTimeout(1_500);
await shots("ended");
for (const [name, page] of readers) {
  await page.goto(`${url}/meetings`);
  await page.waitForTimeout(700);
  await page.screenshot({ path: `${folder}/${name}-place.png` });
  if (page.problems.length) console.log(name, page.problems);
}
void id;
await browser.close();
await node.remove();
