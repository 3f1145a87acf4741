/**
 * strace, for what only the system sees of a program: whom it reaches, and what is on the disk when.
 */
import { spawnSync } from "node:child_process";
import { describe } from "vitest";

const HAS_STRACE = spawnSync("strace", ["-V"], { stdio: "ignore" }).error === undefined;

/** Names why tests that need it did not run. */
export const UNDER_STRACE = `under strace${HAS_STRACE ? "" : ", which is not here"}`;

/** Without strace there is nothing to look at; where CI runs, it has to be there. */
export const describeTraced = HAS_STRACE || process.env["CI"] === "true" ? describe : describe.skip;
