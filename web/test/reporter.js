/** For whoever runs these tests and wants their names: one JSON object a line. */
import { inspect } from "node:util";

/** @param {AsyncIterable<any>} source */
export default async function* reporter(source) {
  for await (const { type, data } of source) {
    if (type === "test:stderr" || type === "test:stdout") yield `${JSON.stringify({ output: data.message.trimEnd() })}\n`;
    if (type !== "test:pass" && type !== "test:fail") continue;
    // A file is a test to the runner; only what went wrong in it outside its tests is news.
    const isFile = data.name.endsWith(".test.js");
    if (type === "test:pass" && (isFile || data.details.type === "suite")) continue;
    if (type === "test:fail" && data.details.error?.failureType === "subtestsFailed") continue;
    const error = type === "test:fail" ? inspect(data.details.error?.cause ?? data.details.error, { depth: 4 }) : undefined;
    yield `${JSON.stringify({ name: data.name, file: data.file, seconds: data.details.duration_ms / 1000, skipped: data.skip === undefined ? undefined : String(data.skip), error })}\n`;
  }
}
