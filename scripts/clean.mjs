// Empties dist/, so that a file removed from src/ never ships from an earlier build.
import { rmSync } from "node:fs";

rmSync(new URL("../dist", import.meta.url), { recursive: true, force: true });
