import assert from "node:assert/strict";
import { enter, eventually, message, scenes, until, write } from "./browser.js";
import { Caller, ref } from "./place.js";

const test = scenes();

/** A new group of Alice, Bob and Ana. @param {import("./place.js").Place} place @param {string} name */
async function group(place, name) {
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group(name, [place.bob, place.ana]);
  return { caller, id };
}

test("what one writes the other sees at once, in order and once", async ({ place, as }) => {
  const { caller, id } = await group(place, "Two browsers");
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  for (const page of [alice, bob]) await enter(page, "Two browsers");
  for (let i = 0; i < 4; i++) await write(i % 2 ? bob : alice, `line ${i}`);
  for (const page of [alice, bob]) {
    await message(page, "line 3").waitFor();
    await until(page, () => !document.querySelector("li.message.waiting"));
    assert.equal(await page.locator("li.message").count(), 4);
  }
  const said = (await caller.entries(id)).filter(({ kind }) => kind === "message.posted").map(({ body }) => body.text);
  assert.deepEqual(said.toSorted(), ["line 0", "line 1", "line 2", "line 3"]);
});

test("a message is drawn before the server has it, keeps its place and then says who has not read it", async ({ place, as, mock }) => {
  await group(place, "Optimists");
  const page = await as(place.alice);
  await enter(page, "Optimists");
  mock.faults.accept = false;
  await write(page, "soon");
  const row = message(page, "soon");
  await row.and(page.locator(".waiting")).waitFor();
  const key = await row.getAttribute("data-key");
  await row.locator(".pending").waitFor();
  mock.faults.accept = true;
  mock.cut();
  await until(page, () => !document.querySelector("li.message.waiting"));
  assert.equal(await row.count(), 1);
  assert.equal(await row.getAttribute("data-key"), key);
  await row.getByText("2 unread").waitFor();
}, { mockOnly: true });

test("an answer that nobody knows is asked for again under the same ref, and stands there once", async ({ place, as, mock }) => {
  const { caller, id } = await group(place, "Unknown");
  const page = await as(place.alice);
  await enter(page, "Unknown");
  mock.faults.unknown = 1;
  await write(page, "perhaps");
  await page.getByText("Not confirmed, sending again").waitFor();
  await until(page, () => !document.querySelector("li.message.waiting"));
  assert.equal(await message(page, "perhaps").count(), 1);
  assert.equal((await caller.entries(id)).filter(({ body }) => body?.text === "perhaps").length, 1);
}, { mockOnly: true });

test("a refused message keeps its text, says why, and can be changed, tried again or deleted", async ({ place, as }) => {
  await group(place, "Refused");
  const page = await as(place.alice);
  await enter(page, "Refused");
  await write(page, "/refuse");
  await page.getByText("Not sent: You may not say that here.").waitFor();
  await write(page, "the next one goes through");
  await until(page, () => document.querySelectorAll("li.message:not(.waiting)").length === 1);
  await page.locator(".refused").getByRole("button", { name: "Try again" }).click();
  await page.getByText("Not sent").waitFor();
  await page.locator(".refused").getByRole("button", { name: "Edit" }).click();
  const field = page.getByRole("textbox", { name: "Write a message" });
  await until(page, () => document.querySelector("textarea")?.value === "/refuse");
  await field.fill("mended");
  await field.press("Enter");
  await message(page, "mended").and(page.locator(":not(.waiting)")).waitFor();
  assert.equal(await page.locator(".refused").count(), 0);
  await write(page, "/refuse");
  await page.locator(".refused").getByRole("button", { name: "Delete" }).click();
  await until(page, () => !document.querySelector("li.message.waiting"));
}, { mockOnly: true });

test("a message is edited from the keyboard, and both see that it was", async ({ place, as }) => {
  await group(place, "Edits");
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  for (const page of [alice, bob]) await enter(page, "Edits");
  await write(alice, "Tuseday");
  await message(bob, "Tuseday").waitFor();
  await until(alice, () => !document.querySelector("li.message.waiting"));
  const field = alice.getByRole("textbox", { name: "Write a message" });
  await field.press("ArrowUp");
  await until(alice, () => document.querySelector("textarea")?.value === "Tuseday");
  await field.fill("Tuesday");
  await field.press("Enter");
  for (const page of [alice, bob]) await message(page, "Tuesday").getByText("edited").waitFor();
});

