/**
 * Fetches one pinned file: streamed to a draft beside its place, gone on with where it broke off, verified, and only then
 * renamed into place. A server may be silent, slow, or send anything for as long as it likes: all of it is bounded.
 */
import { constants, lstatSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { PinnedFile } from "../../core/encoders/encoder.ts";
import { UserError } from "../../core/errors.ts";
import { errorCode } from "../system-errors.ts";
import { createHttpClient, type HttpClient, type Response } from "./http-client.ts";
import { onDisk, onDiskAsync } from "./model-folder.ts";
import { faultOf } from "./pinned-file.ts";
import { watchPace } from "./watch-pace.ts";

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 250;
/** Between all attempts, in seconds. */
const PAUSES = (FIRST_PAUSE_MS * (2 ** (ATTEMPTS - 1) - 1)) / 1000;

export interface DownloadLimits {
  /** A connection that brings nothing for so long is given up, in seconds. */
  readonly patience: number;
  /** And one that brings less than this over that time, in bytes per second. */
  readonly slowest: number;
  /** A file takes no longer than at this pace, apart from waiting for each attempt, in bytes per second. */
  readonly slowestOverall: number;
}

export interface DownloadOptions {
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY are honoured, in either case. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly limits: DownloadLimits;
  readonly stop: AbortSignal;
  /** Called with bytes that came. */
  readonly onBytes: (bytes: number) => void;
  /** Called with bytes of a draft that lay here already; negative when a draft was thrown away. */
  readonly onKept: (bytes: number) => void;
  /** Called before another attempt. */
  readonly onRetry: (what: string) => void;
}

export interface Downloads {
  /** @throws {UserError} when the file cannot be had, naming its address, or cannot be written */
  fetch(url: string, file: PinnedFile, path: string): Promise<void>;
  /** Drops every connection. */
  close(): Promise<void>;
}

/** One client for any number of files. */
export function createDownloads(options: DownloadOptions): Downloads {
  const client = createHttpClient(options.environment, options.limits.patience);
  return { fetch: (url, file, path) => fetchFile(url, file, path, client, options), close: () => client.close() };
}

async function fetchFile(url: string, file: PinnedFile, path: string, client: HttpClient, options: DownloadOptions): Promise<void> {
  const { stop, limits, onKept, onRetry } = options;
  const draft = `${path}.part`;
  const seconds = Math.ceil(ATTEMPTS * limits.patience + PAUSES + file.bytes / limits.slowestOverall);
  const deadline = AbortSignal.timeout(seconds * 1000);
  onKept(await usableBytes(draft));
  for (let attempt = 1; ; attempt++) {
    const fault = await fetchRest(url, file, draft, client, AbortSignal.any([stop, deadline]), options);
    if (fault === null) break;
    if (stop.aborted) throw new UserError("download-stopped", `Stopped before ${url} was complete`, { cause: fault });
    const why = deadline.aborted ? `not complete after ${seconds} seconds` : errorCode(fault);
    if (attempt === ATTEMPTS || deadline.aborted) {
      throw new UserError("download-failed", `${url} could not be downloaded (${why})`, { cause: fault });
    }
    onRetry(`${url}: ${why}; trying again, ${attempt + 1} of ${ATTEMPTS}`);
    await wait(FIRST_PAUSE_MS * 2 ** (attempt - 1), undefined, { signal: stop }).catch(() => {});
  }
  const wrong = await faultOf(draft, file);
  if (wrong !== null) {
    await onDiskAsync(draft, () => rm(draft, { force: true }));
    throw new UserError("download-not-pinned", `The file from ${url} ${wrong}`);
  }
  await onDiskAsync(path, () => rename(draft, path));
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
  client: HttpClient,
  stop: AbortSignal,
  { limits, onBytes, onKept }: DownloadOptions,
): Promise<unknown> {
  const have = await usableBytes(draft);
  if (have === bytes) return null;
  const throwAway = async () => {
    await onDiskAsync(draft, () => rm(draft, { force: true }));
    onKept(-have);
  };
  const pace = watchPace(limits.patience, limits.slowest);
  try {
    if (have > bytes) await throwAway();
    const from = have < bytes ? have : 0;
    const response = await client.get(url, from, AbortSignal.any([stop, pace.signal]));
    const part = response.status === 206;
    const resumed = part && response.headers.get("content-range")?.startsWith(`bytes ${from}-`) === true;
    if (response.status === 416 || (part && !resumed)) {
      if (from > 0) await throwAway();
      return new Error("the server sent a different part than requested");
    }
    if (response.status >= 500 || response.status === 429) return new Error(`status ${response.status}`);
    if (response.status !== 200 && !part) throw refusal(url, response.status);
    if (!resumed && from > 0) await throwAway();
    const begin = resumed ? from : 0;
    requireLength(url, response, begin, bytes);
    await append(url, response, draft, begin, bytes, (count) => {
      pace.note(count);
      onBytes(count);
    });
    return (await usableBytes(draft)) === bytes ? null : new Error("the connection ended early");
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (pace.signal.aborted) return pace.signal.reason;
    return error instanceof Error && error.cause !== undefined ? error.cause : error;
  } finally {
    pace.end();
  }
}

/** Before anything is kept; what is packed for the way has another length than the file. */
function requireLength(url: string, response: Response, begin: number, bytes: number): void {
  const length = response.headers.get("content-length");
  if (length === null || response.headers.has("content-encoding") || Number(length) + begin === bytes) return;
  if (Number(length) + begin > bytes) throw sendsMore(url, bytes);
  throw new UserError("download-wrong-length", `${url} has ${Number(length) + begin} bytes, the lock pins ${bytes}`);
}

/** @throws {UserError} as soon as more comes than is pinned: it cannot be the file, and must not fill the disk */
async function append(
  url: string,
  response: Response,
  draft: string,
  begin: number,
  bytes: number,
  onBytes: (count: number) => void,
): Promise<void> {
  const mode = begin > 0 ? constants.O_APPEND : constants.O_TRUNC;
  const flags = constants.O_WRONLY | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | mode;
  const handle = await onDiskAsync(draft, () => open(draft, flags, 0o666));
  let size = begin;
  try {
    for await (const piece of response.body ?? []) {
      size += piece.length;
      if (size > bytes) break;
      await onDiskAsync(draft, () => handle.writeFile(piece));
      onBytes(piece.length);
    }
  } finally {
    await onDiskAsync(draft, () => handle.close());
  }
  if (size <= bytes) return;
  await onDiskAsync(draft, () => rm(draft, { force: true }));
  throw sendsMore(url, bytes);
}

function sendsMore(url: string, bytes: number): UserError {
  return new UserError("download-wrong-length", `${url} sends more than the ${bytes} bytes the lock pins`);
}

function refusal(url: string, status: number): UserError {
  const what = status === 404 ? "is not there (status 404)" : `was refused (status ${status})`;
  return new UserError("download-refused", `${url} ${what}`);
}

/** Of the draft; a link or anything else in its place is removed first. */
async function usableBytes(draft: string): Promise<number> {
  const status = onDisk(draft, () => lstatSync(draft, { throwIfNoEntry: false }));
  if (status?.isFile() === true) return status.size;
  if (status !== undefined) await onDiskAsync(draft, () => rm(draft));
  return 0;
}
