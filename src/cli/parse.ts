/**
 * Values of options, from text to checked values.
 */

import { usageFault } from "../commands/faults.ts";
import { EXTRA_CLASSES, type ExtraClass } from "../core/duplicates/classes.ts";
import type { KeeperRule } from "../core/duplicates/keeper.ts";
import { RULE_NAMES, type RuleName } from "../core/duplicates/merits.ts";

/**
 * A whole or broken number within bounds.
 * @param example one that the command takes whatever the library is like
 * @throws {UserError} naming the option
 */
export function parseNumber(option: string, text: string, low: number, high: number, example = low): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= low && value <= high) return value;
  throw usageFault(`${option} takes a number from ${low} to ${high}, got ${JSON.stringify(text)}`, `For example ${option} ${example}`);
}

/** @throws {UserError} naming the option and its choices */
export function parseChoice<Choice extends string>(option: string, text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === text);
  if (choice !== undefined) return choice;
  throw usageFault(`${option} takes ${choices.join(", ")}, got ${JSON.stringify(text)}`, `For example ${option} ${choices[0]}`);
}

/**
 * Keeper rules in the order given, the default ones that were not named behind them.
 * @param text "folder:/photos/originals,resolution,age"
 * @param resolveFolder makes a folder absolute
 */
export function parseKeeperRules(text: string, resolveFolder: (folder: string) => string): readonly KeeperRule[] {
  const given =
    text === ""
      ? []
      : text.split(",").map((part): KeeperRule => {
          const [name, folder] = splitOnce(part.trim(), ":");
          if (name === "folder" && folder !== "") return { rule: "folder", folder: resolveFolder(folder) };
          if (isRuleName(part.trim())) return { rule: part.trim() as RuleName };
          throw usageFault(
            `--keep takes folder:<path>, ${RULE_NAMES.join(", ")}, in the order you want, got ${JSON.stringify(part.trim())}`,
            "For example --keep companions,resolution",
          );
        });
  const named = new Set<RuleName | "folder">(given.map(({ rule }) => rule));
  return [...given, ...RULE_NAMES.filter((rule) => !named.has(rule)).map((rule) => ({ rule }))];
}

/**
 * @param text "same-bytes,same-pixels"; null where it was not given
 * @returns null for all classes
 */
export function parseClasses(text: string | null): readonly ExtraClass[] | null {
  return text === null ? null : text.split(",").map((name) => parseChoice("--only", name.trim(), EXTRA_CLASSES));
}

/** @param text "last"; null where it was not given */
export function parseSince(text: string | null): boolean {
  return text !== null && parseChoice("--since", text, ["last"]) === "last";
}

function isRuleName(text: string): text is RuleName {
  return RULE_NAMES.some((name) => name === text);
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}
