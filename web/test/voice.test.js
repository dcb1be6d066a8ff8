/**
 * A member hears in Spanish what a host writes in English, with nothing simulated: Apertium translates,
 * espeak-ng speaks, and Chromium plays what comes.
 */
import assert from "node:assert/strict";
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { atNode } from "./at-node.js";
import { enter, eventually } from "./browser.js";
import { Caller, ref } from "./place.js";

const absent = ["espeak-ng", "apertium"].filter((name) => !(process.env.PATH ?? "").split(":").some((folder) => isProgram(join(folder, name))));
const scene = atNode({
  missing: absent.length > 0 && !process.env.CI ? `needs ${absent.join(" and ")}` : false,
  prepare: () => ({ options: ["--interpretation-apertium", "--interpretation-espeak-languages", "es"] }),
});

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

test("what a host writes in English is heard in Spanish, until the listener is removed", { skip: scene.skip, timeout: 180_000 }, async () => {
  const { place } = scene.node;
  const { alice, bob } = place;
  const caller = await Caller.signIn(place, alice);
  const id = await caller.group("Hearing Spanish", [bob]);
  await caller.call("PATCH", `/conversations/${id}`, { ref: ref(), languages: ["en", "es"] });
  const { meeting } = await caller.post(`/conversations/${id}/meetings`, { ref: ref(), title: "Dialogue", minutes: 60, zone: "Europe/Berlin", languages: ["en", "es"] });
  const page = await scene.as(bob);
  await enter(page, "Hearing Spanish");
  await page.locator("message-list article.meeting").getByRole("link", { name: "Captions" }).click();
  const pane = page.locator("meeting-captions");
  await pane.getByLabel("Read in").selectOption("es");
  await pane.getByRole("button", { name: "Listen in Spanish" }).press("Enter");
  await pane.getByText("Waiting for speech.").waitFor();

  await caller.post(`/meetings/${meeting.id}/captions`, { ref: ref(), language: "en", text: "We open the meeting.", complete: true });
  await pane.getByText("Playing: machine voice, eSpeak NG.").waitFor();
  await pane.getByText("Abrimos la reunión.").waitFor();
  await pane.getByText("Waiting for speech.").waitFor();
  const { samples, loudest } = await page.evaluate(() => /** @type {any} */ (document.querySelector("meeting-voice")).listening.playback);
  assert.ok(samples > 16_000 && samples < 80_000, `a sentence of one to five seconds: ${samples} samples`);
  assert.ok(loudest > 0.1, `it is no silence: ${loudest}`);

  await caller.post(`/conversations/${id}/members`, { ref: ref(), remove: [bob.id] });
  await eventually(async () => (await pane.count()) === 0 || (await pane.locator('.voice-state[data-state="playing"], .voice-state[data-state="waiting"]').count()) === 0, "nothing is heard any more");
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
