/**
 * How long `dupfind --help` takes, beside a bare `node -e 0`.
 *
 *     node bench/startup.mjs
 */
import { atMost, figure, median, printRatios, printRaw, runDupfind, runNode } from "./measure.mjs";

const RUNS = 15;
const TARGET_SECONDS = 0.15;

const help = [];
const bare = [];
for (let run = 0; run < RUNS; run++) {
  help.push(runDupfind(["--help"]).seconds);
  bare.push(runNode(["-e", "0"]).seconds);
}

const milliseconds = (values) => `${Math.round(median(values) * 1000)} ms (${Math.round(Math.min(...values) * 1000)} at best)`;
printRaw(`dupfind --help ${milliseconds(help)}, node -e 0 ${milliseconds(bare)}, medians of ${RUNS}`);
printRatios("startup", [
  atMost("dupfind --help / 150 ms", median(help) / TARGET_SECONDS, 1),
  figure("/ node -e 0", median(help) / median(bare)),
]);
