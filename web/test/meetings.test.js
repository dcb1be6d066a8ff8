import assert from "node:assert/strict";
import { createServer } from "node:http";
import { enter, eventually, message, scenes, until, write } from "./browser.js";
import { Caller, ref } from "./place.js";

const test = scenes({ how: { history: 1, crowd: 0 } });
const HOUR = 3_600_000;

/** A group of Alice, Bob and Ana. @param {import("./place.js").Place} place @param {string} name */
async function group(place, name) {
  const caller = await Caller.signIn(place, place.alice);
  return { caller, id: await caller.group(name, [place.bob, place.ana]) };
}

/** @param {Caller} caller @param {string} id @param {object} [plan] @returns {Promise<any>} */
async function called(caller, id, plan = {}) {
  return (await caller.post(`/conversations/${id}/meetings`, { ref: ref(), title: "Weekly dialogue", start: new Date(Date.now() + 3 * HOUR).toISOString(), minutes: 60, zone: "Asia/Tokyo", languages: ["en", "es", "fr"], ...plan })).meeting;
}
const card = (/** @type {import("playwright-core").Page} */ page) => page.locator("article.meeting");

/** A place that a meeting's link leads to. */
async function elsewhere() {
  /** @type {{url: string, referer: string | undefined}[]} */
  const asked = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? "", referer: request.headers.referer });
    response.writeHead(200, { "content-type": "text/html" }).end("<title>The meeting</title>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  return { asked, at: `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`, stop: () => (server.closeAllConnections(), server.close()) };
}

test("a slash offers what can be done, and /meet puts a card into the group that both see", async ({ place, as }) => {
  await group(place, "Slash");
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  for (const page of [alice, bob]) await enter(page, "Slash");
  const field = alice.getByRole("textbox", { name: "Write a message" });
  await field.pressSequentially("/");
  await alice.getByRole("option", { name: "/meet" }).waitFor();
  await field.press("Tab");
  await until(alice, () => document.querySelector("textarea")?.value === "/meet ");
  assert.equal(await alice.getByRole("option").count(), 0);
  await field.pressSequentially("tomorrow en es");
  await field.press("Enter");
  for (const page of [alice, bob]) await card(page).getByText("English, Spanish").waitFor();
  assert.equal(await alice.getByText("/meet").count(), 0, "a command is not said");
  await bob.locator("li.message .author", { hasText: place.alice.name }).waitFor();
}, { mockOnly: true });

test("what /meet does not understand stays in the field, with the reason", async ({ place, as }) => {
  await group(place, "Never");
  const page = await as(place.alice);
  await enter(page, "Never");
  await write(page, "/meet never");
  await page.locator("message-composer [role=alert]", { hasText: "is no time" }).waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Write a message" }).inputValue(), "/meet never");
  assert.equal(await card(page).count(), 0);
}, { mockOnly: true });

test("a meeting is called by the form, in one's own time, and everybody sees it in theirs", async ({ place, as }) => {
  await group(place, "Formal");
  const alice = await as(place.alice);
  const bob = await as(place.bob, { timezoneId: "America/New_York" });
  for (const page of [alice, bob]) await enter(page, "Formal");
  await alice.getByRole("button", { name: "Call a meeting" }).click();
  const form = alice.getByRole("dialog", { name: "Call a meeting" });
  await form.getByLabel("Title").fill("Budget");
  assert.equal(await form.getByLabel(/Date and time/).isVisible(), false);
  await form.getByLabel("Later").check();
  await form.getByLabel(/Date and time/).fill("2031-03-12T15:00");
  await form.getByLabel("Repeat").selectOption("week");
  await form.getByLabel("How many times").fill("4");
  await form.getByLabel("French").check();
  await form.getByLabel("By").selectOption("jitsi");
  await form.getByRole("button", { name: "Call the meeting" }).click();
  await card(alice).getByRole("heading", { name: "Budget" }).waitFor();
  assert.match(await card(alice).locator(".when").innerText(), /12 Mar 2031, 15:00\s*[–-]\s*16:00/);
  assert.equal(await card(alice).getByText("Europe/Berlin").count(), 0);
  assert.match(await card(bob).locator(".when").innerText(), /10:00/);
  await card(bob).getByText(/15:00.16:00 in Europe\/Berlin/).waitFor();
  await card(bob).getByText("Every week, 4 times · 1 of 4").waitFor();
  await card(bob).getByText("Jitsi").waitFor();
}, { mockOnly: true });

