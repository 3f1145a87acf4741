#!/usr/bin/env node
/**
 * The command `dupfind`: sizes Node's thread pool, then loads the program. A CommonJS file, since Node reads the size when the pool is
 * first used, and it uses the pool to load the first ECMAScript module: set there, it would have four threads on any machine.
 *
 * Photos are decoded on the pool, one on each processor; as many more threads as a scan reads photos ahead wait for storage.
 */
const { availableParallelism } = require("node:os") as typeof import("node:os");

/** `PHOTOS_READ_AHEAD` of `core/defaults.ts`, which cannot be loaded yet. */
const READING_THREADS = 16;

process.env["UV_THREADPOOL_SIZE"] ??= String(availableParallelism() + READING_THREADS);
void import("./bin.js");
