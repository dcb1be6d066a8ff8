/** Serves the client as the node does: one page with its import map, files under the digest of all of them. */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const client = join(here, "../../client");
const modules = join(here, "../node_modules");
const VENDORS = { lit: "lit", "lit-html": "lit-html", "lit-element": "lit-element", "@lit/reactive-element": "@lit/reactive-element" };
const ENTRY = { lit: "index.js", "lit-html": "lit-html.js", "lit-element": "index.js", "@lit/reactive-element": "reactive-element.js" };
const TYPES = { js: "text/javascript", css: "text/css", json: "application/json", svg: "image/svg+xml", html: "text/html", webmanifest: "application/manifest+json" };

/** @type {Map<string, Buffer>} */
const files = new Map();
for (const name of readdirSync(client, { recursive: true, encoding: "utf8" })) {
  if (/\.(js|css|json|svg|webmanifest)$/.test(name)) files.set(name, readFileSync(join(client, name)));
}

const digest = createHash("sha256").update([...files.values()].join("")).digest("base64url").slice(0, 16);
export const base = `/v/${digest}`;
const imports = Object.fromEntries([
  ...Object.keys(VENDORS).flatMap((name) => [[name, `${base}/vendor/${name}/${ENTRY[/** @type {"lit"} */ (name)]}`], [`${name}/`, `${base}/vendor/${name}/`]]),
  ["marked", `${base}/vendor/marked/lib/marked.esm.js`],
]);
const importMap = JSON.stringify({ imports });

export const policy = [
  "default-src 'none'", `script-src 'self' 'sha256-${createHash("sha256").update(importMap).digest("base64")}'`, "style-src 'self'", "img-src 'self' blob:",
  "media-src 'self' blob:", "connect-src 'self'", "worker-src 'self'", "manifest-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'",
  "require-trusted-types-for 'script'", "trusted-types lit-html plenary",
].join("; ");

const index = readFileSync(join(client, "index.html"), "utf8").replaceAll("{base}", base).replace("{importmap}", importMap).replace("{preloads}", "");

/** @param {string} path @returns {{type: string, body: Buffer | string, headers: Record<string, string>} | null} */
export function page(path) {
  const secure = { "content-security-policy": policy, "x-content-type-options": "nosniff", "permissions-policy": "camera=(), microphone=(self)" };
  const of = (/** @type {string} */ name, /** @type {Buffer | string} */ body, /** @type {string} */ cache) => ({
    type: TYPES[/** @type {"js"} */ (name.split(".").at(-1) ?? "")], body, headers: { ...secure, "cache-control": cache },
  });
  if (path.startsWith(`${base}/vendor/`)) {
    const name = posix.normalize(path.slice(base.length + 8));
    return of(name, readFileSync(join(modules, name)), "public, max-age=31536000, immutable");
  }
  const file = files.get(path.startsWith(`${base}/`) ? path.slice(base.length + 1) : path.slice(1));
  if (file && (path.startsWith(base) || /^\/(sw\.js|manifest\.webmanifest|icons\/)/.test(path))) return of(path, file, "no-cache");
  if (path.startsWith("/v/") || path.startsWith("/api/")) return null;
  return of("index.html", index, "no-store");
}
