/**
 * What a scan was asked for: the options that narrow it, from text to a filter, and those that a scan and a watch share.
 */
import type { Command } from "commander";
import { usageFault } from "../commands/faults.ts";
import type { ScanFilter } from "../core/library/scan-filter.ts";
import * as optionValues from "./option-values.ts";
import { collect, model, reading } from "./shared-options.ts";

export function withFilter(command: Command): Command {
  return command
    .option("--include <glob>", "only files that match; a glob without a slash matches any name (repeatable)", collect, [])
    .option("--ext <list>", "only files that end in these, for example jpg,heic (repeatable)", collect, [])
    .option("--min-size <size>", "only files of this size or more, for example 100kB")
    .option("--max-size <size>", "only files of this size or less, for example 50MB")
    .option("--newer <when>", "only files modified since a date, a date and time, or an age: 2024-07-01, 2024-07-01T18:30, 30d")
    .option("--older <when>", "only files modified before a moment, given as for --newer");
}

function scanFilter(options: optionValues.Options): ScanFilter {
  const now = new Date();
  const bytes = (name: "minSize" | "maxSize", option: string) => {
    const text = optionValues.optionalText(options, name);
    return text === null ? null : parseSize(option, text);
  };
  const moment = (name: "newer" | "older") => {
    const text = optionValues.optionalText(options, name);
    return text === null ? null : parseMoment(`--${name}`, text, now);
  };
  return {
    include: optionValues.texts(options, "include"),
    extensions: optionValues.texts(options, "ext").flatMap(parseExtensions),
    minBytes: bytes("minSize", "--min-size"),
    maxBytes: bytes("maxSize", "--max-size"),
    newerMs: moment("newer"),
    olderMs: moment("older"),
  };
}

/** @throws {UserError} where it is none: "*.jpg" would match nothing in silence */
export function parseExtensions(text: string): readonly string[] {
  return text.split(",").map((part) => {
    const extension = part.trim().toLowerCase().replace(/^\./, "");
    if (/^[^\s./\\*?]+$/.test(extension)) return extension;
    throw usageFault(`--ext takes endings of names, got ${JSON.stringify(part)}`, "For example --ext jpg,heic");
  });
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

/** What `scan` and `watch` have in common, but for the paths. */
export async function scanSettings(options: optionValues.Options) {
  return {
    filter: scanFilter(options),
    oneFileSystem: optionValues.flag(options, "oneFileSystem"),
    model: model(options),
    exclude: optionValues.texts(options, "exclude"),
    followLinks: optionValues.flag(options, "followLinks"),
    looking: optionValues.flag(options, "look"),
    ...(await reading(options)),
  };
}

/** Bytes: "2500", "100 kB", "1.5M"; "KiB" and the like are of 1024. @throws {UserError} naming the option */
export function parseSize(option: string, text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([kmgt]?i?)b?$/i.exec(text.trim()) ?? [];
  const factor = UNITS[unit?.toLowerCase() ?? "none"];
  if (number !== undefined && factor !== undefined) return Math.round(Number(number) * factor);
  throw usageFault(`${option} takes a size, got ${JSON.stringify(text)}`, `For example ${option} 500kB, or 20MB`);
}

const HOUR_MS = 3_600_000;
const AGES: Readonly<Record<string, number>> = { h: HOUR_MS, d: 24 * HOUR_MS, w: 7 * 24 * HOUR_MS };
/** A day begins where the user is: an ISO date alone would be taken for one in Greenwich. */
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/**
 * Milliseconds since 1970 of a local date, a local date and time, or an age in hours, days or weeks.
 * @throws {UserError} naming the option
 */
export function parseMoment(option: string, text: string, now: Date): number {
  const [, age, unit] = /^(\d+)([hdw])$/.exec(text.trim()) ?? [];
  if (age !== undefined && unit !== undefined) return now.getTime() - Number(age) * (AGES[unit] as number);
  const [, ...parts] = MOMENT.exec(text.trim()) ?? [];
  const [year = Number.NaN, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
  const date = new Date(year, month - 1, day, hour, minute, second);
  // 31 April would be taken for 1 May.
  if (date.getMonth() === month - 1 && date.getDate() === day && hour < 24 && minute < 60 && second < 60) return date.getTime();
  throw usageFault(
    `${option} takes a date, a date and time, or an age, got ${JSON.stringify(text)}`,
    `For example ${option} 2024-07-01, ${option} 2024-07-01T18:30, or ${option} 30d`,
  );
}
