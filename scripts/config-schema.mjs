/**
 * The JSON Schema of dupfind.config.json, from the settings that there are.
 */
import { commandName, leavesOf, settingForms } from "../dist/cli/setting-forms.js";

const TYPES = {
  flag: { type: "boolean" },
  value: { type: ["string", "number"] },
  list: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
  "flag-or-value": { type: ["boolean", "string", "number"] },
};

/** @param program with all its commands */
export function configSchema(program) {
  const forms = settingForms(program);
  const refsTo = (some) => Object.fromEntries(some.map(({ name }) => [name, { $ref: `#/$defs/${name}` }]));
  const commands = leavesOf(program)
    .filter(({ options }) => options.length > 0)
    .map((command) => {
      const name = commandName(command);
      const own = forms.filter((form) => form.commands.includes(name));
      return [name, { type: "object", description: `for dupfind ${name} alone`, additionalProperties: false, properties: refsTo(own) }];
    });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "dupfind.config.json",
    description: "Settings for all commands that have the option, for one command alone, and for libraries by name.",
    type: "object",
    $ref: "#/$defs/all settings",
    unevaluatedProperties: false,
    properties: {
      $schema: { type: "string" },
      libraries: {
        type: "object",
        description: "by the name that --library takes",
        additionalProperties: { type: "object", $ref: "#/$defs/all settings", unevaluatedProperties: false },
      },
    },
    $defs: {
      "all settings": { type: "object", properties: { ...refsTo(forms), ...Object.fromEntries(commands) } },
      ...Object.fromEntries(
        forms.map(({ name, kind, description, commands: users }) => [name, { ...TYPES[kind], description: told(description, users) }]),
      ),
    },
  };
}

function told(description, commands) {
  return commands.length > 3 ? description : `${description} (${commands.join(", ")})`;
}
