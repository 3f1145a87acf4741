/**
 * What is set beforehand, and by what.
 */
import { renderJsonAnswer } from "./json-answer.ts";
import { printablePath } from "./words.ts";

/** One setting that holds. */
export interface SettingInForce {
  /** As the option is called. */
  readonly name: string;
  /** The one command that it holds for; null for all that have the option. */
  readonly command: string | null;
  readonly value: string | boolean | readonly string[];
  readonly origin: { readonly kind: "environment" | "library" | "file"; readonly name: string };
}

export interface ConfigurationAnswer {
  /** The file that was read; null where there is none. */
  readonly file: string | null;
  /** Where one is looked for that is not named. */
  readonly usualFile: string | null;
  /** Of the file's form, for editors. */
  readonly schema: string;
  readonly library: string | null;
  /** Profiles that the file has. */
  readonly libraries: readonly string[];
  readonly settings: readonly SettingInForce[];
  /** Names that a setting may have. */
  readonly known: readonly string[];
}

export function renderConfigurationText({ file, usualFile, schema, library, libraries, settings, known }: ConfigurationAnswer): string {
  const rows = settings.map(({ name, command, value, origin }) => [
    command === null ? name : `${command}: ${name}`,
    printablePath(typeof value === "object" ? value.join(", ") : String(value)),
    wordsOf(origin),
  ]);
  const width = (column: number) => Math.max(0, ...rows.map((row) => (row[column] as string).length));
  const lines = [
    file === null
      ? `No configuration file${usualFile === null ? "" : `; it would be ${printablePath(usualFile)}`}`
      : `Configuration ${printablePath(file)}`,
    `  schema: ${printablePath(schema)}`,
    ...(libraries.length === 0 ? [] : [`  libraries: ${libraries.join(", ")}${library === null ? "" : `; ${library} holds`}`]),
    ...rows.map(([name, value, origin]) => `  ${name?.padEnd(width(0))}  ${value?.padEnd(width(1))}  ${origin}`),
    "Everything else has its default: dupfind <command> --help shows it.",
    `Settings: ${known.join(", ")}.`,
  ];
  return `${lines.join("\n")}\n`;
}

function wordsOf({ kind, name }: SettingInForce["origin"]): string {
  return kind === "environment" ? name : kind === "library" ? `the library ${name}` : "the file";
}

export function renderConfigurationJson(answer: ConfigurationAnswer): string {
  return renderJsonAnswer("config", { ...answer });
}
