/**
 * What a user gave for a command's options. Each has its name as the parser has it: `--dry-run` is "dryRun".
 */
import { parseNumber } from "./parse.ts";

export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export function flag(options: Options, name: string): boolean {
  return options[name] === true;
}

/** Null where it was not given. */
export function optionalText(options: Options, name: string): string | null {
  return (options[name] as string | undefined) ?? null;
}

/** Of an option that has a default or has to be given. */
export function text(options: Options, name: string): string {
  return options[name] as string;
}

/** Of an option that may be repeated. */
export function texts(options: Options, name: string): readonly string[] {
  return options[name] as readonly string[];
}

/** Null where it was not given. */
export function optionalNumber(options: Options, name: string, low: number, high: number, example = low): number | null {
  return optionalText(options, name) === null ? null : number(options, name, low, high, example);
}

/** Of an option that has a default or has to be given. @param example offered where it is none */
export function number(options: Options, name: string, low: number, high: number, example = low): number {
  return parseNumber(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, text(options, name), low, high, example);
}

/** As `number`, rounded down. */
export function wholeNumber(options: Options, name: string, low: number, high: number): number {
  return Math.floor(number(options, name, low, high));
}
