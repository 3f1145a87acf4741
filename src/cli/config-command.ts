/**
 * `config` and `doctor`: what is set beforehand, and whether this machine has what dupfind needs.
 */
import type { Command } from "commander";
import type { SettingInForce } from "../commands/config.ts";
import type { Host } from "../commands/host.ts";
import { isServerAddress, withoutPassword } from "../core/library/server-address.ts";
import type { SettingValue } from "./configuration.ts";
import * as optionValues from "./option-values.ts";
import type { SettingForm } from "./setting-forms.ts";
import { readSettings, type SettingsInForce } from "./settings-in-force.ts";
import { common, commonSettings, type Finish } from "./shared-options.ts";

export function addConfigCommand(program: Command, host: Host, finish: Finish): void {
  common(program.command("config"))
    .description("show the settings of the configuration file and of variables, and which of them apply")
    .action(async (options: optionValues.Options, command: Command) => {
      const { runConfig } = await import("../commands/config.ts");
      const settings = await readSettings(command, host);
      const { file, library, libraries, forms } = settings;
      const known = forms.map(({ name }) => name);
      const answer = { file, library, libraries, known, settings: inForce(settings) };
      finish(await runConfig(answer, { json: optionValues.flag(options, "json") }, host));
    });
}

export function addDoctorCommand(program: Command, host: Host, finish: Finish): void {
  common(program.command("doctor"))
    .description("check this machine: Node, native parts, encoder, library, trash, free space; says how to fix each fault")
    .action(async (options: optionValues.Options) => {
      const { runDoctor } = await import("../commands/doctor/doctor.ts");
      finish(await runDoctor({ ...(await commonSettings(options, host)), dataHome: host.environment["XDG_DATA_HOME"] || null }, host));
    });
}

/** The address of a library may hold a password. */
function shown(value: SettingValue): SettingValue {
  return typeof value === "string" && isServerAddress(value) ? withoutPassword(value) : value;
}

/** What holds for all commands, and what holds for one where that differs. */
function inForce({ forms, settingOf }: SettingsInForce): readonly SettingInForce[] {
  const entry = (form: SettingForm, command: string | null): readonly SettingInForce[] => {
    const found = settingOf(form, command);
    return found === null ? [] : [{ name: form.name, command, ...found, value: shown(found.value) }];
  };
  return forms.flatMap((form) => {
    const forAll = entry(form, null);
    const own = form.commands.flatMap((command) => entry(form, command)).filter(({ value }) => value !== forAll[0]?.value);
    return [...forAll, ...own];
  });
}
