/**
 * Which JSON record belongs to which photo in an export of Google Photos. A record has the photo's name and ".json" behind it, or
 * ".supplemental-metadata.json" since 2024. Without ".json" it has at most 46 characters, and what is longer is cut off. Two
 * photos of one name get a number: the second IMG_1.JPG is IMG_1(1).JPG, and its record is IMG_1.JPG(1).json or
 * IMG_1.JPG.supplemental-metadata(1).json. An edited photo goes by the record of what it was made of.
 */
import { extension, fileName, folderOf, folderPrefix, stem } from "../paths.ts";
import { editedFrom } from "./copy-names.ts";

const RECORD_NAME_AT_MOST = 46;
const RECORD_ENDING = ".supplemental-metadata";

/** A name and the number that tells it from others of that name; empty for none. */
interface Numbered {
  readonly name: string;
  readonly number: string;
}

/** Where `recordKeysOf` looks a record up: by its own name, and by the photo's stem that stands in it. */
export function keysOfRecord(record: string): readonly string[] {
  const folder = folderPrefix(folderOf(record));
  const { name, number } = numberBehind(stem(record));
  const shot = photoStemIn(name);
  return [`${folder}${name}|${number}`, ...(shot === null ? [] : [`${folder}${shot}|${number}|stem`])];
}

/** Keys of the records that may be the photo's. */
export function recordKeysOf(photo: string): readonly string[] {
  const folder = folderPrefix(folderOf(photo));
  const { name: shot, number } = numberBehind(stem(photo));
  const ending = fileName(photo).slice(stem(photo).length);
  const names: readonly Numbered[] = [{ name: fileName(photo), number: "" }, ...(number === "" ? [] : [{ name: shot + ending, number }])];
  const original = editedFrom(shot);
  return [
    ...names.flatMap(recordNames).map(({ name, number: counted }) => `${folder}${name}|${counted}`),
    ...(original === null ? [] : [`${folder}${original}|${number}|stem`]),
  ];
}

function recordNames({ name, number }: Numbered): readonly Numbered[] {
  const whole = name + RECORD_ENDING;
  // Whether the number counts among the characters is not the same in all exports.
  const limits = [RECORD_NAME_AT_MOST, RECORD_NAME_AT_MOST - number.length];
  const cuts = limits.filter((limit) => limit < name.length);
  const lengths = [...cuts, ...Array.from({ length: RECORD_ENDING.length + 1 }, (_, cut) => name.length + cut)];
  return [...new Set(lengths)].map((length) => ({ name: whole.slice(0, length), number }));
}

/** "IMG_1" of "IMG_1.JPG" and of "IMG_1.JPG.supplemental-me"; null where the photo's extension was cut off. */
function photoStemIn(record: string): string | null {
  const photo = extension(record) !== "" && RECORD_ENDING.startsWith(`.${extension(record)}`) ? stem(record) : record;
  return extension(photo) === "" ? null : stem(photo);
}

function numberBehind(name: string): Numbered {
  const [, before, number] = /^(.+)(\(\d+\))$/.exec(name) ?? [];
  return before === undefined || number === undefined ? { name, number: "" } : { name: before, number };
}