test("a recalled message leaves a line that says so, for everybody and after loading again", async ({ place, as }) => {
  await group(place, "Recalls");
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  for (const page of [alice, bob]) await enter(page, "Recalls");
  await write(alice, "a secret");
  await message(bob, "a secret").waitFor();
  await until(alice, () => !document.querySelector("li.message.waiting"));
  await message(alice, "a secret").hover();
  await message(alice, "a secret").getByRole("button", { name: "More" }).click();
  await alice.getByRole("menuitem", { name: "Recall" }).click();
  await alice.getByRole("dialog").getByRole("button", { name: "Recall" }).click();
  await alice.getByText("You recalled a message").waitFor();
  await bob.locator("message-list").getByText(`${place.alice.name} recalled a message`).waitFor();
  await bob.reload();
  await bob.locator("message-list").getByText(`${place.alice.name} recalled a message`).waitFor();
  assert.equal(await bob.getByText("a secret").count(), 0);
});

test("what the organisation keeps no longer says so, and not that somebody recalled it", async ({ place, as, mock }) => {
  const { caller, id } = await group(place, "Short memory");
  const seq = await caller.say(id, "a secret");
  const alice = await as(place.alice);
  await enter(alice, "Short memory");
  await message(alice, "a secret").waitFor();
  mock.world.append(mock.world.conversations.get(id), mock.world.service, `retention/${seq}`, "message.recalled", { target: seq });
  for (const again of [false, true]) {
    if (again) await alice.reload();
    await alice.locator("message-list").getByText("This message is no longer kept").waitFor();
    assert.equal(await alice.getByText("a secret").count(), 0);
  }
}, { mockOnly: true });

test("a quoted message stands above the reply, and leads back to it", async ({ place, as }) => {
  const { caller, id } = await group(place, "Quotes");
  await caller.say(id, "the first");
  const bob = await as(place.bob);
  await enter(bob, "Quotes");
  await message(bob, "the first").focus();
  await bob.keyboard.press("r");
  await bob.locator(".acting", { hasText: "the first" }).waitFor();
  await write(bob, "the reply");
  const quote = message(bob, "the reply").locator(".quote");
  await quote.getByText("the first").waitFor();
  await quote.click();
  await bob.locator("li.message.shown", { hasText: "the first" }).waitFor();
});

test("an @ offers the members, and whom it mentions is told in red", async ({ place, as }) => {
  await group(place, "Mentions");
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  await enter(alice, "Mentions");
  const field = alice.getByRole("textbox", { name: "Write a message" });
  await field.pressSequentially(`Could you look, @${place.bob.name.slice(0, 2)}`);
  await alice.getByRole("option", { name: place.bob.name }).waitFor();
  assert.ok(await field.getAttribute("aria-activedescendant"));
  await field.press("Enter");
  await until(alice, () => !document.querySelector(".picker"));
  await field.pressSequentially("please");
  await field.press("Enter");
  await message(alice, "please").locator("bdi.mention").waitFor();
  const row = bob.locator(".conversation", { hasText: "Mentions" });
  await row.getByLabel("1 unread mention of you").waitFor();
  await bob.getByRole("button", { name: "Mentions", exact: true }).click();
  assert.equal(await bob.locator(".conversation").count(), 1);
  await row.click();
  await bob.locator(".message.mentioned bdi.mention.me").waitFor();
});

test("everybody is mentioned by @all", async ({ place, as }) => {
  await group(place, "Everybody");
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  await enter(alice, "Everybody");
  const field = alice.getByRole("textbox", { name: "Write a message" });
  await field.pressSequentially("@al");
  await alice.getByRole("option", { name: "all", exact: true }).waitFor();
  await field.press("Tab");
  await field.pressSequentially("lunch");
  await field.press("Enter");
  await bob.locator(".conversation", { hasText: "Everybody" }).locator(".badge.mention").waitFor();
});

test("Markdown is drawn without any HTML of the writer's", async ({ place, as }) => {
  const { caller, id } = await group(place, "Markdown");
  await caller.say(id, { type: "markdown", text: "# Title\n\n**bold** *it* ~~no~~ `code` [words](https://example.org/x)\n\n<img src=x onerror=alert(1)>\n\n[bad](javascript:alert(1)) ![picture](https://example.org/p.png)\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |" });
  const page = await as(place.bob);
  await enter(page, "Markdown");
  const bubble = page.locator(".bubble.markdown");
  await bubble.locator("strong", { hasText: "bold" }).waitFor();
  await bubble.getByText("<img src=x onerror=alert(1)>").waitFor();
  assert.equal(await bubble.locator("img, script, [onerror]").count(), 0);
  assert.deepEqual(await bubble.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href"))), ["https://example.org/x", "https://example.org/p.png"]);
  assert.deepEqual(await bubble.locator("a").evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("rel")))]), ["noopener noreferrer"]);
  await bubble.getByText("(example.org)").first().waitFor();
});

