/**
 * Where the tests take place: the mock, or a real node (PLENARY_BASE_URL and PLENARY_DEMO, the path
 * of its demo.json). Tests that ask a place for its people and make their own groups run on both.
 */
import { readFileSync } from "node:fs";
import { start } from "./server/mock.js";

/** Whether the tests run against a real node. */
export const isReal = !!process.env.PLENARY_BASE_URL;

/** @typedef {{id: string, userid: string, name: string, password: string}} Person */
/**
 * @typedef {object} Place
 * @property {string} url
 * @property {Person} alice the organisation's owner
 * @property {Person} bob
 * @property {Person} ana
 * @property {any} [mock] with its faults and seed, where it is one
 * @property {() => Promise<unknown>} leave
 */

/** @param {Parameters<typeof start>[0]} [how] @returns {Promise<Place>} */
export async function settle(how) {
  if (isReal) return real(String(process.env.PLENARY_BASE_URL), String(process.env.PLENARY_DEMO));
  const mock = await start(how);
  const { alice, bob, ana } = mock.people;
  return { url: mock.url, alice, bob, ana, mock, leave: mock.stop };
}

/** @param {string} url @param {string} demo the path of its demo.json @returns {Place} */
export function real(url, demo) {
  const { users } = JSON.parse(readFileSync(demo, "utf8"));
  const alice = users.find((/** @type {any} */ { role }) => role === "owner");
  const [bob, ana] = users.filter((/** @type {any} */ { role }) => role === "member");
  return { url: url.replace(/\/$/, ""), alice, bob, ana, leave: async () => {} };
}

/** Somebody at the public interface, without a browser. */
export class Caller {
  /** @param {string} url @param {string} token */
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  /** @param {{url: string}} place @param {Person} person */
  static async signIn({ url }, { userid, password }) {
    const anonymous = new Caller(url, "");
    const { accessToken } = await anonymous.post("/sign-in", { userid, password });
    return new Caller(url, accessToken);
  }

  /** @param {string} method @param {string} path @param {object} [body] */
  async call(method, path, body) {
    const headers = { "content-type": "application/json", ...(this.token && { authorization: `Bearer ${this.token}` }) };
    const answer = await fetch(`${this.url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** @param {string} path */
  get(path) {
    return this.call("GET", path);
  }

  /** @param {string} path @param {object} body */
  post(path, body) {
    return this.call("POST", path, body);
  }

  /** @param {string} name @param {Person[]} members @returns {Promise<string>} its id */
  async group(name, members) {
    const made = await this.post("/conversations", { ref: ref(), kind: "group", id: ref(), name, members: members.map(({ id }) => id), history: true });
    return made.id;
  }

  /** @param {string} conversation @param {string | object} what @returns {Promise<number>} its number */
  async say(conversation, what) {
    const body = typeof what === "string" ? { type: "text", text: what } : what;
    const { seq } = await this.post(`/conversations/${conversation}/messages`, { ref: ref(), body });
    return seq;
  }

  /** @param {string} conversation @returns {Promise<any[]>} */
  async entries(conversation) {
    return (await this.get(`/conversations/${conversation}/entries?limit=100`)).entries;
  }
}

let count = 0;
export const ref = () => `t${process.pid}-${Date.now().toString(36)}-${count++}`;
