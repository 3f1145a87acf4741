/**
 * The form of a JSON file, as functions that read its parts. Each takes what `JSON.parse` gave and returns a new value of the
 * type that it stands for, so that what was not asked for cannot come along.
 */

/** @param at where the value stands, as "encoders.tiny.files[0].path"; empty for the whole file */
export type Read<Value> = (value: unknown, at: string) => Value;

/** A value that is not what was expected; says where it stands. */
export class FormFault extends Error {
  override readonly name = "FormFault";
}

/** A value that is shown in a message is cut at this length. */
const SHOWN = 80;
const LONGEST_TEXT = 1000;
/** Control characters, those that turn a line's direction or have no width, and breaks of lines. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

function fault(at: string, expected: string, value: unknown): FormFault {
  const place = at === "" ? "it" : at;
  return new FormFault(value === undefined ? `${place} is missing` : `${place} should be ${expected}, got ${shown(value)}`);
}

/** As JSON, short, and safe on a terminal. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  const cut = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return cut.replace(new RegExp(UNSEEN, "gu"), (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** One line that a terminal shows as it is. */
export const line: Read<string> = (value, at) => {
  if (typeof value === "string" && value.length > 0 && value.length <= LONGEST_TEXT && !UNSEEN.test(value)) return value;
  throw fault(at, `one line of 1 to ${LONGEST_TEXT} characters`, value);
};

/** Text that passes the test. */
export function textOf<Text extends string>(test: (text: string) => text is Text, expected: string): Read<Text> {
  return (value, at) => {
    if (typeof value === "string" && test(value)) return value;
    throw fault(at, expected, value);
  };
}

/** Text that the pattern describes from end to end. */
export function matching(pattern: RegExp, expected: string): Read<string> {
  return textOf((text): text is string => pattern.test(text), expected);
}

export const flag: Read<boolean> = (value, at) => {
  if (typeof value === "boolean") return value;
  throw fault(at, "true or false", value);
};

export function numberFrom(low: number, high: number): Read<number> {
  return (value, at) => {
    if (typeof value === "number" && value >= low && value <= high) return value;
    throw fault(at, `a number from ${low} to ${high}`, value);
  };
}

export function wholeFrom(low: number, high: number): Read<number> {
  return (value, at) => {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= low && value <= high) return value;
    throw fault(at, `a whole number from ${low} to ${high}`, value);
  };
}

export function oneOf<const Choice extends string>(...choices: readonly Choice[]): Read<Choice> {
  return textOf((text): text is Choice => choices.some((choice) => choice === text), choices.map((choice) => `"${choice}"`).join(" or "));
}

export function orNull<Value>(read: Read<Value>): Read<Value | null> {
  return (value, at) => (value === null ? null : read(value, at));
}

/** A field that need not be there. */
export function optional<Value>(read: Read<Value>): Read<Value | undefined> {
  return (value, at) => (value === undefined ? undefined : read(value, at));
}

export function list<Value>(read: Read<Value>, low: number, high: number): Read<readonly Value[]> {
  return (value, at) => {
    if (!Array.isArray(value) || value.length < low || value.length > high) throw fault(at, `a list of ${low} to ${high}`, value);
    return value.map((item, index) => read(item, `${at}[${index}]`));
  };
}

/** An object with these fields and no other. */
export function fields<Shape extends object>(shape: { readonly [Key in keyof Shape]-?: Read<Shape[Key] | undefined> }): Read<Shape> {
  return (value, at) => {
    const given = objectAt(value, at);
    const unknown = Object.keys(given).find((key) => !Object.hasOwn(shape, key));
    if (unknown !== undefined) throw new FormFault(`${at === "" ? "it" : at} has a field ${shown(unknown)} that means nothing here`);
    const read = Object.entries<Read<unknown>>(shape).map(([key, readField]) => [
      key,
      readField(Object.hasOwn(given, key) ? given[key] : undefined, below(at, key)),
    ]);
    return Object.fromEntries(read.filter(([, field]) => field !== undefined)) as Shape;
  };
}

/** An object whose field `tag` says which form it has. */
export function tagged<Tag extends string, Kind extends string, Shape extends { readonly [Key in Tag]: Kind }>(
  tag: Tag,
  forms: { readonly [Key in Kind]: Read<Extract<Shape, { readonly [_ in Tag]: Key }>> },
): Read<Shape> {
  const readTag = oneOf<Kind>(...(Object.keys(forms) as Kind[]));
  return (value, at) => forms[readTag(objectAt(value, at)[tag], below(at, tag))](value, at);
}

/** An object as a list of its names and values. */
export function entriesOf<Name extends string, Value>(name: Read<Name>, read: Read<Value>): Read<readonly (readonly [Name, Value])[]> {
  return (value, at) =>
    Object.entries(objectAt(value, at)).map(([key, item]) => [name(key, `a name in ${at}`), read(item, below(at, key))] as const);
}

function below(at: string, key: string): string {
  return at === "" ? key : `${at}.${key}`;
}

function objectAt(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw fault(at, "an object", value);
}
