/**
 * `watch`: a scan that goes on.
 */
import type { Command } from "commander";
import type { Host } from "../commands/host.ts";
import * as optionValues from "./option-values.ts";
import { scanSettings, withFilter } from "./scan-filter.ts";
import { collect, common, commonSettings, type Finish, withModel, withReading } from "./shared-options.ts";

export function addWatchCommand(program: Command, host: Host, finish: Finish): void {
  withFilter(withReading(withModel(common(program.command("watch <path...>")))))
    .description("scan, and scan again whenever photos are added, changed or removed, until you stop it")
    .option("--exclude <glob>", "exclude matching files and folders; a glob without a slash matches any name (repeatable)", collect, [])
    .option("--follow-links", "follow symbolic links")
    .option("--one-file-system", "stay on the disk that the folder is on")
    .option("--no-look", "do not look at similar photos now; the first report does")
    .option("--quiet-time <seconds>", "wait until nothing has changed for this long", "10")
    .option("--every <minutes>", "also scan this often, for drives that tell of no changes, as network drives do (default: never)")
    .action(async (paths: string[], options: optionValues.Options) => {
      const { runWatch } = await import("../commands/watch/watch.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        paths,
        ...(await scanSettings(options)),
        quietSeconds: optionValues.number(options, "quietTime", 0.1, 3600),
        everyMinutes: optionValues.optionalNumber(options, "every", 1, 10_080),
      };
      finish(await runWatch(settings, host));
    });
}