test("who comes is answered on the card and counted for all", async ({ place, as }) => {
  const { caller, id } = await group(place, "Answers");
  await called(caller, id);
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  for (const page of [alice, bob]) await enter(page, "Answers");
  await card(bob).getByRole("button", { name: "Yes" }).click();
  await card(alice).getByRole("button", { name: "Yes 1" }).waitFor();
  assert.equal(await card(bob).getByRole("button", { name: "Yes 1" }).getAttribute("aria-pressed"), "true");
  assert.equal(await card(alice).getByRole("button", { name: "Yes 1" }).getAttribute("aria-pressed"), "false");
  await card(bob).getByRole("button", { name: "Perhaps" }).click();
  await card(alice).getByRole("button", { name: "Perhaps 1" }).waitFor();
  await card(alice).getByRole("button", { name: "More" }).click();
  await alice.getByRole("menuitem", { name: "Who comes" }).click();
  await alice.getByRole("dialog", { name: "Who comes" }).locator("bdi", { hasText: place.bob.name }).waitFor();
}, { mockOnly: true });

test("joining opens the member's own link in a window that knows nothing of this one", async ({ place, as, mock }) => {
  const there = await elsewhere();
  try {
    mock.meetings.server.meetingsAt = there.at;
    const { caller, id } = await group(place, "Join");
    const meeting = await called(caller, id, { start: new Date(Date.now() + 5 * 60_000).toISOString() });
    const page = await as(place.bob);
    await enter(page, "Join");
    await card(page).getByText("Soon", { exact: true }).waitFor();
    await card(page).getByText(/in \d minutes/).waitFor();
    const opened = page.waitForEvent("popup");
    await card(page).getByRole("button", { name: "Join" }).click();
    const other = await opened;
    await eventually(async () => (await other.title().catch(() => "")) === "The meeting", "the meeting's page");
    assert.equal(await other.evaluate(() => globalThis.opener), null);
    const [asked] = there.asked;
    assert.equal(asked.url, `/${meeting.id}?member=${place.bob.id}`);
    assert.equal(asked.referer, undefined);
    assert.ok(!(await caller.entries(id)).some((entry) => JSON.stringify(entry).includes(there.at)), "no link is in the log");
  } finally {
    there.stop();
  }
}, { mockOnly: true });

test("a browser that lets no window open shows the link instead, and a refused join says why and opens nothing", async ({ place, as, mock }) => {
  const { caller, id } = await group(place, "Blocked");
  await called(caller, id);
  const page = await as(place.bob);
  await enter(page, "Blocked");
  await page.evaluate(() => (globalThis.open = () => null));
  await card(page).getByRole("button", { name: "Join" }).click();
  const link = card(page).getByRole("link", { name: "Open the meeting" });
  await link.waitFor();
  assert.match(await link.getAttribute("rel") ?? "", /noopener/);
  await page.reload();
  mock.faults.join = "Tencent Meeting does not answer now.";
  await card(page).getByRole("button", { name: "Join" }).click();
  await card(page).locator("[role=alert]", { hasText: "does not answer now" }).waitFor();
  await eventually(() => page.context().pages().length === 1, "the window is closed again");
}, { mockOnly: true });

