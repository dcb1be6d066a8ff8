import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../client/css/tokens.css", import.meta.url), "utf8");
const GROUNDS = ["canvas", "surface", "raised", "sunken", "hover", "selected", "bubble", "own", "mention"];

/** @type {Record<string, {light: string, dark: string}>} */
const roles = Object.fromEntries(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(([, role, light, dark]) => [role, { light, dark }]),
);

/** Relative luminance (WCAG 2.2). @param {string} hex */
function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} one @param {string} other */
function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

/** @param {string} role @param {readonly string[]} grounds @param {number} least */
function stands(role, grounds, least) {
  for (const scheme of /** @type {const} */ (["light", "dark"])) {
    for (const ground of grounds) {
      const ratio = contrast(roles[role][scheme], roles[ground][scheme]);
      assert.ok(ratio >= least, `${role} on ${ground}, ${scheme}: ${ratio.toFixed(2)} < ${least}`);
    }
  }
}

test("text of every kind stands out by 4.5 to 1 on each of the nine grounds, light and dark", () => {
  for (const role of ["text", "text-2", "link", "danger"]) stands(role, GROUNDS, 4.5);
  stands("on-accent", ["accent"], 4.5);
  stands("on-danger", ["danger"], 4.5);
});

test("edges of controls, bars and the focus ring stand out by 3 to 1", () => {
  stands("control", GROUNDS, 3);
  stands("focus", GROUNDS, 3);
  stands("accent", GROUNDS, 3);
  stands("bar", ["surface", "raised", "sunken"], 3);
});

test("letters stand out by 4.5 to 1 on every avatar", () => {
  const grounds = [...css.matchAll(/--ground-\d: (#\w+)/g)].map(([, hex]) => hex);
  assert.equal(grounds.length, 8);
  for (const ground of grounds) assert.ok(contrast("#FFFFFF", ground) >= 4.5, ground);
});
