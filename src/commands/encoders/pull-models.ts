/**
 * `dupfind models pull <id...>`: the one command that uses the network.
 */
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import { planPull, pullModels } from "../../engine/encoders/pull-models.ts";
import { renderPullJson } from "../../render/encoders/models.ts";
import { faultText } from "../faults.ts";
import type { Host } from "../host.ts";
import { stopCode } from "../stop-code.ts";
import { createPullDisplay } from "./pull-display.ts";
import type { PullSettings } from "./settings.ts";

export async function runModelsPull(ids: readonly string[], settings: PullSettings, host: Host): Promise<ExitCode> {
  const { endpoint, patience, quiet } = settings;
  const plan = planPull(ids, settings.models);
  const display = createPullDisplay(plan.bytes, quiet, host);
  try {
    await pullModels(plan, { endpoint, patience, environment: host.environment }, display, { signal: host.stop });
  } catch (error) {
    if (!host.stop.aborted || !(error instanceof UserError)) throw error;
    host.writeError(faultText(error));
  } finally {
    display.close();
  }
  if (host.stop.aborted) return stopCode(host.stop);
  if (settings.json) host.write(renderPullJson(plan.models.map(({ id }) => id)));
  else if (!quiet) for (const { id } of plan.models) host.write(`${id} is ready: dupfind scan <folder> --model ${id}\n`);
  return EXIT.ok;
}
