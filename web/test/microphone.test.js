/**
 * A host speaks into the microphone of the browser, with nothing simulated but the voice: espeak-ng speaks, Chromium takes
 * it for its microphone, the page sends it, pocketsphinx hears it by a grammar, and another member reads it.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { atNode } from "./at-node.js";
import { enter, write } from "./browser.js";
import { Caller } from "./place.js";

const SENTENCES = ["We open the meeting.", "The report is ready.", "Thank you for your work."];
const WAV_HEAD = 44;
const scratch = mkdtempSync(join(tmpdir(), "plenary-voice-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const absent = ["espeak-ng", "pocketsphinx_continuous"].filter((name) => !(process.env.PATH ?? "").split(":").some((folder) => isProgram(join(folder, name))));
const scene = atNode({
  missing: absent.length > 0 && !process.env.CI ? `needs ${absent.join(" and ")}` : false,
  prepare() {
    const grammar = join(scratch, "dialogue.gram");
    const words = SENTENCES.map((sentence) => sentence.toLowerCase().replace(".", ""));
    writeFileSync(grammar, `#JSGF V1.0;\ngrammar dialogue;\npublic <sentence> = ${words.join(" | ")} ;\n`);
    const voice = join(scratch, "voice.wav");
    writeFileSync(voice, spoken());
    return { options: ["--interpretation-grammar", grammar], args: [`--use-file-for-fake-audio-capture=${voice}%noloop`, "--use-fake-ui-for-media-stream"] };
  },
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

/** All sentences in one file, with pauses between them. */
function spoken() {
  const sounds = SENTENCES.map((sentence, i) => {
    const file = join(scratch, `${i}.wav`);
    execFileSync("espeak-ng", ["-v", "en-us", "-s", "140", "-w", file, sentence]);
    return readFileSync(file);
  });
  const rate = sounds[0].readUInt32LE(24);
  const pause = (/** @type {number} */ seconds) => Buffer.alloc(2 * Math.round(rate * seconds));
  const data = Buffer.concat([pause(2), ...sounds.flatMap((sound) => [sound.subarray(WAV_HEAD), pause(1.5)]), pause(2)]);
  const head = Buffer.from(sounds[0].subarray(0, WAV_HEAD));
  head.writeUInt32LE(WAV_HEAD - 8 + data.length, 4);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

test("what a host says into the microphone stands in the captions of another member, each sentence once and in order", { skip: scene.skip, timeout: 180_000 }, async () => {
  const { alice, bob } = scene.node.place;
  const caller = await Caller.signIn(scene.node.place, alice);
  await caller.group("Hearing", [bob]);
  const host = await scene.as(alice);
  const reader = await scene.as(bob);
  for (const page of [host, reader]) await enter(page, "Hearing");
  await write(host, "/meet now en");
  const card = (/** @type {import("playwright-core").Page} */ page) => page.locator("message-list article.meeting");
  await card(reader).getByRole("link", { name: "Captions" }).click();

  // All by keyboard, as somebody does who cannot see the page.
  await card(host).getByRole("button", { name: "More" }).press("Enter");
  await host.getByRole("menuitem", { name: "Speak for the captions" }).press("Enter");
  const channel = host.locator("language-channel");
  await channel.getByLabel("Language that you speak").selectOption("en");
  await channel.getByRole("button", { name: "Begin" }).press("Enter");
  await channel.getByText("Pocketsphinx", { exact: false }).waitFor();

  const captions = reader.locator("meeting-captions .caption:not(.growing) .said");
  await captions.filter({ hasText: SENTENCES[2] }).waitFor({ timeout: 60_000 });
  assert.deepEqual((await captions.allInnerTexts()).map((text) => text.trim()), SENTENCES);
  await reader.locator("meeting-captions").getByText(alice.name).first().waitFor();
  await channel.getByText(SENTENCES[2]).waitFor();

  await channel.getByRole("button", { name: "End" }).press("Enter");
  await channel.getByText("It has ended.").waitFor();
  assert.deepEqual([host, reader].flatMap(({ problems }) => problems), []);
  await Promise.all([host, reader].map((page) => page.context().close()));
});
