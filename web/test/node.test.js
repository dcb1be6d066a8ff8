/** The browser and a node of its own: NODE_OF_TESTS='["../../plenary"]' node --test node.test.js */
import assert from "node:assert/strict";
import { test } from "node:test";
import { atNode } from "./at-node.js";
import { enter, eventually, message, until, write } from "./browser.js";
import { Caller, ref } from "./place.js";

const scene = atNode();
const { skip, as } = scene;

test("after the server was killed and started again both browsers go on by themselves, with nothing lost and nothing twice", { skip, timeout: 180_000 }, async () => {
  const { alice, bob } = scene.node.place;
  const caller = await Caller.signIn(scene.node.place, alice);
  const id = await caller.group("Power cut", [bob]);
  const pages = [await as(alice), await as(bob)];
  for (const page of pages) await enter(page, "Power cut");
  await write(pages[0], "before the cut");
  await message(pages[1], "before the cut").waitFor();
  await until(pages[0], () => !document.querySelector("li.message.waiting"));

  await scene.node.kill();
  await write(pages[0], "written in the dark");
  await write(pages[1], "so was this");
  for (const page of pages) await page.getByText("1 message waits and will be sent.").waitFor();
  await scene.node.start();

  const said = ["before the cut", "written in the dark", "so was this"];
  for (const page of pages) {
    for (const text of said) await message(page, text).and(page.locator(":not(.waiting)")).waitFor();
    await until(page, () => !document.querySelector(".banner"));
    assert.deepEqual((await page.locator("li.message .bubble").allTextContents()).map((text) => text.trim()).toSorted(), said.toSorted());
  }
  await write(pages[1], "and on we go");
  await message(pages[0], "and on we go").waitFor();
  const kept = (await (await Caller.signIn(scene.node.place, alice)).entries(id)).filter(({ kind }) => kind === "message.posted").map(({ body }) => body.text);
  assert.deepEqual(kept.toSorted(), [...said, "and on we go"].toSorted());
  assert.deepEqual(pages.flatMap(({ problems }) => problems), []);
  await Promise.all(pages.map((page) => page.context().close()));
});

test("a survey is answered in private, stopped and taken up again, and the results add up", { skip, timeout: 180_000 }, async () => {
  const { alice, bob } = scene.node.place;
  const owner = await Caller.signIn(scene.node.place, alice);
  const group = await owner.group("Dialogue", [bob]);
  await owner.post("/surveys/un75/pushes", { ref: ref(), groups: [group] });
  const results = async () => /** @type {any} */ (await owner.get("/surveys/un75/results"));
  const counts = (/** @type {any} */ { questions }) =>
    new Map(questions.flatMap((/** @type {any} */ { id, options }) => options.map((/** @type {any} */ { label, count }) => [`${id}/${label.en}`, count ?? 0])));
  const before = await results();

  const page = await as(bob);
  await enter(page, "Dialogue");
  const button = (/** @type {string} */ name) => page.locator(".card.open").last().getByRole("button", { name, exact: true });
  await button("Answer privately").click();
  await page.locator(".conversation-head", { hasText: "UN75 survey" }).waitFor();
  await button("I agree").click();
  const chosen = /** @type {string[]} */ ([]);
  for (let i = 1; i <= 7; i++) {
    await page.getByText(`${i} of 7`, { exact: true }).waitFor();
    const options = page.locator(".card.open .option");
    const many = (await page.locator(".card.open input[type=checkbox]").count()) > 0;
    for (let k = 0; k < (many ? 3 : await options.count() ? 1 : 0); k++) {
      await options.nth(k).click();
      chosen.push((await options.nth(k).innerText()).trim());
    }
    if (many) {
      await page.getByText("3 of up to 3 chosen", { exact: false }).waitFor();
      assert.equal(await options.nth(4).locator("input").getAttribute("aria-disabled"), "true");
    }
    if (i === 7) await page.locator(".card.open .words textarea").fill("Listen.");
    if (i === 3) {
      await button("Stop").click();
      await page.reload();
      await button("Go on").click();
      await page.getByText("3 of 7", { exact: true }).waitFor();
      assert.equal(await page.locator(".card.open .option.on").count(), 3);
    }
    await button("Next").click();
  }
  for (let i = 1; i <= 5; i++) {
    await page.getByText(`${i} of 5`, { exact: true }).waitFor();
    await button("Skip").click();
  }
  await button("Send my answers").click();
  await page.locator(".card-message", { hasText: "Thank you. Your answers are in." }).waitFor();

  await eventually(async () => (await results()).n === (before.n ?? 0) + 1, "the answer to be counted");
  const now = await results();
  const [was, is] = [counts(before), counts(now)];
  const more = [...is].filter(([key, count]) => count === (was.get(key) ?? 0) + 1).map(([key]) => key.split("/").slice(1).join("/"));
  assert.deepEqual(more.toSorted(), chosen.toSorted());
  assert.equal([...is.values()].reduce((sum, count) => sum + count, 0), [...was.values()].reduce((sum, count) => sum + count, 0) + chosen.length);
  await page.goto(`${scene.node.place.url}/surveys/un75`);
  await page.locator(".results").getByText(`n = ${now.n} `, { exact: false }).first().waitFor();
  for (const question of now.questions) {
    const table = page.locator("table", { hasText: question.title.en });
    for (const { label, count } of question.options) {
      const row = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: label.en, exact: true }) });
      assert.equal((await row.locator(".count").innerText()).trim(), count === null ? "" : `${count}`, label.en);
    }
  }
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
