/**
 * The configuration file: its form, checked once against the options that there are.
 */
import { usageFault } from "../commands/faults.ts";
import { nearestName } from "../core/text/edit-distance.ts";
import type { SettingForm } from "./setting-forms.ts";

export type SettingValue = string | boolean | readonly string[];

/** Settings for all commands, and for one alone. */
export interface SettingGroup {
  /** By the option's name. */
  readonly all: ReadonlyMap<string, SettingValue>;
  /** By command, then by the option's name. */
  readonly commands: ReadonlyMap<string, ReadonlyMap<string, SettingValue>>;
}

export interface Configuration extends SettingGroup {
  /** By name. */
  readonly libraries: ReadonlyMap<string, SettingGroup>;
}

/**
 * @param text of the file
 * @param file as messages name it
 * @throws {UserError} where it is no JSON, or holds a name that is no option's or a value that it does not take
 */
export function parseConfiguration(text: string, file: string, forms: readonly SettingForm[]): Configuration {
  const { $schema: _, libraries = {}, ...rest } = requireObject(parseJson(text, file), file);
  const named = Object.entries(requireObject(libraries, `"libraries" in ${file}`)).map(([name, group]) => {
    const where = `the library ${JSON.stringify(name)} in ${file}`;
    return [name, parseGroup(requireObject(group, where), where, forms, [])] as const;
  });
  return { ...parseGroup(rest, file, forms, ["libraries"]), libraries: new Map(named) };
}

function parseGroup(
  document: Readonly<Record<string, unknown>>,
  where: string,
  forms: readonly SettingForm[],
  others: readonly string[],
): SettingGroup {
  const commands = new Set(forms.flatMap((form) => form.commands));
  const all = new Map<string, SettingValue>();
  const byCommand = new Map<string, ReadonlyMap<string, SettingValue>>();
  for (const [key, value] of Object.entries(document)) {
    if (commands.has(key)) {
      const own = forms.filter((form) => form.commands.includes(key));
      const inside = `${JSON.stringify(key)} of ${where}`;
      const settings = Object.entries(requireObject(value, inside)).map(
        ([name, set]) => [name, parseValue(name, set, inside, own)] as const,
      );
      byCommand.set(key, new Map(settings));
    } else all.set(key, parseValue(key, value, where, forms, [...commands, ...others]));
  }
  return { all, commands: byCommand };
}

function parseValue(
  key: string,
  value: unknown,
  where: string,
  forms: readonly SettingForm[],
  others: readonly string[] = [],
): SettingValue {
  const form = forms.find(({ name }) => name === key);
  if (form === undefined) {
    const nearest = nearestName(key, [...forms.map(({ name }) => name), ...others]);
    throw usageFault(
      `${JSON.stringify(key)} in ${where} is no setting`,
      `Did you mean ${JSON.stringify(nearest)}? dupfind config lists them`,
    );
  }
  const parsed = readValue(form, value);
  if (parsed !== null) return parsed;
  throw usageFault(`${JSON.stringify(key)} in ${where} takes ${TAKES[form.kind]}, got ${JSON.stringify(value)}`, "Correct the file");
}

const TAKES: Readonly<Record<SettingForm["kind"], string>> = {
  flag: "true or false",
  value: "a text or a number",
  list: "a text or a list of texts",
  "flag-or-value": "true, a text or a number",
};

/** Null for a value that the option does not take. */
function readValue({ kind }: SettingForm, value: unknown): SettingValue | null {
  const text = typeof value === "number" || typeof value === "string" ? String(value) : null;
  if (kind === "value") return text;
  if (kind === "list") return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : text === null ? null : [text];
  if (typeof value === "boolean") return value;
  return kind === "flag-or-value" ? text : null;
}

/**
 * What a variable says: a flag is 1 or 0, true or false; a list may be written as in JSON.
 * @throws {UserError} naming the variable
 */
export function readVariable(variable: string, text: string, { kind }: SettingForm): SettingValue {
  if (kind === "list") return text.startsWith("[") ? requireTexts(variable, text) : [text];
  const flag = /^(?:1|true|yes)$/i.test(text) ? true : /^(?:0|false|no)$/i.test(text) ? false : null;
  if (kind === "value" || (kind === "flag-or-value" && (flag === null || /^\d$/.test(text)))) return text;
  if (flag === null) throw usageFault(`${variable} takes true or false, got ${JSON.stringify(text)}`, `Unset it, or set ${variable}=true`);
  return flag;
}

function requireTexts(variable: string, text: string): readonly string[] {
  const list = parseJson(text, variable);
  if (Array.isArray(list) && list.every((one) => typeof one === "string")) return list;
  throw usageFault(`${variable} takes a text or a list of texts, got ${text}`, `For example ${variable}='["one","two"]'`);
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw usageFault(`${where} is no JSON (${(error as Error).message})`, "Correct it, or move it away");
  }
}

function requireObject(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw usageFault(
    `${where[0]?.toUpperCase()}${where.slice(1)} is no object in braces`,
    "docs/reference/config.schema.json describes the form",
  );
}
