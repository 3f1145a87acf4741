/**
 * Runs the command line as a user does, inside this process and with its streams caught.
 */
import { main } from "../src/cli.ts";
import type { Host } from "../src/commands/host.ts";
import type { ExitCode } from "../src/core/errors.ts";

export interface Run {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export async function dupfind(
  args: readonly string[],
  options: {
    readonly stop?: AbortSignal;
    readonly workingFolder?: string;
    readonly isOutputTerminal?: boolean;
    readonly environment?: Host["environment"];
    readonly input?: string;
  } = {},
): Promise<Run> {
  let stdout = "";
  let stderr = "";
  const write = (output: string | Uint8Array) => {
    stdout += typeof output === "string" ? output : Buffer.from(output).toString("latin1");
  };
  const code = await main(args, {
    write,
    writeExact: write,
    settle: async () => ({ kind: "taken" }),
    writeError: (text) => {
      stderr += text;
    },
    isOutputTerminal: options.isOutputTerminal ?? false,
    isTerminal: false,
    workingFolder: options.workingFolder ?? process.cwd(),
    environment: options.environment ?? {},
    listenToKeys: (take) => {
      take(null);
      return () => {};
    },
    readInput: async () => options.input ?? "",
    stop: options.stop ?? new AbortController().signal,
  });
  return { code, stdout, stderr };
}

/** The run's answer as JSON; throws with what it said when it did not end well. */
export async function dupfindJson<Answer>(args: readonly string[]): Promise<Answer> {
  const run = await dupfind([...args, "--json"]);
  if (run.code !== 0) throw new Error(`dupfind ${args.join(" ")} ended with ${run.code}: ${run.stderr}`);
  return JSON.parse(run.stdout) as Answer;
}

/** As `docs/reference/json/report.schema.json` describes it, as far as tests look. */
export interface ReportJson {
  readonly photos: number;
  readonly bursts: number;
  readonly sets: readonly {
    readonly kind: "copies" | "altered" | "undecided" | "burst";
    readonly lowestSimilarity: number;
    readonly reclaimableBytes: number;
    readonly keeper: { readonly path: string; readonly companions: readonly string[]; readonly reason: { readonly rule: string } };
    readonly extras: readonly {
      readonly path: string;
      readonly similarity: number;
      readonly class: string;
      readonly companions: readonly string[];
      readonly parted: readonly string[];
    }[];
  }[];
  readonly skipped: readonly { readonly path: string; readonly reason: string; readonly detail: string }[];
}

export interface ScanJson {
  readonly found: number;
  readonly unchanged: number;
  readonly known: number;
  readonly embedded: number;
  readonly skipped: number;
  readonly missing: number;
  readonly finished: boolean;
  readonly compared: boolean;
  readonly excluded: Readonly<Record<string, number>>;
}
