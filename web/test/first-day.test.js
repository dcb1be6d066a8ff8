/** What docs/tutorials/first-day.md tells, step by step. */
import { message, scenes, signIn, until, write } from "./browser.js";
import { Caller } from "./place.js";

const test = scenes({ how: { history: 1, crowd: 0 } });

test("the first day goes as its tutorial tells", async ({ place, as, open }) => {
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group("First day", [place.bob, place.ana]);
  await caller.say(id, { type: "text", text: "Good morning @you", mentions: [place.bob.id] });
  const alice = await as(place.alice);
  const bob = await open();

  // 1. Somebody waits: that conversation is open.
  await signIn(bob, place.url, place.bob);
  await bob.locator(".conversation-head", { hasText: "First day" }).waitFor();
  await message(bob, "Good morning").waitFor();
  // 2.
  await write(bob, "Good morning to you");
  await alice.locator(".conversation", { hasText: "First day" }).click();
  await message(alice, "Good morning to you").waitFor();
  // 3.
  const field = bob.getByRole("textbox", { name: "Write a message" });
  await field.pressSequentially(`@${place.alice.name.slice(0, 3)}`);
  await bob.getByRole("option", { name: place.alice.name }).waitFor();
  await field.press("Enter");
  await field.pressSequentially("lunch at noon?");
  await field.press("Enter");
  await message(alice, "lunch at noon?").locator("bdi.mention.me").waitFor();
  await until(bob, () => !document.querySelector("li.message.waiting"));
  // 4.
  await field.press("ArrowUp");
  await until(bob, () => document.querySelector("textarea")?.value.includes("noon"));
  await field.fill("lunch at one?");
  await field.press("Enter");
  await message(alice, "lunch at one?").getByText("edited").waitFor();
  // 6. before 5: what is recalled is not read.
  await message(bob, "lunch at one?").locator(".receipt").click();
  await bob.getByRole("dialog", { name: "Who has read this" }).locator("bdi", { hasText: place.ana.name }).waitFor();
  await bob.keyboard.press("Escape");
  // 5.
  await message(bob, "lunch at one?").hover();
  await message(bob, "lunch at one?").getByRole("button", { name: "More" }).click();
  await bob.getByRole("menuitem", { name: "Recall" }).click();
  await bob.getByRole("dialog").getByRole("button", { name: "Recall" }).click();
  await alice.locator("message-list").getByText(`${place.bob.name} recalled a message`).waitFor();
  // 7.
  await bob.getByRole("button", { name: "New conversation" }).first().click();
  const dialog = bob.getByRole("dialog", { name: "New conversation" });
  await dialog.getByRole("button", { name: "Group" }).click();
  await dialog.getByLabel("Name of the group").fill("Lunch");
  await dialog.getByRole("checkbox", { name: place.alice.name }).check();
  await dialog.getByRole("button", { name: "Create group" }).click();
  await bob.locator(".conversation-head", { hasText: "Lunch" }).getByText("2 members").waitFor();
  // 8.
  await bob.getByRole("button", { name: "Members" }).click();
  await bob.getByRole("button", { name: "Invite" }).click();
  const invite = bob.getByRole("dialog", { name: "Invite" });
  await invite.getByRole("checkbox", { name: place.ana.name }).check();
  await invite.getByRole("button", { name: "Invite" }).click();
  await bob.locator("conversation-members bdi", { hasText: place.ana.name }).waitFor();
  // 9.
  const lunch = await alice.locator(".conversation", { hasText: "Lunch" }).getAttribute("href");
  await caller.say(decodeURIComponent(String(lunch).split("/")[2]), { type: "card", text: "A vote", card: { card_type: "vote_interaction", task_id: "lunch", main_title: { title: "Where?" }, checkbox: { question_key: "where", mode: 0, option_list: [{ id: "in", text: "Canteen" }, { id: "out", text: "Park" }] }, submit_button: { text: "Vote", key: "vote" } } });
  await bob.getByRole("radio", { name: "Park" }).check();
  await bob.locator(".card").getByRole("button", { name: "Vote" }).click();
  await bob.getByText("You have answered.").waitFor();
});
