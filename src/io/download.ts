/**
 * Fetches one pinned file: streamed to a draft beside its place, gone on with where it broke off, verified, and only then
 * renamed into place. Only user of the network, and of undici.
 */
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { Agent, type Dispatcher, EnvHttpProxyAgent, fetch, type Response } from "undici";
import type { PinnedFile } from "../core/encoder.ts";
import { UserError } from "../core/errors.ts";
import { faultOf } from "./model-store.ts";
import { errorCode } from "./system-errors.ts";

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 250;
/** What a full or guarded disk answers; trying again would not help. */
const DISK_FAULTS: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM"]);

export interface DownloadOptions {
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY are honoured, in either case. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stop: AbortSignal;
  /** Called with the bytes that came since the last call; negative when a draft was thrown away. */
  readonly onBytes: (bytes: number) => void;
}

export type Download = (url: string, file: PinnedFile, path: string) => Promise<void>;

/** One client for any number of files. */
export function createDownload({ environment, stop, onBytes }: DownloadOptions): Download {
  const dispatcher = createDispatcher(environment);
  const request = (url: string, from: number) =>
    fetch(url, { dispatcher, signal: stop, headers: from > 0 ? { range: `bytes=${from}-` } : {} });

  return async (url, file, path) => {
    const draft = `${path}.part`;
    await mkdir(dirname(path), { recursive: true });
    for (let attempt = 1; ; attempt++) {
      const fault = await fetchRest(url, file, draft, request, onBytes);
      if (fault === null) break;
      if (stop.aborted)
        throw new UserError(`Stopped before ${url} was complete`, "The same command goes on where it stopped", { cause: fault });
      if (attempt === ATTEMPTS)
        throw new UserError(
          `${url} could not be fetched (${errorCode(fault)})`,
          "Check the network, the proxy and --endpoint, then run the same command: it goes on where it stopped",
          { cause: fault },
        );
      await wait(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
    const wrong = await faultOf(draft, file);
    if (wrong !== null) {
      await rm(draft, { force: true });
      throw new UserError(
        `What ${url} sent ${wrong}`,
        "Nothing was kept. Try again, or another --endpoint; if it stays so, do not use that file",
      );
    }
    await rename(draft, path);
  };
}

function createDispatcher(environment: DownloadOptions["environment"]): Dispatcher {
  const variable = (name: string) => environment[name.toLowerCase()] ?? environment[name] ?? "";
  const [httpProxy, httpsProxy] = [variable("HTTP_PROXY"), variable("HTTPS_PROXY")];
  // undici calls its proxy agent experimental and says so on standard error: only those who need it see that.
  if (httpProxy === "" && httpsProxy === "") return new Agent();
  return new EnvHttpProxyAgent({ httpProxy, httpsProxy, noProxy: variable("NO_PROXY") });
}

/**
 * Appends what the draft lacks.
 * @returns null when the draft has all its bytes, or the passing fault that broke the connection
 * @throws {UserError} for what will not pass: a refused request, a file of another size, a full disk
 */
async function fetchRest(
  url: string,
  { bytes }: PinnedFile,
  draft: string,
  request: (url: string, from: number) => Promise<Response>,
  onBytes: (bytes: number) => void,
): Promise<unknown> {
  const have = await sizeOf(draft);
  if (have === bytes) return null;
  try {
    const response = await request(url, have < bytes ? have : 0);
    const resumed = response.status === 206 && response.headers.get("content-range")?.startsWith(`bytes ${have}-`) === true;
    if (!resumed && have > 0) onBytes(-have);
    if (response.status === 416) {
      await rm(draft, { force: true });
      return new Error("the server has no more of it");
    }
    if (response.status >= 500 || response.status === 429) return new Error(`status ${response.status}`);
    if (response.status !== 200 && !resumed) throw refusal(url, response.status);
    await append(response, draft, resumed ? have : 0, bytes, onBytes);
    return (await sizeOf(draft)) === bytes ? null : new Error("the connection ended early");
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (DISK_FAULTS.has(errorCode(error))) {
      throw new UserError(
        `${draft} cannot be written (${errorCode(error)})`,
        "Free some room or check the folder's rights, then run the same command: it goes on where it stopped",
        { cause: error },
      );
    }
    return error instanceof Error && error.cause !== undefined ? error.cause : error;
  }
}

/** @throws {UserError} as soon as more comes than is pinned: it cannot be the file, and must not fill the disk */
async function append(response: Response, draft: string, from: number, bytes: number, onBytes: (bytes: number) => void): Promise<void> {
  let size = from;
  async function* counted(body: AsyncIterable<Uint8Array>) {
    for await (const piece of body) {
      size += piece.length;
      if (size > bytes)
        throw new UserError(`${response.url} sends more than the ${bytes} bytes the lock pins`, "Nothing was kept. Try another --endpoint");
      onBytes(piece.length);
      yield piece;
    }
  }
  const body = response.body === null ? Readable.from([]) : (response.body as unknown as AsyncIterable<Uint8Array>);
  try {
    await pipeline(counted(body), createWriteStream(draft, { flags: from > 0 ? "a" : "w" }));
  } catch (error) {
    if (error instanceof UserError) await rm(draft, { force: true });
    throw error;
  }
}

function refusal(url: string, status: number): UserError {
  const what = status === 404 ? "is not there (status 404)" : `was refused (status ${status})`;
  return new UserError(`${url} ${what}`, "Check --endpoint; a mirror has to offer the same paths");
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}
