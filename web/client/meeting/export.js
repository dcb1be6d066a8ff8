/** The captions of a meeting as one file, however many answers of the server it takes. */
import { download, path } from "../session/api.js";
import { saveBlob } from "../shell/save.js";

const GOES_ON = /^(?:NOTE |\[)This goes on: ask again with after=(\d+)\]?\s*$/m;
const MOST_PARTS = 100;

/** @param {string} meeting @param {string} kind vtt or txt @param {string | null} language */
export async function saveCaptions(meeting, kind, language) {
  const query = language ? `language=${encodeURIComponent(language)}` : "";
  let whole = "";
  let after = "";
  for (let part = 0; part < MOST_PARTS; part++) {
    const blob = await download(`${path`/meetings/${meeting}/captions.${kind}`}?${[query, after].filter(Boolean).join("&")}`);
    const text = await blob.text();
    const next = GOES_ON.exec(text);
    whole += (part ? text.replace(/^WEBVTT\s*/, "") : text).replace(GOES_ON, "");
    if (!next) break;
    after = `after=${next[1]}`;
  }
  saveBlob(new Blob([whole], { type: kind === "vtt" ? "text/vtt" : "text/plain" }), `captions${language ? `-${language}` : ""}.${kind}`);
}
