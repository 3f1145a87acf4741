/**
 * Whatever fails, and whenever the process is killed: no content is lost, and what was done can be taken back. Random plans over generated
 * trees, on the real file system, with a disk that fails or is killed at a random call.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { runsOf } from "../../../src/core/cleanup/journal.ts";
import { ACTIONS, type PlanStep } from "../../../src/core/cleanup/plan.ts";
import { fileName } from "../../../src/core/paths.ts";
import type { PhotoPath } from "../../../src/core/units.ts";
import { seededRandom } from "../../seeded-random.ts";
import { CleanUpWorld, type Trouble } from "./clean-up-world.ts";

const RUNS = 1_200;

/** A sidecar as programs write it. */
const sidecar = (keyword: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag><rdf:li>${keyword}</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>`;
const record = (caption: string) => JSON.stringify({ description: caption, photoTakenTime: { timestamp: "1553166262" } });

function generate(world: CleanUpWorld, random: () => number): readonly PlanStep[] {
  const below = (limit: number) => Math.floor(random() * limit);
  const steps: PlanStep[] = [];
  for (let set = 1; set <= 1 + below(3); set++) {
    const keeper = `photos/${set}/keeper.jpg`;
    world.write(keeper, `picture ${set}`, 1_400_000_000 + below(1e6));
    if (random() < 0.5) world.write(keeper.replace(".jpg", random() < 0.5 ? ".xmp" : ".jpg.xmp"), sidecar(`keeper ${set}`));
    for (let extra = 1; extra <= 1 + below(3); extra++) {
      const name = `photos/${set}/copy-${extra}`;
      const isEqual = random() < 0.6;
      world.write(`${name}.jpg`, isEqual ? `picture ${set}` : `picture ${set}, again ${extra}`, 1_400_000_000 + below(1e6));
      const companions = ["xmp", "MOV", "jpg.json"].filter(() => random() < 0.4).map((end) => `${name}.${end}`);
      const text = { xmp: sidecar(name), MOV: `${name} of ${set}`, json: record(name) };
      for (const companion of companions)
        world.write(companion, random() < 0.1 ? "" : text[companion.slice(companion.lastIndexOf(".") + 1) as keyof typeof text]);
      const action = isEqual ? (ACTIONS[below(3)] as (typeof ACTIONS)[number]) : below(2) === 0 ? "trash" : "move";
      const going = action === "hardlink" ? [] : companions.map((companion) => world.companion(companion));
      steps.push(world.step(keeper, `${name}.jpg`, action, { set, companions: going, mergeMetadata: random() < 0.6 }));
    }
  }
  return steps;
}

function trouble(random: () => number): Trouble | null {
  if (random() < 0.1) return null;
  const code = random() < 0.6 ? "killed" : ((["ENOSPC", "EIO", "EACCES"] as const)[Math.floor(random() * 3)] as "EIO");
  return { at: 1 + Math.floor(random() ** 2 * 250), code };
}

describe("a clean-up in which anything fails", () => {
  test("loses no content, and is taken back byte for byte", { timeout: 600_000 }, async () => {
    let [killed, failed, merged] = [0, 0, 0];
    for (let seed = 1; seed <= RUNS; seed++) {
      const random = seededRandom(seed);
      const world = new CleanUpWorld(seed % 5 === 0);
      const withoutLinks = seed % 3 === 0 && seed % 5 !== 0;
      try {
        const steps = generate(world, random);
        const before = world.files();
        const contents = world.contents();
        const expectAll = (when: string) => {
          const now = world.contents();
          expect(
            [...contents].filter((content) => !now.has(content)),
            `seed ${seed}, ${when}`,
          ).toEqual([]);
        };
        for (const turn of random() < 0.3 ? [1, 2] : [1]) {
          const run = await world.apply(steps, trouble(random), withoutLinks);
          if (run === "killed") killed++;
          else if (run.left.length > 0) failed++;
          if (run !== "killed" && run.merges.length > 0) merged++;
          expectAll(`apply ${turn}`);
        }
        for (let turn = 1; turn <= 2; turn++) {
          if (runsOf(world.journal.entries).length > 0) await world.undo(null, trouble(random), withoutLinks);
          expectAll(`undo ${turn}`);
        }
        for (const { run } of [...runsOf(world.journal.entries)].reverse()) {
          const undone = await world.undo(run, null, withoutLinks);
          expect(undone, `seed ${seed}`).toMatchObject({ notBack: [], fault: null });
        }
        expect(world.files(), `seed ${seed}`).toEqual(before);
      } finally {
        world.remove();
      }
    }
    const met = { killed: killed > RUNS / 4, failed: failed > RUNS / 20, merged: merged > RUNS / 10 };
    expect(met).toEqual({ killed: true, failed: true, merged: true });
  });

  test("writes over nothing that others do meanwhile, and loses none of it", { timeout: 600_000 }, async () => {
    const met = { left: 0, taken: 0 };
    for (let seed = 1; seed <= RUNS / 2; seed++) {
      const random = seededRandom(seed + RUNS);
      const world = new CleanUpWorld(seed % 5 === 0);
      try {
        const steps = generate(world, random);
        meddle(world, steps, random, "since the plan");
        const contents = new Set(world.contents());
        const whatever = () => (random() < 0.6 ? meddling(world, steps, random, contents) : trouble(random));
        const run = await world.apply(steps, whatever(), seed % 3 === 0);
        if (run !== "killed") met.left += run.left.length;
        for (const content of meddle(world, steps, random, "since the run")) contents.add(content);
        const files = world.files();
        if (runsOf(world.journal.entries).length > 0) {
          await world.undo(null, whatever());
          const undone = await world.undo();
          if (undone !== "killed") met.taken += undone.notBack.length;
        }
        const now = world.contents();
        expect(
          [...contents].filter((content) => !now.has(content)),
          `seed ${seed}`,
        ).toEqual([]);
        const meddled = Object.entries(files).filter(([, file]) => file.startsWith("meddled"));
        expect(Object.entries(world.files()), `seed ${seed}`).toEqual(expect.arrayContaining(meddled));
      } finally {
        world.remove();
      }
    }
    expect({ left: met.left > RUNS / 10, taken: met.taken > RUNS / 20 }).toEqual({ left: true, taken: true });
  });
});

/** In the middle of a run another program takes a place that is free then: where a file was, or where one goes. */
function meddling(world: CleanUpWorld, steps: readonly PlanStep[], random: () => number, contents: Set<string>): Trouble {
  const sidecars = steps.map(({ keeper }) => ({ path: `${keeper.path}.xmp` }));
  const files = [...steps.flatMap(({ extra, companions }) => [extra, ...companions]), ...sidecars].map(({ path }) => path);
  const file = files[Math.floor(random() * files.length)] as PhotoPath;
  const trash = world.at(`home/Trash/files/${fileName(file)}`);
  const place = [file, trash, file.replace(world.folder, world.moveFolder)][Math.floor(random() * 3)] as string;
  const meddle = () => {
    if (existsSync(place)) return;
    const content = `meddled in the middle, ${random()}`;
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, content);
    contents.add(content);
  };
  return { at: 1 + Math.floor(random() ** 2 * 250), code: "meddled", meddle };
}

/** Writes and removes files of the plan as another program would. @returns contents that are new */
function meddle(world: CleanUpWorld, steps: readonly PlanStep[], random: () => number, when: string): readonly string[] {
  const made: string[] = [];
  for (const [index, { keeper, extra, companions }] of steps.entries()) {
    const paths = [keeper, extra, ...companions].map(({ path }) => path);
    const path = paths[Math.floor(random() * paths.length)] as string;
    if (random() > 0.4) continue;
    const content = `meddled ${when} with ${index}`;
    if (when === "since the plan") rmSync(path, { force: true });
    // What is there after the run stays: only places that are free are taken.
    if (existsSync(path) || random() < 0.2) continue;
    world.write(path.slice(world.folder.length + 1), content);
    made.push(content);
  }
  return made;
}
