import assert from "node:assert/strict";
import { enter, message, scenes, until } from "./browser.js";
import { Caller } from "./place.js";

const test = scenes({ how: { history: 1, crowd: 0 } });

/** @param {import("./place.js").Place} place @param {string} name @param {any} card */
async function posted(place, name, card) {
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group(name, [place.bob]);
  const seq = await caller.say(id, { type: "card", text: name, card });
  return { caller, id, seq };
}
const options = (/** @type {string[]} */ ...texts) => texts.map((text) => ({ id: text.toLowerCase(), text }));

test("a text notice shows its figure, its fields and its links, and never runs what an address says", async ({ place, as }) => {
  await posted(place, "Text notice", {
    card_type: "text_notice", source: { desc: "Monitoring" }, main_title: { title: "Disk of db-1", desc: "since 09:31" }, emphasis_content: { title: "97 %", desc: "of /var" },
    sub_title_text: "Please make room.", horizontal_content_list: [{ keyname: "Severity", value: "critical" }, { keyname: "Runbook", value: "Open", type: 1, url: "https://example.org/runbook" }],
    jump_list: [{ type: 1, title: "Graph", url: "https://example.org/graph" }, { type: 1, title: "Trap", url: "javascript:alert(1)" }], card_action: { type: 1, url: "https://example.org/alert" },
  });
  const page = await as(place.bob);
  await enter(page, "Text notice");
  const card = page.locator("article.card");
  await card.getByRole("heading", { name: "Disk of db-1" }).getByRole("link").waitFor();
  await card.getByText("97 %", { exact: true }).waitFor();
  assert.equal(await card.locator("dl div", { hasText: "Severity" }).locator("dd").innerText(), "critical");
  assert.deepEqual(await card.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href"))), ["https://example.org/alert", "https://example.org/runbook", "https://example.org/graph"]);
  assert.equal(await card.locator("form").count(), 0);
});

test("a news notice shows its texts, and a picture of another server only as a link", async ({ place, as }) => {
  await posted(place, "News notice", {
    card_type: "news_notice", main_title: { title: "Session two", desc: "The notes are out" }, card_image: { url: "https://example.org/p.png", aspect_ratio: 1.6 },
    vertical_content_list: [{ title: "Minutes", desc: "by Ana" }], quote_area: { title: "The chair", quote_text: "Thank you all." }, card_action: { type: 1, url: "https://example.org/notes" },
  });
  const page = await as(place.bob);
  const asked = /** @type {string[]} */ ([]);
  page.on("request", (request) => asked.push(request.url()));
  await enter(page, "News notice");
  const card = page.locator("article.card");
  await card.getByText("Minutes").waitFor();
  await card.locator("blockquote", { hasText: "Thank you all." }).waitFor();
  await card.locator("a[href='https://example.org/p.png']").waitFor();
  assert.equal(await card.locator("img").count(), 0);
  assert.deepEqual(asked.filter((url) => url.includes("example.org")), []);
});

test("buttons of a card are pressed, and may be pressed again", async ({ place, as }) => {
  const { id, seq } = await posted(place, "Buttons", {
    card_type: "button_interaction", task_id: "t1", main_title: { title: "Deploy?" }, button_list: [{ text: "Yes", key: "yes", style: 1 }, { text: "No", key: "no", style: 3 }],
  });
  const page = await as(place.bob);
  await enter(page, "Buttons");
  for (const name of ["Yes", "No"]) {
    const answered = page.waitForResponse((response) => response.url().endsWith(`/messages/${seq}/answer`));
    await page.locator(".card").getByRole("button", { name, exact: true }).click();
    const answer = await answered;
    assert.equal(answer.status(), 200);
    assert.equal(answer.request().postDataJSON().key, name.toLowerCase());
  }
  const bob = await Caller.signIn(place, place.bob);
  assert.equal((await bob.get(`/conversations/${id}/messages/${seq}/card`)).state, "open");
});

test("a vote takes no more than its limit, is given once, and stands there when the page is loaded again", async ({ place, as }) => {
  await posted(place, "Vote", {
    card_type: "vote_interaction", task_id: "t2", main_title: { title: "Which two days?" }, checkbox: { question_key: "days", mode: 1, most: 2, option_list: options("Monday", "Tuesday", "Friday") }, submit_button: { text: "Vote", key: "vote" },
  });
  const page = await as(place.bob);
  await enter(page, "Vote");
  for (const day of ["Monday", "Friday"]) await page.getByRole("checkbox", { name: day }).check();
  await page.getByText("2 of up to 2 chosen").waitFor();
  const third = page.getByRole("checkbox", { name: "Tuesday" });
  assert.equal(await third.getAttribute("aria-disabled"), "true");
  await page.locator(".option", { hasText: "Tuesday" }).click({ force: true });
  assert.equal(await third.isChecked(), false);
  await page.locator(".card").getByRole("button", { name: "Vote" }).click();
  await page.getByText("You have answered.").waitFor();
  await page.reload();
  await page.getByText("You have answered.").waitFor();
  assert.deepEqual(await Promise.all(["Monday", "Tuesday", "Friday"].map((day) => page.getByRole("checkbox", { name: day }).isChecked())), [true, false, true]);
  assert.ok(await third.isDisabled());
});

test("several selections and words are sent together", async ({ place, as }) => {
  const { id, seq } = await posted(place, "Selections", {
    card_type: "multiple_interaction", task_id: "t3", main_title: { title: "Your trip" },
    select_list: [{ question_key: "from", title: "From", option_list: options("Geneva", "Nairobi") }, { question_key: "by", title: "By", option_list: options("Train", "Ship") }],
    text_input: { question_key: "why", title: "Why", max_length: 20 }, submit_button: { text: "Book", key: "book" },
  });
  const page = await as(place.bob);
  await enter(page, "Selections");
  await page.locator("label", { hasText: "From" }).locator("select").selectOption("nairobi");
  await page.locator("label", { hasText: "By" }).locator("select").selectOption("ship");
  const words = page.getByLabel("Why");
  await words.fill("a text that is far too long");
  await page.locator(".card").getByRole("button", { name: "Book" }).click();
  await page.locator(".card [role=alert]").waitFor();
  await words.fill("for the view");
  await page.locator(".card").getByRole("button", { name: "Book" }).click();
  await page.getByText("You have answered.").waitFor();
  const bob = await Caller.signIn(place, place.bob);
  const { selected } = await bob.get(`/conversations/${id}/messages/${seq}/card`);
  assert.deepEqual(selected.toSorted((/** @type {any} */ a, /** @type {any} */ b) => a.question_key.localeCompare(b.question_key)), [{ question_key: "by", option_ids: ["ship"] }, { question_key: "from", option_ids: ["nairobi"] }]);
});

test("an answer that the server refuses keeps what was chosen, with the reason", async ({ place, as }) => {
  await posted(place, "Twice", {
    card_type: "vote_interaction", task_id: "t4", main_title: { title: "Once only" }, checkbox: { question_key: "q", mode: 0, option_list: options("Yes", "No") }, submit_button: { text: "Vote", key: "vote" },
  });
  const page = await as(place.bob);
  await enter(page, "Twice");
  await page.getByRole("radio", { name: "Yes" }).check();
  await page.route("**/answer", (route) => route.fulfill({ status: 429, contentType: "application/problem+json", body: JSON.stringify({ type: "urn:plenary:problem:too-many", title: "Too many", status: 429, detail: "Later.", retryAfter: 7 }) }));
  await page.locator(".card").getByRole("button", { name: "Vote" }).click();
  await page.locator(".card [role=alert]", { hasText: "7" }).waitFor();
  assert.ok(await page.getByRole("radio", { name: "Yes" }).isChecked());
  await page.unroute("**/answer");
  await page.locator(".card").getByRole("button", { name: "Vote" }).click();
  await page.getByText("You have answered.").waitFor();
});

test("the invitation to a survey leads to the private conversation, where answering can be stopped, taken up and deleted", async ({ place, as, mock }) => {
  const owner = await Caller.signIn(place, place.alice);
  const id = await owner.group("Survey", [place.bob, mock.people.bot]);
  await owner.post("/surveys/un75/pushes", { ref: "push", groups: [id] });
  const page = await as(place.bob);
  await enter(page, "Survey");
  const button = (/** @type {string} */ name) => page.locator(".card.open").last().getByRole("button", { name, exact: true });
  await button("Answer privately").click();
  await page.locator(".conversation-head", { hasText: "UN75 survey" }).waitFor();
  await button("I agree").click();
  await page.getByText("1 of 4", { exact: true }).waitFor();
  await button("Next").click();
  await page.getByText("Choose an answer, or skip the question.").waitFor();
  await page.locator(".option").first().click();
  await button("Next").click();
  await page.getByText("2 of 4", { exact: true }).waitFor();
  await button("Back").click();
  await page.locator(".option.on").waitFor();
  await button("Stop").click();
  await button("Delete my answers").click();
  await button("I agree").click();
  await page.getByText("1 of 4", { exact: true }).waitFor();
  assert.equal(await page.locator(".option.on").count(), 0);
  for (let i = 1; i <= 4; i++) {
    await page.getByText(`${i} of 4`, { exact: true }).waitFor();
    await button("Skip").click();
  }
  await button("Send my answers").click();
  await page.locator(".card-message", { hasText: "Thank you. Your answers are in." }).waitFor();
  assert.equal(mock.survey.n, 1);
  await enter(page, "Survey");
  await page.locator(".card-message", { hasText: "Thank you. Your answers are in." }).waitFor();
  await until(page, () => !document.querySelector(".card.open"));
  assert.equal(await message(page, "Thank you.").count(), 1);
}, { mockOnly: true });
