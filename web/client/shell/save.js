/** Saves what the server answers as a file. */
import { download } from "../session/api.js";

/** @param {string} url below /api/v1 @param {string} name of the file */
export async function save(url, name) {
  const address = URL.createObjectURL(await download(url));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
