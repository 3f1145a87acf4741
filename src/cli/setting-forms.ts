/**
 * Which options can be set beforehand, by a variable or in the configuration: read off the program's own options, so that each is written
 * down once.
 */
import type { Command, Option } from "commander";

/** An option of one or several commands. */
export interface SettingForm {
  /** As it is typed, without dashes; that of `--no-look` is "look". */
  readonly name: string;
  /** `list` may be repeated; `flag-or-value` may stand alone. */
  readonly kind: "flag" | "value" | "list" | "flag-or-value";
  /** What its value is called in the help: "n", "folder"; null for a flag. */
  readonly value: string | null;
  readonly description: string;
  /** Commands that have it, by their whole name: "scan", "models pull". */
  readonly commands: readonly string[];
}

/** What has to be said each time: it destroys, it lets photos go, or it says where the others are read from. */
const NEVER_BEFOREHAND: ReadonlySet<string> = new Set(["yes", "force", "rebuild", "class", "files0-from", "config", "library", "version"]);

/** By name. */
export function settingForms(program: Command): readonly SettingForm[] {
  const forms = new Map<string, SettingForm>();
  for (const command of leavesOf(program))
    for (const option of command.options) {
      const name = settingName(option);
      if (NEVER_BEFOREHAND.has(name)) continue;
      const commands = [...(forms.get(name)?.commands ?? []), commandName(command)];
      forms.set(name, { name, kind: kindOf(option), value: valueName(option), description: option.description, commands });
    }
  return [...forms.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Commands that do something, in the order of the help: `models` only holds others. */
export function leavesOf(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

/** "models list" */
export function commandName(command: Command): string {
  const above = command.parent;
  return above === null || above.parent === null ? command.name() : `${commandName(above)} ${command.name()}`;
}

export function settingName(option: Option): string {
  return option.name().replace(/^no-/, "");
}

/** "DUPFIND_MAX_MEGAPIXELS" */
export function variableOf(name: string): string {
  return `DUPFIND_${name.replaceAll("-", "_").toUpperCase()}`;
}

/** A path that is not absolute means one beside the file that it stands in; a library may be an address instead. */
export function isPath({ value }: Pick<SettingForm, "value">): boolean {
  return value !== null && ["path", "file", "folder", "library"].includes(value);
}

export function namesFile(option: Option): boolean {
  return valueName(option) === "file";
}

function kindOf(option: Option): SettingForm["kind"] {
  if (Array.isArray(option.defaultValue)) return "list";
  if (option.required) return "value";
  return option.optional ? "flag-or-value" : "flag";
}

function valueName(option: Option): string | null {
  return /[<[]([^>\]]+)[>\]]/.exec(option.flags)?.[1] ?? null;
}
