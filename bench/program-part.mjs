/**
 * One run of the program inside this process, so that its memory can be told: part of `search.mjs` and `growth.mjs`.
 */
import { main } from "../dist/cli.js";
import { peakResidentBytes } from "./measure.mjs";

let output = "";
const write = (text) => {
  output += text;
};
const code = await main(process.argv.slice(2), {
  write,
  writeExact: write,
  settle: async () => ({ kind: "taken" }),
  writeError: (text) => void process.stderr.write(text),
  isTerminal: false,
  workingFolder: process.cwd(),
  environment: process.env,
  stop: new AbortController().signal,
});
if (code !== 0) throw new Error(`Expected 0, got ${code}`);
console.log(JSON.stringify({ peakBytes: peakResidentBytes(), output }));
