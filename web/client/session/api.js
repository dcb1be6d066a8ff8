/**
 * Requests to the server: with the access token, a time limit, and problems as errors. When the
 * token was refused the session is refreshed once and the request repeated.
 *
 * @import {Problem} from "../types"
 */
import { language } from "../language/language.js";

const TIMEOUT = 20_000;

/** What could not be done, as the server put it. */
export class Refused extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
    this.kind = (problem.type ?? "").split(":").at(-1) ?? "";
  }
}

/** The server could not be reached, or not in time: nothing is known of what was asked. */
export class Unreachable extends Error {}

/** @type {{token: string | null, refresh: () => Promise<boolean>}} */
export const access = { token: null, refresh: async () => false };

/** Parts of a path, each safe whatever it holds. @param {TemplateStringsArray} texts @param {...(string | number)} values */
export const path = (texts, ...values) =>
  texts.reduce((whole, text, i) => whole + encodeURIComponent(String(values[i - 1])) + text);

/**
 * @param {string} method @param {string} url below /api/v1
 * @param {object} [body]
 * @returns {Promise<any>} the answer's JSON, or null where it has none
 */
export async function call(method, url, body) {
  return contentOf(await withToken(method, url, body));
}

/** @param {string} url */
export const get = (url) => call("GET", url);
/** @param {string} url @param {object} body */
export const post = (url, body) => call("POST", url, body);

/** Asks without a token: to sign in, and to renew the session by its cookie. @param {string} url @param {object} body */
export async function postAnonymously(url, body) {
  return contentOf(await send("POST", url, body, null));
}

/** The body of an answer that is not JSON, such as a file to save. @param {string} url */
export async function download(url) {
  return (await withToken("GET", url)).blob();
}

/** @param {string} method @param {string} url @param {object} [body] */
async function withToken(method, url, body) {
  const { token } = access;
  let answer = await send(method, url, body, token);
  if (answer.status === 401 && token) {
    // Somebody may have renewed it meanwhile.
    const renewed = access.token !== token ? !!access.token : await access.refresh();
    if (renewed) answer = await send(method, url, body, access.token);
  }
  if (!answer.ok) throw new Refused(await problemOf(answer));
  return answer;
}

/** @param {Response} answer */
async function contentOf(answer) {
  if (!answer.ok) throw new Refused(await problemOf(answer));
  return answer.headers.get("content-type")?.includes("json") ? answer.json() : null;
}

/** @param {string} method @param {string} url @param {object | undefined} body @param {string | null} token */
async function send(method, url, body, token) {
  /** @type {Record<string, string>} */
  const headers = { "Accept-Language": [...new Set([language.tag, ...navigator.languages])].join() };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const text = body && JSON.stringify(body);
  try {
    return await fetch(`/api/v1${url}`, {
      method, headers, body: text, credentials: "same-origin", signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch (error) {
    throw new Unreachable(String(error));
  }
}

/** @param {Response} answer @returns {Promise<Problem>} */
async function problemOf(answer) {
  try {
    return await answer.json();
  } catch {
    return { type: "", title: answer.statusText, status: answer.status, detail: answer.statusText || String(answer.status) };
  }
}
