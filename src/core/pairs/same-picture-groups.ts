/**
 * Photos that a person called the same, by way of others too, are one picture: many copies of one are not many witnesses.
 */
import type { PhotoPath } from "../units.ts";
import type { LabelledPair } from "./labelled-pair.ts";

/** @returns for each photo of the labels the first one of its picture */
export function samePictureGroups(labels: readonly Pick<LabelledPair, "a" | "b" | "same">[]): ReadonlyMap<PhotoPath, PhotoPath> {
  const towards = new Map(labels.flatMap(({ a, b }) => [a, b]).map((path) => [path, path]));
  const first = (path: PhotoPath): PhotoPath => {
    let end = path;
    for (let next = towards.get(end); next !== undefined && next !== end; next = towards.get(end)) end = next;
    // Shortens the way for whoever asks next.
    for (let step = path; step !== end; ) {
      const next = towards.get(step) as PhotoPath;
      towards.set(step, end);
      step = next;
    }
    return end;
  };
  for (const { a, b, same } of labels) if (same) towards.set(first(b), first(a));
  return new Map([...towards.keys()].map((path) => [path, first(path)]));
}
