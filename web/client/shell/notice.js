/** Short notices at the foot of the page: what could not be done, and why. */
import { Refused } from "../session/api.js";
import { t } from "../language/language.js";
import { announce } from "./announcer.js";

const STANDS = 6000;

/** @param {string} text */
export function notice(text) {
  const place = document.getElementById("notices");
  if (!place) return;
  const line = document.createElement("p");
  line.textContent = text;
  place.append(line);
  announce(text);
  setTimeout(() => line.remove(), STANDS);
}

/** In words for the reader. @param {unknown} error */
export function reason(error) {
  if (error instanceof Refused) {
    if (error.kind === "too-many") return t("error.too-many", { count: error.problem.retryAfter ?? 60 });
    return error.message;
  }
  return t("error.unreachable");
}

/** Does something and says so if it fails. @template T @param {Promise<T>} doing @returns {Promise<T | undefined>} */
export async function attempt(doing) {
  try {
    return await doing;
  } catch (error) {
    notice(reason(error));
    return undefined;
  }
}
