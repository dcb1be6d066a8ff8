import assert from "node:assert/strict";
import { enter, message, scenes, until, write } from "./browser.js";
import { Caller } from "./place.js";

const test = scenes({ how: { history: 1, crowd: 3 } });

test("a group is made of people who were found by name, and they find it in their list", async ({ place, as }) => {
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  await alice.getByRole("button", { name: "New conversation" }).first().click();
  const dialog = alice.getByRole("dialog", { name: "New conversation" });
  await dialog.getByRole("button", { name: "Group" }).click();
  await dialog.getByLabel("Name of the group").fill("Translators");
  await dialog.getByRole("searchbox").fill(place.bob.name);
  await dialog.getByRole("checkbox", { name: place.bob.name }).check();
  await until(alice, () => document.querySelectorAll("dialog .accounts li").length === 1);
  await dialog.getByRole("button", { name: "Create group" }).click();
  await alice.locator(".conversation-head", { hasText: "Translators" }).getByText("2 members").waitFor();
  await write(alice, "welcome");
  await enter(bob, "Translators");
  await message(bob, "welcome").waitFor();
});

test("somebody is invited, sees what was said, leaves, and the members are told", async ({ place, as }) => {
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group("Open house", [place.bob]);
  await caller.say(id, "said before");
  const alice = await as(place.alice);
  await enter(alice, "Open house");
  await alice.getByRole("button", { name: "Members" }).click();
  await alice.getByRole("button", { name: "Invite" }).click();
  const dialog = alice.getByRole("dialog", { name: "Invite" });
  await dialog.getByRole("searchbox").fill(place.bob.name);
  await dialog.getByText("Nobody is called that, or they are here already.").waitFor();
  await dialog.getByRole("searchbox").fill(place.ana.name);
  await dialog.getByRole("checkbox", { name: place.ana.name }).check();
  await dialog.getByRole("button", { name: "Invite" }).click();
  await alice.locator("conversation-members bdi", { hasText: place.ana.name }).waitFor();
  const ana = await as(place.ana);
  await enter(ana, "Open house");
  await message(ana, "said before").waitFor();
  await ana.getByRole("button", { name: "Members" }).click();
  assert.equal(await ana.getByRole("button", { name: "Invite" }).count(), 0);
  await ana.getByRole("button", { name: "Leave the group" }).click();
  await ana.getByRole("dialog").getByRole("button", { name: "Leave the group" }).click();
  await until(ana, () => ![...document.querySelectorAll(".conversation-name")].some((name) => name.textContent?.includes("Open house")));
  await alice.locator("message-list").getByText(`${place.ana.name} left`).waitFor();
  await until(alice, () => document.querySelectorAll("conversation-members .accounts li").length === 2);
});

test("an owner removes a member, who then sees no more of the group", async ({ place, as }) => {
  const caller = await Caller.signIn(place, place.alice);
  await caller.group("Closed doors", [place.bob]);
  const alice = await as(place.alice);
  const bob = await as(place.bob);
  for (const page of [alice, bob]) await page.locator(".conversation", { hasText: "Closed doors" }).click();
  await alice.getByRole("button", { name: "Members" }).click();
  await alice.getByRole("button", { name: `Remove ${place.bob.name}` }).click();
  await alice.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await bob.getByText("There is no such conversation, or you are not in it any more.").waitFor();
  await until(alice, () => document.querySelectorAll("conversation-members .accounts li").length === 1);
});

test("who has read a message and who has not is told by name, of any message", async ({ place, as }) => {
  const caller = await Caller.signIn(place, place.alice);
  const id = await caller.group("Readers", [place.bob, place.ana]);
  const seq = await caller.say(id, "please read");
  const bob = await Caller.signIn(place, place.bob);
  await bob.call("PUT", `/conversations/${id}/position`, { seq });
  const page = await as(place.ana);
  await enter(page, "Readers");
  await message(page, "please read").hover();
  await message(page, "please read").getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Who has read this" }).click();
  const dialog = page.getByRole("dialog", { name: "Who has read this" });
  await dialog.getByRole("tab", { name: /Read \d/ }).click();
  await dialog.locator("li bdi", { hasText: place.bob.name }).waitFor();
});

test("one finds a person and writes to them; the conversation is the same for both", async ({ place, as }) => {
  const bob = await as(place.bob);
  await bob.getByRole("link", { name: "People", exact: true }).click();
  await bob.getByRole("searchbox").fill(place.ana.name);
  await bob.getByRole("button", { name: `Write to ${place.ana.name}` }).click();
  await write(bob, "just between us");
  const ana = await as(place.ana);
  await enter(ana, place.bob.name);
  await message(ana, "just between us").waitFor();
});
