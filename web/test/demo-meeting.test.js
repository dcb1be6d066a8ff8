/**
 * A newcomer's first meeting, at a node as `plenary start --demo` runs it:
 * NODE_OF_TESTS='["../../plenary"]' node --test demo-meeting.test.js
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { atNode } from "./at-node.js";
import { enter, eventually, write } from "./browser.js";
import { Caller } from "./place.js";

/** @import {Page} from "playwright-core" */

const scene = atNode();
const { skip, as } = scene;
const card = (/** @type {Page} */ page) => page.locator("message-list article.meeting");
const pane = (/** @type {Page} */ page) => page.locator("meeting-captions");

/** @param {Page} page */
async function join(page) {
  const opened = page.waitForEvent("popup");
  await card(page).getByRole("button", { name: "Join" }).click();
  const other = await opened;
  await other.getByText("This is a simulation").waitFor();
  return other;
}
/** @param {Page} page @param {string} language @param {string[]} said */
async function reads(page, language, said) {
  for (const text of said) await pane(page).locator(".caption:not(.growing)", { hasText: text }).waitFor();
  const shown = await pane(page).locator(".caption:not(.growing) .said").allInnerTexts();
  const places = said.map((text) => shown.findIndex((one) => one.includes(text)));
  assert.deepEqual(places, places.toSorted((one, other) => one - other), `in order in ${language}: ${shown.join(" | ")}`);
  assert.equal(new Set(shown).size, shown.length, `each once in ${language}`);
}

/** The first of what the simulated service has said, as three people read it. */
const SAID = {
  en: ["Good afternoon, and welcome to our dialogue on water.", "Everybody may speak in their own language today.", "Thank you. In our town the river was dry for three months."],
  es: ["Buenas tardes y bienvenidos a nuestro diálogo sobre el agua.", "Hoy cada uno puede hablar en su propio idioma.", "Gracias. En nuestro pueblo el río estuvo seco tres meses."],
  fr: ["Bonjour et bienvenue à notre dialogue sur l'eau.", "Aujourd'hui, chacun peut parler dans sa propre langue.", "Merci. Dans notre ville, la rivière a été à sec pendant trois mois."],
};

test("what is said is heard in the language that is read, as tones that are said to be a simulation", { skip, timeout: 240_000 }, async () => {
  const { alice, bob } = scene.node.place;
  const caller = await Caller.signIn(scene.node.place, alice);
  await caller.group("Heard meeting", [bob]);
  const page = await as(alice);
  await enter(page, "Heard meeting");
  await write(page, "/meet now en es fr");
  await card(page).getByRole("link", { name: "Captions" }).click();
  await pane(page).getByLabel("Read in").selectOption("es");
  const button = pane(page).getByRole("button", { name: "Listen in Spanish" });
  await button.waitFor();
  await pane(page).getByText("Nobody speaks here: a tone stands for each sentence.").waitFor();
  await button.press("Enter");
  await pane(page).getByText("Waiting for speech.").waitFor();
  const room = await join(page);
  await pane(page).getByText("Playing: a tone, no speech.").waitFor();
  await pane(page).locator(".caption:not(.growing)", { hasText: SAID.es[1] }).waitFor();
  const heard = () => page.evaluate(() => /** @type {any} */ (document.querySelector("meeting-voice")).listening.playback);
  await eventually(async () => (await heard()).samples > 48_000, "more than three seconds came");
  const { loudest } = await heard();
  assert.ok(loudest > 0.2, `it is no silence: ${loudest}`);
  await button.press("Enter");
  await room.close();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("three people meet by /meet, each by a link of their own, and read what is said in English, Spanish and French", { skip, timeout: 240_000 }, async () => {
  const { alice, bob, ana } = scene.node.place;
  const caller = await Caller.signIn(scene.node.place, alice);
  const id = await caller.group("First meeting", [bob, ana]);
  const pages = [await as(alice), await as(bob), await as(ana)];
  for (const page of pages) await enter(page, "First meeting");
  await write(pages[0], "/meet now en es fr");
  for (const page of pages) {
    await card(page).getByText("simulated", { exact: true }).waitFor();
    await card(page).getByText("English, Spanish, French").waitFor();
  }

  await card(pages[0]).getByRole("button", { name: "Yes" }).click();
  await card(pages[1]).getByRole("button", { name: "Yes" }).click();
  await card(pages[2]).getByRole("button", { name: "Perhaps" }).click();
  for (const page of pages) {
    await card(page).getByRole("button", { name: "Yes 2" }).waitFor();
    await card(page).getByRole("button", { name: "Perhaps 1" }).waitFor();
  }

  for (const [i, language] of ["en", "es", "fr"].entries()) {
    await card(pages[i]).getByRole("link", { name: "Captions" }).click();
    await pane(pages[i]).getByLabel("Read in").selectOption(language);
  }
  const rooms = [await join(pages[0]), await join(pages[1])];
  assert.notEqual(rooms[0].url(), rooms[1].url(), "each has a link of their own");
  for (const [i, person] of [alice, bob].entries()) await rooms[i].getByText(`You are in as ${person.name}`).waitFor();
  const log = JSON.stringify(await caller.entries(id));
  for (const room of rooms) assert.ok(!log.includes(new URL(room.url()).pathname), "no link is in the log");
  for (const page of pages) {
    await card(page).getByText("Live", { exact: true }).waitFor();
    await card(page).getByText("2 people are in").waitFor();
  }

  await Promise.all(Object.entries(SAID).map(([language, said], i) => reads(pages[i], language, said)));

  await card(pages[0]).getByRole("button", { name: "More" }).click();
  await pages[0].getByRole("menuitem", { name: "End for everybody" }).click();
  await pages[0].getByRole("dialog").getByRole("button", { name: "End for everybody" }).click();
  for (const page of pages) {
    await card(page).getByText("Ended", { exact: true }).waitFor();
    assert.equal(await card(page).getByRole("button", { name: "Join" }).count(), 0);
  }
  for (const room of rooms) await room.getByText("You have left.").waitFor();

  // The record is there for whoever comes later, in their language.
  await pages[1].reload();
  await reads(pages[1], "es", SAID.es);
  await pane(pages[1]).getByRole("button", { name: "More" }).click();
  const saved = pages[1].waitForEvent("download");
  await pages[1].getByRole("menuitem", { name: /WebVTT/ }).click();
  const vtt = readFileSync(await (await saved).path(), "utf8");
  assert.ok(vtt.startsWith("WEBVTT"), vtt);
  for (const text of SAID.es) assert.ok(vtt.includes(text), vtt);
  await eventually(async () => JSON.stringify(await caller.entries(id)).includes(SAID.fr[0]), "the record is in the log");

  // From the place of meetings too, where it stands among those that are past.
  await pages[2].getByRole("link", { name: "Meetings" }).click();
  await pages[2].getByRole("link", { name: "Past" }).click();
  const row = pages[2].locator(".meetings.past > li", { hasText: "First meeting" });
  await row.getByText(/It lasted/).waitFor();
  await row.getByRole("heading").getByRole("link").press("Enter");
  await reads(pages[2], "fr", SAID.fr);
  await pane(pages[2]).getByText(/It lasted/).waitFor();
  assert.deepEqual(pages.flatMap(({ problems }) => problems), []);
  await Promise.all(pages.map((page) => page.context().close()));
});
