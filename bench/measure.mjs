/**
 * Runs the built program and parts of it, takes their time, and prints ratios.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../dist/dupfind.cjs", import.meta.url));
/** Room for a report on a large library. */
const OUTPUT_AT_MOST = 1 << 30;

/**
 * @typedef {object} Run
 * @property {number} seconds wall time, start and end of the process included
 * @property {number | null} processorSeconds of all its threads together; null where the system does not tell
 * @property {string} output what it wrote to standard output
 */

/**
 * Runs `dupfind` as a user would.
 * @param {readonly string[]} args
 * @returns {Run}
 */
export function runDupfind(args) {
  return runNode([PROGRAM, ...args]);
}

/**
 * Runs `dupfind` under strace, to count what it asks of the system.
 * @param {readonly string[]} args
 * @param {string} calls comma-separated names of system calls
 * @param {string} trace file the calls are written to
 * @returns {boolean} false where there is no strace
 */
export function traceDupfind(args, calls, trace) {
  const { error } = spawnSync("strace", ["-V"], { stdio: "ignore" });
  if (error !== undefined) return false;
  // Calls handed over through a ring would not be seen.
  const environment = { ...process.env, UV_USE_IO_URING: "0" };
  run("strace", ["-f", "-qq", "-s", "4096", "-e", `trace=${calls}`, "-o", trace, process.execPath, PROGRAM, ...args], environment);
  return true;
}

/**
 * Runs one part of a benchmark in a process of its own, so that its processor time and memory are its alone.
 * @param {URL} script prints one JSON value
 * @param {readonly string[]} args
 * @returns {any} that value
 */
export function measurePart(script, args) {
  return JSON.parse(runNode([fileURLToPath(script), ...args]).output);
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Run}
 */
export function runNode(args, environment = process.env) {
  return run(process.execPath, args, environment);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Run}
 */
function run(command, args, environment) {
  const processorBefore = processorSecondsOfChildren();
  const begun = performance.now();
  const { status, signal, error, stdout } = spawnSync(command, args, {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    maxBuffer: OUTPUT_AT_MOST,
  });
  const seconds = (performance.now() - begun) / 1000;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${signal ?? status}`);
  const processorAfter = processorSecondsOfChildren();
  const processorSeconds = processorBefore === null || processorAfter === null ? null : processorAfter - processorBefore;
  return { seconds, processorSeconds, output: stdout };
}

/** Node tells the processor time of this process only; Linux also that of the children it has waited for. */
function processorSecondsOfChildren() {
  if (process.platform !== "linux") return null;
  const stat = readFileSync("/proc/self/stat", "utf8");
  // Counted from behind the program's name, which may hold blanks; in hundredths of a second.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/**
 * @param {readonly number[]} values at least one
 * @returns {number}
 */
export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @returns {number} the most memory this process has held at once, in bytes */
export function peakResidentBytes() {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // No such file but on Linux, where the figure below may be that of the parent before it started this process.
  }
  return process.resourceUsage().maxRSS * 1024;
}

/**
 * Reads a positional argument.
 * @param {number} place 0 for the first
 * @param {number} fallback
 * @param {number} least
 * @returns {number} a whole number
 */
export function numberArgument(place, fallback, least) {
  const text = process.argv[2 + place];
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`Expected a whole number from ${least}, got ${JSON.stringify(text)}`);
}

/**
 * Prints figures that are worth nothing outside their own run.
 * @param {string} text
 */
export function printRaw(text) {
  console.log(`  ${text}`);
}

/**
 * Prints the line of the benchmark.
 * @param {string} benchmark
 * @param {readonly string[]} ratios each made by `atMost`, `atLeast` or `figure`
 */
export function printRatios(benchmark, ratios) {
  console.log(`${benchmark}: ${ratios.join("; ")}`);
}

/**
 * @param {string} name
 * @param {number} ratio
 * @param {number} target
 */
export function atMost(name, ratio, target) {
  return `${name} ${ratio.toFixed(2)} (target ≤ ${target.toFixed(2)}, ${ratio <= target ? "held" : "missed"})`;
}

/**
 * @param {string} name
 * @param {number} ratio
 * @param {number} target
 */
export function atLeast(name, ratio, target) {
  return `${name} ${ratio.toFixed(2)} (target ≥ ${target.toFixed(2)}, ${ratio >= target ? "held" : "missed"})`;
}

/**
 * A ratio that has no target and explains one that has.
 * @param {string} name
 * @param {number} ratio
 */
export function figure(name, ratio) {
  return `${name} ${ratio.toFixed(2)}`;
}

/**
 * @param {readonly number[]} values
 * @returns {string} for example "1.20 1.25 1.31 s"
 */
export function secondsOf(...values) {
  return `${values.map((value) => value.toFixed(2)).join(" ")} s`;
}
