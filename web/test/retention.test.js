import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { use } from "../client/language/language.js";
import { daysOf, outcome, shorter } from "../client/people/retention-parts.js";
import { scenes, until } from "./browser.js";
import { Caller } from "./place.js";

const scene = scenes({ how: { history: 1, crowd: 0 } });

test("only whole numbers of days from 1 to 3,650 are taken, and only a shorter time removes anything", () => {
  for (const [text, days] of /** @type {[string, number | null][]} */ ([["90", 90], [" 1 ", 1], ["3650", 3650], ["3651", null], ["0", null], ["", null], ["1.5", null], ["-3", null], ["1e3", null], ["ten", null]])) assert.equal(daysOf(text), days, text);
  assert.deepEqual([[0, 90], [90, 30], [90, 90], [30, 90], [90, 0], [0, 0]].map(([before, after]) => shorter(before, after)), [true, true, false, false, false, false]);
  use("en", JSON.parse(readFileSync(new URL("../client/language/en.json", import.meta.url), "utf8")), "en-GB");
  const now = Date.parse("2026-12-02T15:00:00Z");
  assert.match(outcome(0, 2, now), /^What was posted before Monday,? 30 November 2026.* is removed, beginning within a minute/);
  assert.match(outcome(1, 2, now), /^What was posted before Monday,? 30 November 2026.* is removed for good\. What is gone already/);
  assert.match(outcome(2, 0, now), /^Nothing is removed/);
});

scene("an owner sets how long messages are kept, is told what goes, and is asked before it is less", async ({ place, as }) => {
  const caller = await Caller.signIn(place, place.alice);
  const days = async () => (await caller.get("/organisation")).retention.days;
  assert.equal(await days(), 0);
  const page = await as(place.alice);
  await page.getByRole("link", { name: "Me", exact: true }).click();
  const part = page.getByRole("region", { name: "How long messages are kept" });
  await part.getByText("Messages are kept for ever.").waitFor();
  const form = page.getByRole("dialog", { name: "How long messages are kept" });
  const open = async () => (await part.getByRole("button", { name: "Change" }).click(), form.waitFor());

  await open();
  const field = form.getByLabel(/Days, 1 to/);
  assert.equal(await field.isVisible(), false);
  await form.getByLabel("For a number of days").check();
  await field.fill("4000");
  await form.getByRole("button", { name: "Set" }).click();
  await form.locator("#days-wrong [role=alert]", { hasText: "a whole number from 1 to 3,650" }).waitFor();
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  await until(page, () => document.activeElement?.getAttribute("name") === "days");
  await field.fill("3650");
  assert.equal(await field.getAttribute("aria-invalid"), null);
  await form.getByText(/What was posted before .* cannot be had back/).waitFor();

  await field.press("Enter");
  const sure = page.getByRole("dialog", { name: /Remove for good what was posted before/ });
  await until(page, () => document.activeElement?.textContent === "Cancel");
  await sure.getByRole("button", { name: "Cancel" }).click();
  assert.equal(await days(), 0, "nothing is set before it was said twice");
  await form.getByRole("button", { name: "Set" }).click();
  await sure.getByRole("button", { name: "Remove it" }).click();
  await part.getByText("Messages are kept for 3,650 days.").waitFor();
  assert.equal(await days(), 3650);
  await part.getByText(/What was posted before .* is removed for good/).waitFor();

  await open();
  await form.getByLabel("For ever").check();
  await form.getByText("Nothing is removed.").waitFor();
  await form.getByRole("button", { name: "Set" }).click();
  await part.getByText("Messages are kept for ever.").waitFor();
  assert.equal(await days(), 0);
  assert.equal(await page.getByRole("dialog").count(), 0, "more is not asked about");
});

scene("what the server does not take is said beside the field, and members have no such part", async ({ place, as }) => {
  const page = await as(place.alice);
  await page.getByRole("link", { name: "Me", exact: true }).click();
  await page.getByRole("button", { name: "Change" }).click();
  await page.route("**/organisation/retention", (route) => route.fulfill({ status: 400, contentType: "application/problem+json", body: JSON.stringify({ type: "urn:plenary:problem:invalid", title: "Invalid", status: 400, detail: "Not so many here.", field: "days" }) }));
  const form = page.getByRole("dialog", { name: "How long messages are kept" });
  await form.getByLabel("For a number of days").check();
  await form.getByRole("button", { name: "Set" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await form.locator("#days-wrong", { hasText: "Not so many here." }).waitFor();
  const other = await as(place.bob);
  await other.getByRole("link", { name: "Me", exact: true }).click();
  await other.getByText("Sign out").waitFor();
  assert.equal(await other.getByRole("region", { name: "How long messages are kept" }).count(), 0);
});
