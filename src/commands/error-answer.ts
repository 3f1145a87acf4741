/**
 * What the command line prints when a command with `--json` fails.
 */
export { type ErrorAnswer, renderJsonError } from "../render/json-answer.ts";
