/** What the tests of a file need that run at a node of their own: NODE_OF_TESTS='["../../plenary"]' node --test FILE */
import { after, before } from "node:test";
import { launch, open, resume, signedIn } from "./browser.js";
import { COMMAND, Node } from "./node.js";

/** @import {Browser, BrowserContextOptions} from "playwright-core" @import {Person} from "./place.js" */

/**
 * Starts a node and a browser before the tests of a file and ends them after.
 *
 * @param {{missing?: string | false, prepare?: () => {options?: string[], args?: string[]}}} [needs] what is missing for these tests, if anything; what the node and the browser are given besides
 */
export function atNode({ missing = false, prepare = () => ({}) } = {}) {
  const skip = COMMAND ? missing : "needs a node: NODE_OF_TESTS";
  /** @type {Node} */
  let node;
  /** @type {Browser} */
  let browser;
  before(async () => {
    if (skip) return;
    const { options, args } = prepare();
    node = new Node(options);
    browser = await launch(args);
    await node.start();
  }, { timeout: 180_000 });
  after(async () => {
    await browser?.close();
    await node?.remove();
  });
  // Also where this process is told to end: no node is left behind.
  process.once("exit", () => node?.process?.kill("SIGKILL"));
  return {
    skip,
    get node() {
      return node;
    },
    /** Another browser in which somebody is signed in. @param {Person} person @param {BrowserContextOptions} [options] */
    async as(person, options = {}) {
      const { url } = node.place;
      const page = await open(browser, { ...options, storageState: signedIn(url) });
      await resume(page, url, person);
      return page;
    },
  };
}
