/** A node in a process of its own, as `plenary start --demo` runs it, that can be killed and started again. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { real } from "./place.js";

/** How to run one: the command and what stands before `start`, as a JSON array in NODE_OF_TESTS. @type {string[] | null} */
export const COMMAND = process.env.NODE_OF_TESTS ? JSON.parse(process.env.NODE_OF_TESTS) : null;
const PATIENCE = 120_000;

export class Node {
  data = mkdtempSync(join(tmpdir(), "plenary-browser-"));
  port = 0;
  said = "";
  /** @type {import("node:child_process").ChildProcess | null} */
  process = null;

  /** @param {string[]} [options] besides those of the demonstration */
  constructor(options = []) {
    this.options = options;
  }

  async start() {
    this.port ||= await freePort();
    const [program, ...before] = COMMAND ?? [];
    // What begins with PLENARY_ is a setting to a node.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PLENARY_")));
    const child = spawn(program, [...before, "start", "--demo", "--port", `${this.port}`, "--data", this.data, ...this.options], { stdio: ["ignore", "pipe", "pipe"], env });
    this.process = child;
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (/** @type {Buffer} */ text) => (this.said += text));
    const end = Date.now() + PATIENCE;
    while (!(await this.#isReady())) {
      if (child.exitCode !== null || Date.now() > end) throw new Error(`The node did not start:\n${this.said}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #isReady() {
    try {
      return (await fetch(`http://127.0.0.1:${this.port}/health/ready`)).ok && this.said.includes("Ctrl-C stops it.");
    } catch {
      return false;
    }
  }

  /** At once, by SIGKILL. */
  async kill() {
    const child = this.process;
    this.process = null;
    this.said = "";
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  async remove() {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }

  get place() {
    return real(`http://127.0.0.1:${this.port}`, join(this.data, "demo.json"));
  }
}

/** @returns {Promise<number>} */
const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    server.close(() => resolve(port));
  });
});
