/**
 * What the sidecars of keepers get from extras, and what contradicted the keeper.
 */
import { METADATA_FIELDS, type MergedMetadata, type Metadata, tellsNothing, toldFields } from "../../core/metadata/metadata.ts";
import { isoCaptureTime } from "../../core/photos/capture-time.ts";
import { plainName } from "../../core/text/plain-text.ts";
import { counted, grouped } from "../words.ts";

interface Merge extends MergedMetadata {
  readonly keeper: string;
  readonly sidecar: string;
}

const FIELD_WORDS: Readonly<Record<keyof Metadata, string>> = {
  takenAt: "capture time",
  place: "place",
  rating: "rating",
  caption: "caption",
  keywords: "keywords",
  people: "people",
  albums: "albums",
};

const SIDECARS_SHOWN = 5;
const CONFLICTS_SHOWN = 20;
/** Of a caption, which may be a page. */
const VALUE_SHOWN = 40;

export function mergeLines(merges: readonly Merge[], isDone: boolean, shown: (path: string) => string): readonly string[] {
  const written = merges.filter(({ added }) => !tellsNothing(added));
  const counts = METADATA_FIELDS.map((field) => ({ field, of: written.filter(({ added }) => toldFields(added).includes(field)).length }));
  const kinds = counts.filter(({ of }) => of > 0).map(({ field, of }) => `${FIELD_WORDS[field]} ${grouped(of)}`);
  const rest = written.length - SIDECARS_SHOWN;
  return [
    ...(written.length === 0
      ? []
      : [
          `${isDone ? "Wrote" : "Would write"} what extras tell and keepers do not into ${counted(written.length, "sidecar")}: ${kinds.join(", ")}.`,
        ]),
    ...written.slice(0, SIDECARS_SHOWN).map(
      ({ sidecar, added }) =>
        `  ${shown(sidecar)}: ${toldFields(added)
          .map((field) => FIELD_WORDS[field])
          .join(", ")}`,
    ),
    ...(rest > 0 ? [`  and ${grouped(rest)} more`] : []),
    ...conflictLines(merges, shown),
  ];
}

function conflictLines(merges: readonly Merge[], shown: (path: string) => string): readonly string[] {
  const conflicts = merges.flatMap(({ keeper, conflicts: own }) => own.map((conflict) => ({ keeper, ...conflict })));
  if (conflicts.length === 0) return [];
  const rest = conflicts.length - CONFLICTS_SHOWN;
  return [
    `Contradicted by an extra: ${counted(conflicts.length, "value")}. What stands first stays.`,
    ...conflicts
      .slice(0, CONFLICTS_SHOWN)
      .map(({ keeper, field, kept, other }) => `  ${shown(keeper)}: ${FIELD_WORDS[field]} ${shortened(kept)}, not ${shortened(other)}`),
    ...(rest > 0 ? [`  and ${grouped(rest)} more: --json has all`] : []),
  ];
}

function shortened(value: string): string {
  const characters = [...value];
  return plainName(characters.length > VALUE_SHOWN ? `${characters.slice(0, VALUE_SHOWN).join("")}…` : value);
}

export function mergeFields({ keeper, sidecar, added, conflicts }: Merge) {
  const { takenAt, place, rating, caption, keywords, people, albums } = added;
  const taken = takenAt === null ? null : isoCaptureTime(takenAt);
  return {
    keeper,
    sidecar: tellsNothing(added) ? null : sidecar,
    added: { taken, place, rating, caption, keywords, people, albums },
    conflicts: conflicts.map(({ field, kept, other }) => ({ field: field === "takenAt" ? "taken" : field, kept, other })),
  };
}
