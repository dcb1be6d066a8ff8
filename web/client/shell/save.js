/** Saves files. */
import { download } from "../session/api.js";

/** What the server answers. @param {string} url below /api/v1 @param {string} name of the file */
export const save = async (url, name) => saveBlob(await download(url), name);

/** @param {Blob} blob @param {string} name */
export function saveBlob(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
