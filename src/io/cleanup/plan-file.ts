/**
 * Reads a plan from a file that anyone may have written.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { parsePlan } from "../../core/cleanup/parse-plan.ts";
import type { CleanupPlan } from "../../core/cleanup/plan.ts";
import { UserError } from "../../core/errors.ts";
import { FormFault } from "../../core/text/json-form.ts";
import { reasonOf } from "../system-errors.ts";

/** A step with long paths takes a kilobyte: as many as a library of a million photos could have. */
const LARGEST = 500_000_000;

/** @throws {UserError} where it cannot be read, or is no plan */
export function readPlan(path: string): CleanupPlan {
  const text = readText(path);
  try {
    return parsePlan(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof FormFault)) throw error;
    throw new UserError("plan-unusable", `${path} is no plan: ${error.message}`, { cause: error });
  }
}

function readText(path: string): string {
  try {
    // Without NONBLOCK, opening a pipe waits for its writer.
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(file);
      if (!stats.isFile()) throw new Error("it is not a file");
      if (stats.size > LARGEST) throw new Error(`its ${stats.size} bytes are more than the ${LARGEST} that are read`);
      return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new UserError("plan-unreadable", `The plan ${path} cannot be read (${reasonOf(error)})`, { cause: error });
  }
}
