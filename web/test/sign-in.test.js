import assert from "node:assert/strict";
import { eventually, scenes, signIn, until, watch } from "./browser.js";
import { Caller } from "./place.js";

const test = scenes();

test("whoever gives the wrong password is told so and can try again", async ({ place, open }) => {
  const page = await open();
  await page.goto(place.url);
  await page.getByLabel("User ID").fill(place.alice.userid);
  await page.getByLabel("Password").fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Password").fill(place.alice.password);
  await page.keyboard.press("Enter");
  await page.locator("conversation-list").waitFor();
});

test("a page that is loaded again is still signed in, and no longer after signing out", async ({ place, as }) => {
  const page = await as(place.alice);
  await page.reload();
  await page.locator("conversation-list").waitFor();
  await page.getByRole("link", { name: "Me", exact: true }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Password").waitFor();
  await page.reload();
  await page.getByLabel("Password").waitFor();
});

test("two tabs that renew the session at once stay signed in, whichever cookie came last", async ({ place, as }) => {
  const first = await as(place.alice);
  const second = watch(await first.context().newPage());
  await second.goto(place.url);
  await second.locator("conversation-list").waitFor();
  const renew = async () => (await import(/** @type {any} */ (document.querySelector("script[type=module]")).src.replace("start.js", "wiring.js"))).session.refresh();
  for (let round = 0; round < 3; round++) {
    const renewed = await Promise.all([first.evaluate(renew), second.evaluate(renew), second.evaluate(renew)]);
    assert.deepEqual(renewed, [true, true, true]);
  }
  for (const page of [first, second]) {
    await page.reload();
    await page.locator("conversation-list").waitFor();
  }
  assert.deepEqual(second.problems, []);
});

test("signing out in one tab signs out the other", async ({ place, as, mock }) => {
  const first = await as(place.alice);
  const second = watch(await first.context().newPage());
  await second.goto(place.url);
  await second.locator("conversation-list").waitFor();
  await first.goto(`${place.url}/me`);
  await first.getByRole("button", { name: "Sign out" }).click();
  await first.getByLabel("Password").waitFor();
  mock?.end("revoked");
  await second.getByLabel("Password").waitFor();
});

test("a sign-in link signs in once, and leaves no ticket in the address", async ({ place, open }) => {
  const owner = await Caller.signIn(place, place.alice);
  const { tickets } = await owner.post(`/members/${place.bob.id}/tickets`, { count: 1 });
  const page = await open();
  await page.goto(`${place.url}/#ticket=${encodeURIComponent(tickets[0])}`);
  await page.locator("conversation-list").waitFor();
  assert.ok(!page.url().includes("ticket"));
  const other = await open();
  await other.goto(`${place.url}/#ticket=${encodeURIComponent(tickets[0])}`);
  await other.getByText("This sign-in link was used already").first().waitFor();
  await other.getByLabel("Password").waitFor();
});

test("the one-use link sets up the organisation and signs its owner in", async ({ place, open, mock }) => {
  mock.faults.notSetUp = true;
  const page = await open();
  await page.goto(place.url);
  await page.getByText("This server has no organisation yet").waitFor();
  await page.goto(`${place.url}/setup#once`);
  await page.getByLabel("Organisation").fill("Assembly of towns");
  await page.getByLabel("Your name").fill("Zoë Zimmer");
  await page.getByLabel("User ID").fill("zoe");
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByText("Conversations with people and groups stand here.").waitFor();
  assert.equal(new URL(page.url()).pathname + new URL(page.url()).hash, "/");
}, { mockOnly: true });

test("the language can be chosen before signing in, and is kept", async ({ place, open }) => {
  const page = await open();
  await page.goto(place.url);
  await page.getByLabel("Language").selectOption("zh");
  await page.getByRole("button", { name: "登录" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "登录" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "zh");
});

test("a server that cannot be reached at first is tried again by a button", async ({ place, as }) => {
  const page = await as(place.alice);
  await page.route("**/api/v1/session/refresh", (route) => route.abort());
  await page.reload();
  await page.getByText("The server cannot be reached now").waitFor();
  await page.unroute("**/api/v1/session/refresh");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator("conversation-list").waitFor();
});

test("an access token that was refused is renewed without the reader noticing", async ({ place, as, mock }) => {
  const page = await as(place.alice);
  await page.getByRole("link", { name: "People" }).waitFor();
  mock.tokens.clear();
  await page.getByRole("link", { name: "People" }).click();
  await page.locator(".people li").first().waitFor();
  await eventually(() => mock.tokens.size > 0, "a new token");
}, { mockOnly: true });

test("a session that an administrator ended leads back to signing in", async ({ place, as }) => {
  const page = await as(place.bob);
  await until(page, () => !!document.querySelector(".shell"));
  const owner = await Caller.signIn(place, place.alice);
  await owner.post(`/members/${place.bob.id}/sign-out`, {});
  await page.getByLabel("Password").waitFor();
  await signIn(page, place.url, place.bob);
});
