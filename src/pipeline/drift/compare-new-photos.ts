/**
 * The photos that came since a calibration, held against those it was made on.
 */
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import { compareScores, drawPairs, type ScoreShift } from "../../core/drift/score-shift.ts";
import { cosine } from "../../core/encoders/similarity.ts";
import type { ContentId } from "../../core/library/contents.ts";
import type { PhotoEvidence } from "../../core/pairs/labelled-pair.ts";
import { histogram } from "../../core/statistics/histogram.ts";
import { seededRandom } from "../../core/statistics/seeded-random.ts";

/** Fewer, new or calibrated on, tell nothing that chance would not. */
const PHOTOS_AT_LEAST = 50;
/** With more, chance is no longer what decides. */
const PAIRS_AT_MOST = 1_000;
const SEED = 1;

export async function compareNewPhotos(store: Pick<CalibrationStore, "comparedContents" | "photos" | "saved">): Promise<ScoreShift> {
  const calibration = await store.saved();
  if (calibration === null) return { kind: "not-calibrated" };
  const contents = await store.comparedContents();
  // Contents are numbered as they come. Where some were forgotten since, fewer than all new ones are taken for new.
  const newPhotos = Math.max(0, contents.length - calibration.library.photos);
  if (Math.min(newPhotos, calibration.library.photos) < PHOTOS_AT_LEAST) return { kind: "too-few", newPhotos };
  const isNew = contents.map((_, index) => index >= contents.length - newPhotos);
  const pairs = drawPairs(isNew, seededRandom(SEED)).slice(0, PAIRS_AT_MOST);
  const content = (index: number) => contents[index] as ContentId;
  const photos = await store.photos(new Set(pairs.flat().map(content)));
  const vector = (index: number) => (photos.get(content(index)) as PhotoEvidence).vector;
  const now = histogram(pairs.map(([one, other]) => cosine(vector(one), vector(other))));
  return { kind: "compared", newPhotos, ...compareScores(calibration.library.similarities, now) };
}
