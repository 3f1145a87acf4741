/**
 * `dupfind config`: what is set beforehand, and by what.
 */
import { EXIT, type ExitCode } from "../core/errors.ts";
import { packageFile } from "../io/package-files.ts";
import { type ConfigurationAnswer, renderConfigurationJson, renderConfigurationText } from "../render/configuration.ts";
import { usualPath } from "./configuration-file.ts";
import type { Host } from "./host.ts";

export type { SettingInForce } from "../render/configuration.ts";
export type ConfigurationRead = Omit<ConfigurationAnswer, "usualFile" | "schema">;

export async function runConfig(read: ConfigurationRead, { json }: { readonly json: boolean }, host: Host): Promise<ExitCode> {
  const schema = packageFile("docs/reference/config.schema.json");
  const answer: ConfigurationAnswer = { ...read, usualFile: await usualPath(), schema };
  host.write(json ? renderConfigurationJson(answer) : renderConfigurationText(answer));
  return EXIT.ok;
}
