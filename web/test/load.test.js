/** What becomes of a client that could not be fetched whole. */
import assert from "node:assert/strict";
import { resume, scenes, signedIn } from "./browser.js";

const scene = scenes();

for (const [what, file] of [["a part of it", /store\/outbox\.js$/], ["a place that is fetched later", /people\/me\.js$/]])
  scene(`a client of which ${what} could not be fetched is fetched again by itself`, async ({ place, open }) => {
    const page = await open({ storageState: signedIn(place.url) });
    let fetched = 0;
    await page.route(/** @type {RegExp} */ (file), (asked) => (fetched++ ? asked.continue() : asked.abort()));
    await resume(page, place.url, place.alice);
    assert.ok(fetched >= 2);
    assert.equal(await page.evaluate(() => sessionStorage.getItem("plenary.loads")), null);
  });
