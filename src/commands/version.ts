/**
 * `dupfind --version`.
 */
export { packageVersion } from "../io/package-info.ts";
