/**
 * What each command was asked to do: complete and checked once, at the edge, and read-only from there on.
 */
import type { Linkage } from "./clustering.ts";
import { UserError } from "./errors.ts";
import { type KeeperRule, RULE_NAMES, type RuleName } from "./keeper.ts";

/** The outside world as `bin.ts` gives it; nothing else touches the process. */
export interface Host {
  /** For people, and JSON: made plain on the way, see `core/plain-text.ts`. */
  readonly write: (text: string) => void;
  /** For programs that read bytes: nothing in it is changed. */
  readonly writeExact: (output: string | Uint8Array) => void;
  readonly writeError: (text: string) => void;
  /** Waits until all that was written to the stream so far is taken, or known to be lost. */
  readonly settle: (stream: OutputStream) => Promise<Delivery>;
  /** True when standard error is a terminal: only there a progress bar is drawn. */
  readonly isTerminal: boolean;
  readonly workingFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Version of Node that runs this. */
  readonly nodeVersion: string;
  /**
   * Hands on every key as it is pressed on standard input, or its characters where that is no terminal; null at its end.
   * @returns ends the listening
   */
  readonly listenToKeys: (take: (key: string | null) => void) => () => void;
  /** Fires at the first of these signals, with its name as the reason. */
  readonly stop: AbortSignal;
}

export type StopReason = "SIGINT" | "SIGTERM" | "SIGHUP";

export type OutputStream = "output" | "errors";

/** What became of written text: taken, unread because its reader went away, or refused by the system, with its word ("ENOSPC"). */
export type Delivery = { readonly kind: "taken" | "unread" } | { readonly kind: "refused"; readonly code: string };
/** The cap on what is decoded, where nothing else is asked for. */
export const DEFAULT_MAX_MEGAPIXELS = 250;

export interface CommonSettings {
  /** Path of the library's database. */
  readonly library: string;
  readonly models: ModelSettings;
  readonly quiet: boolean;
  readonly json: boolean;
  /** Exit with 3 when some photos were not compared. */
  readonly strict: boolean;
}

/** Where models are pinned and kept. */
export interface ModelSettings {
  /** Folder of models that were pulled or imported. */
  readonly folder: string;
  /** A lock with encoders of the user's own beside the package's; null for none. */
  readonly lock: string | null;
}

export type ModelsSettings = Pick<CommonSettings, "models" | "quiet" | "json">;

export interface PullSettings extends ModelsSettings {
  /** Mirror to fetch from; null for where the models are published. */
  readonly endpoint: string | null;
  /** Seconds without progress after which a connection is given up. */
  readonly patience: number;
}

export interface ReindexSettings extends CommonSettings {
  readonly model: string;
  /** Forget the vectors that the encoder made before. */
  readonly anew: boolean;
  readonly maxMegapixels: number;
  readonly threads: number;
}

export const EMBED_FORMATS = ["jsonl", "npy"] as const;
export type EmbedFormat = (typeof EMBED_FORMATS)[number];

export interface EmbedSettings extends CommonSettings {
  readonly photos: readonly string[];
  readonly model: string;
  readonly format: EmbedFormat;
  readonly maxMegapixels: number;
  readonly threads: number;
}

export interface ScanSettings extends CommonSettings {
  readonly folders: readonly string[];
  /** Null for the library's own. */
  readonly model: string | null;
  readonly exclude: readonly string[];
  readonly followLinks: boolean;
  readonly maxMegapixels: number;
  readonly threads: number;
}

export const REPORT_FORMATS = ["text", "json", "csv", "paths"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportSettings extends CommonSettings {
  /** Empty for the whole library. */
  readonly folders: readonly string[];
  /** Null for the library's own. */
  readonly model: string | null;
  /** Null for the calibrated one, or else the encoder's own. */
  readonly threshold: number | null;
  /** Precision the threshold shall promise; null for the one it was calibrated for. */
  readonly precision: number | null;
  readonly format: ReportFormat;
  /** Null for standard output. */
  readonly output: string | null;
  readonly linkage: Linkage;
  readonly rules: readonly KeeperRule[];
  readonly protectedFolders: readonly string[];
  readonly across: boolean;
  readonly bursts: boolean;
  readonly failOnDuplicates: boolean;
  readonly threads: number;
}

export interface PruneSettings extends CommonSettings {
  readonly dryRun: boolean;
  readonly force: boolean;
}

/**
 * A whole or broken number within bounds.
 * @throws {UserError} naming the option
 */
export function parseNumber(option: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= low && value <= high) return value;
  throw new UserError(`${option} takes a number from ${low} to ${high}, got ${JSON.stringify(text)}`, `For example ${option} ${low}`);
}

/** @throws {UserError} naming the option and its choices */
export function parseChoice<Choice extends string>(option: string, text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === text);
  if (choice !== undefined) return choice;
  throw new UserError(`${option} takes ${choices.join(", ")}, got ${JSON.stringify(text)}`, `For example ${option} ${choices[0]}`);
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
          throw new UserError(
            `--keep takes folder:<path> and ${RULE_NAMES.join(", ")}, in the order you want, got ${JSON.stringify(part.trim())}`,
            "For example --keep folder:/photos/originals,resolution",
          );
        });
  const named = new Set<RuleName | "folder">(given.map(({ rule }) => rule));
  return [...given, ...RULE_NAMES.filter((rule) => !named.has(rule)).map((rule) => ({ rule }))];
}

function isRuleName(text: string): text is RuleName {
  return RULE_NAMES.some((name) => name === text);
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}
