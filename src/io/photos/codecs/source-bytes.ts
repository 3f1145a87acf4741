/**
 * Parts of a picture that stands in a file or in memory.
 */
import { open } from "node:fs/promises";
import { readAt } from "../read-at.ts";
import type { PictureSource } from "./codec.ts";

/** @returns fewer bytes than asked for where the picture ends before */
export type ReadBytes = (at: number, length: number) => Promise<Buffer>;

/** @param use reads what it needs before it ends */
export async function withBytesOf<Result>(source: PictureSource, use: (read: ReadBytes, size: number) => Promise<Result>): Promise<Result> {
  if (typeof source !== "string") return use(async (at, length) => Buffer.from(source.subarray(at, at + length)), source.length);
  const file = await open(source);
  try {
    return await use((at, length) => readAt(file, at, length), (await file.stat()).size);
  } finally {
    await file.close();
  }
}