test("the Enter that ends a word of an input method sends nothing; the next one does", async ({ place, as }) => {
  await group(place, "IME");
  const page = await as(place.alice);
  await enter(page, "IME");
  const field = page.getByRole("textbox", { name: "Write a message" });
  await field.focus();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Input.imeSetComposition", { text: "nihao", selectionStart: 5, selectionEnd: 5 });
  const enterKey = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 };
  await devtools.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enterKey });
  await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", ...enterKey });
  await devtools.send("Input.insertText", { text: "你好" });
  assert.equal(await field.inputValue(), "你好");
  assert.equal(await page.locator("li.message").count(), 0);
  await field.press("Enter");
  await message(page, "你好").waitFor();
  assert.equal(await page.locator("li.message").count(), 1);
});

test("a draft stays with its conversation, also when the page is loaded again", async ({ place, as }) => {
  await group(place, "Drafts");
  await group(place, "Elsewhere");
  const page = await as(place.alice);
  await enter(page, "Drafts");
  await page.getByRole("textbox", { name: "Write a message" }).fill("not finished");
  await enter(page, "Elsewhere");
  await until(page, () => document.querySelector("textarea")?.value === "");
  await enter(page, "Drafts");
  await until(page, () => document.querySelector("textarea")?.value === "not finished");
  await page.reload();
  await until(page, () => document.querySelector("textarea")?.value === "not finished");
});

test("who is writing is said while they write", async ({ place, as }) => {
  await group(place, "Typing");
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  for (const page of [alice, bob]) await enter(page, "Typing");
  const field = bob.getByRole("textbox", { name: "Write a message" });
  await field.pressSequentially("/meet");
  await bob.waitForTimeout(700);
  assert.equal(await alice.getByText("is typing…").count(), 0, "a command is no message");
  await field.fill("");
  await field.pressSequentially("hm");
  await alice.locator(".conversation-head").getByText(`${place.bob.name} is typing…`).waitFor();
});

test("beside one's own message the count of those who have not read it moves, and their names can be seen", async ({ place, as }) => {
  const { caller, id } = await group(place, "Receipts");
  const page = await as(place.alice);
  await enter(page, "Receipts");
  await write(page, "please read");
  await message(page, "please read").getByText("2 unread").waitFor();
  const bob = await Caller.signIn(place, place.bob);
  const { seq } = (await caller.entries(id)).at(-1);
  await bob.call("PUT", `/conversations/${id}/position`, { seq });
  await message(page, "please read").getByText("1 unread").click();
  const dialog = page.getByRole("dialog", { name: "Who has read this" });
  await dialog.getByRole("tab", { name: "Unread 1" }).waitFor();
  await dialog.locator("bdi", { hasText: place.ana.name }).waitFor();
  await dialog.getByRole("tab", { name: "Unread 1" }).press("ArrowRight");
  await dialog.locator("bdi", { hasText: place.bob.name }).waitFor();
  await page.keyboard.press("Escape");
  const ana = await Caller.signIn(place, place.ana);
  await ana.call("PUT", `/conversations/${id}/position`, { seq });
  await message(page, "please read").getByText("All read").waitFor();
});

test("a kind of entry that this client does not know is said to be one", async ({ place, as, mock }) => {
  const { id } = await group(place, "Tomorrow");
  const page = await as(place.alice);
  await enter(page, "Tomorrow");
  mock.world.append(mock.world.conversations.get(id), place.bob.id, ref(), "poll.of-tomorrow", {});
  await page.getByText("This client is too old to show this.").first().waitFor();
}, { mockOnly: true });

test("an emoji is chosen from the grid by keys, and put where the writer was", async ({ place, as }) => {
  await group(place, "Emoji");
  const page = await as(place.alice);
  await enter(page, "Emoji");
  const field = page.getByRole("textbox", { name: "Write a message" });
  await field.fill("ab");
  await field.press("ArrowLeft");
  await page.getByRole("button", { name: "Emoji" }).click();
  await page.locator(".emoji-grid button:focus").waitFor();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await eventually(async () => (await field.inputValue()) === "a😄b", "the emoji");
  await until(page, () => document.activeElement?.tagName === "TEXTAREA");
});