test("the card changes where it stands: live with who is in, then ended with what is left of it", async ({ place, as, mock }) => {
  const { caller, id } = await group(place, "States");
  const { id: mid } = await called(caller, id);
  const page = await as(place.bob);
  await enter(page, "States");
  await card(page).getByText("Scheduled", { exact: true }).waitFor();
  const meeting = mock.meetings.all.get(mid);
  meeting.live = { count: 3, accounts: [place.alice.id, place.ana.id], guests: 1 };
  mock.meetings.tell(meeting, { state: "live" });
  await card(page).getByText("Live", { exact: true }).waitFor();
  await card(page).getByText("3 people are in").waitFor();
  meeting.live.count = 4;
  mock.meetings.touch(meeting);
  await card(page).getByText("4 people are in").waitFor();
  meeting.after = { seconds: 3125, links: [{ kind: "recording", title: "", url: "https://example.org/r", expires: null }, { kind: "transcript", title: "Notes", url: "javascript:alert(1)", expires: null }] };
  mock.meetings.tell(meeting, { state: "ended" });
  await card(page).getByText("It lasted 52 minutes.").waitFor();
  await card(page).getByRole("link", { name: "Recording" }).waitFor();
  assert.equal(await card(page).getByRole("link", { name: "Notes" }).count(), 0);
  assert.equal(await card(page).getByRole("button", { name: "Join" }).count(), 0);
  assert.equal(await card(page).count(), 1);
}, { mockOnly: true });

test("its organiser changes and cancels it, and members cannot", async ({ place, as }) => {
  const { caller, id } = await group(place, "Organiser");
  await called(caller, id);
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  for (const page of [alice, bob]) await enter(page, "Organiser");
  await card(bob).getByRole("button", { name: "More" }).click();
  await bob.getByRole("menuitem", { name: "Add to calendar" }).waitFor();
  assert.equal(await bob.getByRole("menuitem", { name: "Cancel the meeting" }).count(), 0);
  const saved = bob.waitForEvent("download");
  await bob.getByRole("menuitem", { name: "Add to calendar" }).click();
  assert.equal((await saved).suggestedFilename(), "invitation.ics");
  const menu = async (/** @type {string} */ what) => (await card(alice).getByRole("button", { name: "More" }).click(), alice.getByRole("menuitem", { name: what }).click());
  await menu("Change the meeting");
  const form = alice.getByRole("dialog", { name: "Change the meeting" });
  await form.getByLabel("Title").fill("Monthly dialogue");
  await form.getByRole("button", { name: "Change the meeting" }).click();
  await card(bob).getByRole("heading", { name: "Monthly dialogue" }).waitFor();
  await menu("Cancel the meeting");
  await alice.getByRole("dialog").getByRole("button", { name: "Cancel the meeting" }).click();
  for (const page of [alice, bob]) await card(page).getByText("Cancelled", { exact: true }).waitFor();
  assert.equal(await card(bob).getByRole("group", { name: "Will you come?" }).count(), 0);
}, { mockOnly: true });

test("a meeting that could not be made says why, and is tried again by whoever called it", async ({ place, as, mock }) => {
  mock.faults.provider = "Tencent Meeting has no free rooms today (quota of 10 is used).";
  const { caller, id } = await group(place, "Failed");
  await called(caller, id);
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  for (const page of [alice, bob]) await enter(page, "Failed");
  for (const page of [alice, bob]) await card(page).getByText("has no free rooms today").waitFor();
  assert.equal(await card(bob).getByRole("button", { name: "Try again" }).count(), 0);
  mock.faults.provider = "";
  await card(alice).getByRole("button", { name: "Try again" }).click();
  await card(bob).getByText("Scheduled", { exact: true }).waitFor();
}, { mockOnly: true });

test("the place of meetings lists those to come and live of all groups, with the way in", async ({ place, as, mock }) => {
  const { caller, id } = await group(place, "Place");
  const page = await as(place.bob);
  await page.getByRole("link", { name: "Meetings" }).click();
  await page.getByText("No meeting is to come.").waitFor();
  const { id: mid } = await called(caller, id, { title: "Second", start: new Date(Date.now() + 30 * HOUR).toISOString() });
  await called(caller, id, { title: "First" });
  await until(page, () => document.querySelectorAll("article.meeting h2").length === 2);
  assert.deepEqual(await page.locator("article.meeting h2").allInnerTexts(), ["First", "Second"]);
  mock.meetings.tell(mock.meetings.all.get(mid), { state: "live" });
  await card(page).filter({ hasText: "Second" }).getByText("Live", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Place" }).first().click();
  await message(page, "First").waitFor();
}, { mockOnly: true });
