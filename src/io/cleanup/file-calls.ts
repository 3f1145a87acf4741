/**
 * The calls to the file system that a clean-up is made of: a test puts its own in their place, to fail or to be killed at any of them.
 */
import { copyFile, link, lstat, mkdir, open, readdir, readFile, realpath, rename, unlink, utimes } from "node:fs/promises";

export const FILE_CALLS = { copyFile, link, lstat, mkdir, open, readdir, readFile, realpath, rename, unlink, utimes };
export type FileCalls = typeof FILE_CALLS;
