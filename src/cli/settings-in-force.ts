/**
 * What is set beforehand, and by what: a variable goes before the profile of a library, that before the rest of the file. What the command
 * line says goes before all of them.
 */
import type { Command } from "commander";
import { usageFault } from "../commands/faults.ts";
import type { Host } from "../commands/host.ts";
import { isServerAddress } from "../core/library/server-address.ts";
import { nearestName } from "../core/text/edit-distance.ts";
import { type Configuration, parseConfiguration, readVariable, type SettingGroup, type SettingValue } from "./configuration.ts";
import { commandName, isPath, namesFile, type SettingForm, settingForms, settingName, variableOf } from "./setting-forms.ts";

/** Of these only what is said at the highest place counts: `--json` undoes a format that the file chooses. */
const ONE_OF: readonly (readonly string[])[] = [
  ["json", "format", "null"],
  ["threshold", "precision"],
  ["pairs", "synthetic"],
];

/** Where a setting comes from. */
export interface Origin {
  readonly kind: "environment" | "library" | "file";
  /** The variable, the profile's name, or the file. */
  readonly name: string;
}

/** One place that settings come from, for one command. */
interface Level {
  readonly origin: (form: SettingForm) => Origin;
  readonly settingOf: (form: SettingForm) => SettingValue | undefined;
}

export interface SettingsInForce {
  /** The configuration file; null where there is none. */
  readonly file: string | null;
  /** Profiles that it has. */
  readonly libraries: readonly string[];
  /** The profile that holds; null for none. */
  readonly library: string | null;
  readonly forms: readonly SettingForm[];
  /** What holds of an option for a command; null where nothing is set beforehand. @param command null for what holds for all */
  readonly settingOf: (form: SettingForm, command: string | null) => { readonly value: SettingValue; readonly origin: Origin } | null;
  /** Places in the order in which they hold. */
  readonly levels: (command: string | null) => readonly Level[];
}

/** @param command whose `--config` and `--library` are heeded */
export async function readSettings(command: Command, host: Host): Promise<SettingsInForce> {
  const forms = settingForms(rootOf(command));
  const { config, library: named } = command.opts() as { readonly config?: string; readonly library?: string };
  const { readConfigurationFile } = await import("../commands/configuration-file.ts");
  const found = await readConfigurationFile(config ?? (host.environment["DUPFIND_CONFIG"] || null), host);
  const configuration = found === null ? NOTHING : withPaths(parseConfiguration(found.text, found.path, forms), found.absolute, forms);
  const library = named ?? (host.environment["DUPFIND_LIBRARY"] || null);
  const profile = library === null ? null : requireProfile(configuration, library, found?.path ?? null);
  const variables = readVariables(forms, host);
  const levels = (name: string | null): readonly Level[] => [
    { origin: ({ name }) => ({ kind: "environment", name: variableOf(name) }), settingOf: ({ name }) => variables.get(name) },
    ...(profile === null ? [] : levelsOfGroup(profile, name, { kind: "library", name: library as string })),
    ...levelsOfGroup(configuration, name, { kind: "file", name: found?.path ?? "" }),
  ];
  return {
    file: found?.path ?? null,
    libraries: [...configuration.libraries.keys()],
    library,
    forms,
    levels,
    settingOf: (form, name) => {
      const level = levels(name).find((one) => one.settingOf(form) !== undefined);
      const value = level?.settingOf(form);
      return level === undefined || value === undefined ? null : { value, origin: level.origin(form) };
    },
  };
}

/**
 * Fills in what the command line leaves open.
 * @returns where each option came from that was filled in, by its name
 */
