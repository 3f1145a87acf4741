/**
 * What the colours say: folder, year, set or how unusual a photo is.
 */
import type { MapColor } from "../../core/map/library-map.ts";
import type { MapData } from "./map-data.ts";

/** A way to colour all points: groups with a colour and a name each. */
export interface Coloring {
  /** Group of each point. */
  readonly groupOf: Uint8Array;
  readonly groups: readonly Group[];
  /** What the two ends of a scale mean; null for groups that are listed by name. */
  readonly scale: readonly [low: string, high: string] | null;
}

export interface Group {
  readonly name: string;
  /** "#rrggbb"; null for the colour of what does not stand out. */
  readonly color: string | null;
  readonly count: number;
}

/** Apart from each other, on light and on dark; as many as a map tells folders apart. */
const CATEGORIES = [
  "#4a74e0",
  "#f0a01e",
  "#e2533b",
  "#17a68b",
  "#8fbb3a",
  "#f27db2",
  "#9a5fe0",
  "#5fb4ef",
  "#a8734f",
  "#c7b21c",
  "#c23d8f",
  "#3f8f57",
] as const;
const TIMES = ["#5068d8", "#1f9fb8", "#4fae52", "#e6a31a", "#da4a32"] as const;
const UNUSUAL = ["#8d96a8", "#6f84d8", "#b062c6", "#ea4f3d"] as const;
const SCALE_STEPS = 64;

/** In the order of the legend. */
const KINDS = ["copies", "altered", "undecided", "burst", "none"] as const;

const MAKE: Readonly<Record<MapColor, (data: MapData) => Coloring>> = {
  folder: ({ folderOf, folderNames }) =>
    listed(folderOf, [
      ...folderNames.map((name, i) => ({ name, color: CATEGORIES[i % CATEGORIES.length] as string })),
      { name: "other folders", color: null },
    ]),
  year: colorByYear,
  set: ({ sets, setOf }) =>
    listed(
      Uint8Array.from(setOf, (set) => KINDS.indexOf(sets[set]?.kind ?? "none")),
      [
        { name: "copies", color: CATEGORIES[2] },
        { name: "altered", color: CATEGORIES[4] },
        { name: "undecided", color: CATEGORIES[1] },
        { name: "bursts", color: CATEGORIES[6] },
        { name: "in no set", color: null },
      ],
    ),
  outlier: colorByOutlier,
};

export function colorBy(color: MapColor, data: MapData): Coloring {
  return MAKE[color](data);
}

function colorByYear({ years }: MapData): Coloring {
  const known = [...new Set(years)].filter((year) => year > 0).sort((one, other) => one - other);
  const place = new Map(known.map((year, i) => [year, i]));
  const first = known[0] ?? 0;
  const span = Math.max(1, (known.at(-1) ?? 0) - first);
  return listed(
    Uint8Array.from(years, (year) => place.get(year) ?? known.length),
    [
      ...known.map((year) => ({ name: String(year), color: along(TIMES, known.length === 1 ? 0.5 : (year - first) / span) })),
      { name: "no date", color: null },
    ],
  );
}

/** By rank: scores crowd together, and equal steps of them would leave most of the scale to a few photos. */
function colorByOutlier({ outlierScores }: MapData): Coloring {
  const ranked = Uint32Array.from(outlierScores, (_, point) => point).sort(
    (one, other) => (outlierScores[one] as number) - (outlierScores[other] as number),
  );
  const groupOf = new Uint8Array(ranked.length);
  for (const [rank, point] of ranked.entries()) groupOf[point] = Math.floor((rank * SCALE_STEPS) / ranked.length);
  const groups = Array.from({ length: SCALE_STEPS }, (_, step) => ({
    name: "",
    color: along(UNUSUAL, (step / (SCALE_STEPS - 1)) ** 3),
    count: 0,
  }));
  return { groupOf, groups, scale: ["common", "isolated"] };
}

function listed(groupOf: Uint8Array, groups: readonly Omit<Group, "count">[]): Coloring {
  const counts = new Uint32Array(groups.length);
  for (const group of groupOf) counts[group] = (counts[group] as number) + 1;
  return { groupOf, groups: groups.map((group, i) => ({ ...group, count: counts[i] as number })), scale: null };
}

/** @param share in [0, 1] of the way along the colours */
function along(colors: readonly string[], share: number): string {
  const at = Math.min(share, 0.999_999) * (colors.length - 1);
  const from = readColor(colors[Math.floor(at)] as string);
  const to = readColor(colors[Math.floor(at) + 1] as string);
  const mixed = from.map((value, i) => Math.round(value + ((to[i] as number) - value) * (at % 1)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** @param color "#rrggbb" */
export function readColor(color: string): readonly [red: number, green: number, blue: number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** As a pixel keeps it: 0xBBGGRR. */
export function toPixel(color: string): number {
  const [red, green, blue] = readColor(color);
  return (blue << 16) | (green << 8) | red;
}
