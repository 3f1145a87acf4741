/**
 * What a realistic library holds, written beside it as `truth.json`: for every picture its files, which of them may be kept and
 * why, and what travels with each. Paths are relative to the library, with slashes.
 *
 * Which file is right to keep: the owner's protected folder comes first. Else it is the file as the camera wrote it, or a file
 * equal to it byte for byte whose name is not a copy's ("(1)", "Kopie von"), as long as everything that travels with any copy
 * of the picture travels with that file too. Where several are left any of them is right. A copy that was saved again never
 * is, however many pixels or bytes it has, unless neither has EXIF and it was saved finer, or as PNG: nothing is lost then,
 * and nothing tells which was first. Which of two files is right that differ in their clock alone only their owner knows, so
 * both are. No picture is built of which every choice would lose something.
 *
 * A companion `holds` a film, a RAW, edits or facts (date, place, caption). It is `repeated` when the camera's own EXIF holds
 * the same: a Takeout's JSON of a photo that was re-compressed speaks for no copy, and to lose it loses nothing.
 */

/**
 * @typedef {object} Truth
 * @property {1} schemaVersion
 * @property {number} seed
 * @property {readonly string[]} folders to scan; a hidden folder among them is asked for by its name
 * @property {readonly string[]} protectedFolders
 * @property {readonly PictureTruth[]} pictures
 * @property {readonly Series[]} series pictures that resemble each other and are never copies
 * @property {readonly { readonly path: string, readonly what: string }[]} damaged files that hold no whole picture
 * @property {readonly { readonly path: string, readonly what: string }[]} passedOver pictures in hidden folders nobody
 *   asked for
 */

/**
 * @typedef {object} PictureTruth
 * @property {string} id
 * @property {string} origin how it came into the library
 * @property {string | null} taken ISO 8601, UTC
 * @property {string | null} camera
 * @property {string} source the base photo, or the number of the drawn scene
 * @property {readonly FileTruth[]} files the original first
 * @property {readonly string[]} keepers any of these is right
 * @property {string} keeperRule why
 */

/** @typedef {{ readonly path: string, readonly relation: Relation, readonly companions: readonly Companion[] }} FileTruth */
/** @typedef {{ readonly path: string, readonly holds: string, readonly repeated: boolean }} Companion */
/** @typedef {{ readonly kind: "burst" | "alike" | "screens", readonly told: string, readonly pictures: readonly string[] }} Series */

/**
 * What a file is to its picture's original.
 * @typedef {(typeof RELATIONS)[number]} Relation
 */
export const RELATIONS = /** @type {const} */ ([
  "original",
  "same bytes",
  "same bytes, copy's name",
  "same bytes, odd name",
  "same bytes, hidden folder",
  "same pixels",
  "same pixels, re-dated",
  "other format",
  "saved again",
  "smaller",
  "enlarged",
  "cropped",
  "captioned",
  "grey",
  "mirrored",
  "filtered",
  "screenshot",
  "edited in Takeout",
  "edited on the phone",
]);

/** The folder whose photos the owner wants to stay where they are. */
export const PROTECTED_FOLDER = "Wedding album";
/** A hidden folder that is scanned because it is named. */
export const HIDDEN_FOLDER = ".private";

/**
 * Which files may be kept, by the rule above.
 * @param {readonly (FileTruth & { readonly asGood: boolean })[]} files `asGood`: nothing about the file itself speaks for the
 *   original and against it
 * @returns {Pick<PictureTruth, "keepers" | "keeperRule">}
 * @throws {Error} when every choice would lose a companion
 */
export function chooseKeepers(files) {
  const shielded = files.filter(({ path }) => path.startsWith(`${PROTECTED_FOLDER}/`));
  const needed = new Set(files.flatMap(losable));
  const whole = (shielded.length > 0 ? shielded : files.filter(({ asGood }) => asGood)).filter((file) => {
    const has = new Set(losable(file));
    return [...needed].every((one) => has.has(one));
  });
  if (whole.length === 0) throw new Error(`No file of this picture may be kept: ${files.map(({ path }) => path).join(", ")}`);
  return { keepers: whole.map(({ path }) => path).sort(), keeperRule: ruleOf(shielded.length > 0, needed, whole) };
}

function losable({ companions }) {
  return companions.filter(({ repeated }) => !repeated).map(({ holds }) => holds);
}

function ruleOf(isShielded, needed, keepers) {
  if (isShielded) return "its folder is protected";
  const first = keepers[0].relation === "original" ? "as the camera wrote it" : "equal to the original";
  const others = keepers.length > 1 ? "; so are the files that are as good" : "";
  return needed.size > 0 ? `${first}, and with its ${[...needed].sort().join(" and ")}${others}` : `${first}${others}`;
}