export async function applySettings(command: Command, host: Host): Promise<ReadonlyMap<string, Origin>> {
  const { levels, forms, file } = await readSettings(command, host);
  const isOpen = (name: string) => [undefined, "default"].includes(command.getOptionValueSource(attributeOf(command, name) ?? ""));
  const said = new Set(command.options.map(settingName).filter((name) => !isOpen(name)));
  const origins = new Map<string, Origin>();
  for (const level of levels(commandName(command))) {
    const before = new Set(said);
    for (const form of forms) {
      const attribute = attributeOf(command, form.name);
      const value = attribute === null ? undefined : level.settingOf(form);
      const isSaid = before.has(form.name) || ONE_OF.some((group) => group.includes(form.name) && group.some((name) => before.has(name)));
      if (attribute === null || value === undefined || isSaid) continue;
      command.setOptionValueWithSource(attribute, value, "config");
      said.add(form.name);
      origins.set(form.name, level.origin(form));
    }
  }
  const { requireApart } = await import("../commands/files-read.ts");
  const { written, read } = filesNamed(command);
  requireApart(written, file === null ? read : [...read, { file, option: null }], host);
  return origins;
}

/** Options that name a file to write; all others that name a file name one to read. */
const WRITTEN: ReadonlySet<string> = new Set(["output", "plan"]);

function filesNamed(command: Command) {
  const named = command.options.flatMap((option) => {
    const value: unknown = command.getOptionValue(option.attributeName());
    const typed = option.short ?? option.long ?? null;
    return namesFile(option) && typeof value === "string" ? [{ file: value, option: typed, name: settingName(option) }] : [];
  });
  return { written: named.filter(({ name }) => WRITTEN.has(name)), read: named.filter(({ name }) => !WRITTEN.has(name)) };
}

const NOTHING: Configuration = { all: new Map(), commands: new Map(), libraries: new Map() };

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent);
}

function attributeOf(command: Command, name: string): string | null {
  return command.options.find((option) => settingName(option) === name)?.attributeName() ?? null;
}

function readVariables(forms: readonly SettingForm[], { environment }: Host): ReadonlyMap<string, SettingValue> {
  const values = new Map<string, SettingValue>();
  for (const form of forms) {
    const variable = variableOf(form.name);
    const text = environment[variable];
    // An empty variable is how scripts unset one.
    if (text !== undefined && text !== "") values.set(form.name, readVariable(variable, text, form));
  }
  return values;
}

function levelsOfGroup({ all, commands }: SettingGroup, command: string | null, from: Origin): readonly Level[] {
  const own = command === null ? undefined : commands.get(command);
  return [own, all].flatMap((settings) =>
    settings === undefined ? [] : [{ origin: () => from, settingOf: ({ name }) => settings.get(name) }],
  );
}

function requireProfile({ libraries }: Configuration, name: string, file: string | null): SettingGroup {
  const profile = libraries.get(name);
  if (profile !== undefined) return profile;
  const nearest = nearestName(name, [...libraries.keys()]);
  throw usageFault(
    `There is no library ${JSON.stringify(name)} in ${file ?? "the configuration, since there is no file"}`,
    nearest === null ? 'Add it under "libraries", or name a library\'s file with --db' : `Did you mean --library ${nearest}?`,
  );
}

/** Paths in a file mean what lies beside it, wherever dupfind is run. */
function withPaths(configuration: Configuration, absolute: (path: string) => string, forms: readonly SettingForm[]): Configuration {
  const paths = new Set(forms.filter(isPath).map(({ name }) => name));
  const settings = (map: ReadonlyMap<string, SettingValue>) =>
    new Map([...map].map(([name, value]) => [name, paths.has(name) && typeof value !== "boolean" ? resolved(value) : value] as const));
  const resolvedOne = (value: string) => (isServerAddress(value) ? value : absolute(value));
  const resolved = (value: string | readonly string[]) => (typeof value === "string" ? resolvedOne(value) : value.map(resolvedOne));
  const group = ({ all, commands }: SettingGroup): SettingGroup => ({
    all: settings(all),
    commands: new Map([...commands].map(([name, own]) => [name, settings(own)])),
  });
  return { ...group(configuration), libraries: new Map([...configuration.libraries].map(([name, own]) => [name, group(own)])) };
}
