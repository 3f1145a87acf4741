/**
 * The form of an answer, for every command that has several: `--format`, `--json` and `-0` name one, or else the output's name does. Two
 * that name different ones contradict each other, and none of them is quietly taken for the meant one.
 */
import { usageFault } from "../commands/faults.ts";
import { extension } from "../core/paths.ts";
import * as optionValues from "./option-values.ts";
import { parseChoice } from "./parse.ts";

/** The forms that one command's answer has. */
export interface AnswerForms<Form extends string> {
  /** What `--format` takes; the first is the default. */
  readonly formats: readonly Form[];
  /** What `--json` stands for. */
  readonly json: Form;
  /** What `-0` stands for: `paths`, each ended by NUL, since names can hold every other byte. */
  readonly nul?: Form;
}

/** What names a form, and the form that it names. */
interface Naming<Form> {
  readonly by: string;
  readonly form: Form;
}

/** Forms that the ends of names ask for. */
const FORM_OF_ENDING: Readonly<Record<string, string>> = { txt: "text", json: "json", csv: "csv", html: "html", htm: "html" };

/** @throws {UserError} where two name different forms, or the output's name asks for one that the answer has not */
export function answerForm<Form extends string>(options: optionValues.Options, { formats, json, nul }: AnswerForms<Form>): Form {
  const format = optionValues.optionalText(options, "format");
  const named: readonly Naming<Form>[] = [
    ...(nul !== undefined && optionValues.flag(options, "null") ? [{ by: "-0", form: nul }] : []),
    ...(format === null ? [] : [{ by: `--format ${format}`, form: parseChoice("--format", format, formats) }]),
    ...(optionValues.flag(options, "json") ? [{ by: "--json", form: json }] : []),
  ];
  const output = optionValues.optionalText(options, "output");
  const byName = output === null ? null : formOfName(output, formats, named.length > 0);
  const [first, ...others] = byName === null ? named : [...named, byName];
  if (first === undefined) return formats[0] as Form;
  for (const other of others) {
    // How the paths are ended that `--format paths` asks for is no other form.
    if (other.form === first.form || (first.form === nul && other.form === "paths")) continue;
    throw usageFault(`${first.by} and ${other.by} contradict each other`, "Leave one of the two out");
  }
  return first.form;
}

/**
 * Where a command writes what has one form only.
 * @throws {UserError} where the name asks for another
 */
export function outputOf(options: optionValues.Options, form: "csv" | "html"): string | null {
  const output = optionValues.optionalText(options, "output");
  if (output !== null) formOfName(output, [form], true);
  return output;
}

/** Null for a name that asks for none: without an ending that is known, or a .txt, which anything named can be written to. */
function formOfName<Form extends string>(output: string, formats: readonly Form[], isNamed: boolean): Naming<Form> | null {
  const wanted = FORM_OF_ENDING[extension(output)];
  if (wanted === undefined || (wanted === "text" && isNamed)) return null;
  const form = formats.find((one) => one === wanted);
  if (form !== undefined) return { by: `-o ${output}`, form };
  const endings = Object.keys(FORM_OF_ENDING).filter((ending) => formats.some((one) => one === FORM_OF_ENDING[ending]));
  throw usageFault(`-o ${output} asks for ${wanted}, which is no form of this answer`, `Name a file that ends in .${endings.join(", .")}`);
}
