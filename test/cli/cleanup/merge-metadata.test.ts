/**
 * What extras tell and keepers do not, from the plan to the sidecar and back: on real photos with real metadata.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { readXmp } from "../../../src/io/metadata/xmp.ts";
import { answerSchema } from "../../answer-schemas.ts";
import { PROGRAM } from "../../built-program.ts";
import { PHOTOS } from "../../photos.ts";
import { plantTree } from "./tree.ts";

const RATED = (rating: number, more = "") =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmp:Rating="${rating}" ${more}><dc:subject><rdf:Bag><rdf:li>flowers &lt;3</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>\n`;

/** Two copies that tell more than their keepers: a film's photo with Google's record and album, and a flower with a sidecar and EXIF. */
async function knowing() {
  const tree = plantTree();
  const write = (name: string, text: string) => writeFileSync(tree.at(name), text);
  await sharp(PHOTOS.landscape).keepExif().withExifMerge(EXIF).jpeg({ quality: 95 }).toFile(tree.at("photos/backup/view.jpg"));
  await sharp(PHOTOS.landscape).jpeg({ quality: 95 }).toFile(tree.at("photos/phone/view.jpg"));
  write("photos/backup/flower.xmp", RATED(4));
  write("photos/phone/flower.jpg.xmp", RATED(2).replace("flowers &lt;3", "garden"));
  const record = {
    title: "falcon.jpg",
    description: "<b>Grüße</b> & \u001b[31m",
    photoTakenTime: { timestamp: "1553166262" },
    people: [{ name: "Ann" }],
  };
  write("photos/backup/falcon.jpg.json", JSON.stringify(record));
  write("photos/backup/metadata.json", JSON.stringify({ title: "Birds" }));
  tree.scan();
  const plan = (...args: readonly string[]) => tree.plan("--merge-metadata", ...args);
  const steps = () => JSON.parse(readFileSync(tree.at("plan.json"), "utf8")).steps as { extra: { path: string }; mergeMetadata: boolean }[];
  const apply = (...args: readonly string[]) => tree.run("apply", "plan.json", "--class", "same-picture", ...args);
  const sidecar = (name: string) => readXmp(readFileSync(tree.at(name), "utf8"));
  return { ...tree, write, plan, steps, apply, sidecar };
}

const EXIF = {
  IFD0: { ImageDescription: "From the ridge" },
  IFD3: { GPSLatitudeRef: "N", GPSLatitude: "38/1 30/1 0/1", GPSLongitudeRef: "W", GPSLongitude: "78/1 30/1 0/1" },
};

describe("apply of a plan with --merge-metadata", () => {
  test("writes what extras tell and keepers do not, and undo takes it back byte for byte", async () => {
    const tree = await knowing();
    tree.plan();
    const before = tree.files();
    const contents = tree.contents();
    expect(tree.apply("--yes")).toMatchObject({ code: 0, stdout: expect.stringContaining("into 4 sidecars") });
    expect(tree.sidecar("photos/phone/falcon.jpg.xmp")).toMatchObject({ people: ["Ann"], albums: ["Birds"] });
    expect(tree.sidecar("photos/phone/flower.jpg.xmp")).toMatchObject({ rating: 2, keywords: ["garden", "flowers <3"] });
    expect(tree.sidecar("photos/phone/view.jpg.xmp")).toMatchObject({
      caption: "From the ridge",
      place: { latitude: 38.5, longitude: -78.5 },
    });
    // No photo is touched, and the old sidecar is kept.
    const after = tree.files();
    for (const name of Object.keys(after).filter((file) => !file.endsWith(".xmp"))) expect(after[name], name).toEqual(before[name]);
    expect([...contents].filter((content) => !tree.contents().has(content))).toEqual([]);
    expect(tree.run("undo").code).toBe(0);
    expect(tree.files()).toEqual(before);
  });

  test("tells before what it would write, and what contradicts the keeper", async () => {
    const tree = await knowing();
    tree.plan();
    const before = tree.files();
    const { stdout } = tree.apply();
    expect(stdout).toContain("Would write what extras tell and keepers do not into 4 sidecars:");
    expect(stdout).toContain("  photos/phone/flower.jpg: rating 2, not 4");
    expect(stdout).toContain("  photos/phone/falcon.jpg: caption Adult female prairie falcon flying from …, not <b>Grüße</b> & [31m\n");
    const answer = JSON.parse(tree.apply("--json").stdout);
    const validate = answerSchema("apply");
    validate(answer);
    expect(validate.errors).toBeNull();
    expect(answer.sidecars).toContainEqual({
      keeper: tree.at("photos/phone/flower.jpg"),
      sidecar: tree.at("photos/phone/flower.jpg.xmp"),
      added: { taken: null, place: null, rating: null, caption: null, keywords: ["flowers <3"], people: [], albums: ["Birds"] },
      conflicts: [{ field: "rating", kept: "2", other: "4" }],
    });
    expect(tree.files()).toEqual(before);
  });

  test("takes extras whose records and sidecars are merged whole, and no others", async () => {
    const tree = await knowing();
    const going = () =>
      tree
        .steps()
        .map(({ extra }) => extra.path.slice(tree.at("photos/").length))
        .sort();
    tree.run("report", "--plan", "plan.json", "--keep", `folder:${tree.at("photos/phone")}`);
    expect(going()).not.toContain("backup/falcon.jpg");
    tree.plan();
    expect(going()).toEqual(expect.arrayContaining(["backup/falcon.jpg", "backup/flower.jpg"]));
    expect(tree.steps().every(({ mergeMetadata }) => mergeMetadata)).toBe(true);
    tree.write("photos/backup/flower.xmp", RATED(4, 'xmlns:darktable="http://darktable.sf.net/" darktable:history="1"'));
    tree.write("photos/backup/falcon.jpg.json", '{"title": "no record of a photo"}');
    tree.scan();
    tree.plan();
    expect(going().filter((name) => /f(alcon|lower)\.jpg/.test(name))).toEqual([]);
  });

  test("leaves a step of which a text cannot be read, or whose keeper's folder is protected", async () => {
    const tree = await knowing();
    tree.plan();
    tree.write("photos/backup/falcon.jpg.json", readFileSync(tree.at("photos/backup/falcon.jpg.json"), "utf8").replace("{", "["));
    tree.write("photos/phone/flower.jpg.xmp", "no sidecar");
    const before = tree.files();
    const { code, stdout } = tree.apply("--protect", "photos/phone", "--yes");
    expect(code).toBe(3);
    expect(stdout).toContain("backup/falcon.jpg has a sidecar or record beside it, or beside its keeper, that cannot be read as one");
    expect(stdout).toContain("backup/flower.jpg has a sidecar or record beside it");
    expect(stdout).toContain("backup/view.jpg has a keeper in a protected folder, where no sidecar is written");
    const stays = Object.keys(before).filter((name) => /falcon|flower|view/.test(name));
    const after = tree.files();
    for (const name of stays) expect(after[name], name).toEqual(before[name]);
  });

  test("writes through no link, and over nothing", async () => {
    const tree = await knowing();
    tree.plan();
    copyFileSync(PHOTOS.webp, tree.at("elsewhere"));
    symlinkSync(tree.at("elsewhere"), tree.at("photos/phone/falcon.jpg.xmp"));
    mkdirSync(tree.at("photos/phone/view.jpg.xmp"));
    const { code } = tree.apply("--yes");
    expect(code).toBe(3);
    expect(readFileSync(tree.at("elsewhere"))).toEqual(readFileSync(PHOTOS.webp));
    expect(existsSync(tree.at("photos/backup/falcon.jpg"))).toBe(true);
    expect(existsSync(tree.at("photos/backup/view.jpg"))).toBe(true);
  });

  test("undo leaves a sidecar that was written to since, and says where the old one lies", async () => {
    const tree = await knowing();
    tree.plan();
    tree.apply("--yes");
    tree.write("photos/phone/flower.jpg.xmp", RATED(5));
    tree.write("photos/phone/falcon.jpg.xmp", RATED(5));
    const { code, stdout } = tree.run("undo");
    expect(code).toBe(3);
    expect(stdout).toMatch(
      /photos\/phone\/flower\.jpg\.xmp was not brought back: it finds another file in its place.*It lies at data\/Trash\/files\/flower\.jpg\.xmp/,
    );
    expect(stdout).toContain("photos/phone/falcon.jpg.xmp was not brought back");
    expect(tree.sidecar("photos/phone/flower.jpg.xmp").rating).toBe(5);
    expect(existsSync(tree.at("photos/backup/flower.jpg"))).toBe(true);
  });

  test("is asked for with the plan, and with nothing else", async () => {
    const tree = plantTree();
    expect(tree.run("report", "--merge-metadata")).toMatchObject({ code: 2, stderr: expect.stringContaining("Add --plan plan.json") });
  });
});

describe("a review with --merge-metadata", () => {
  /** The questions that its page asks. */
  async function reviewing(tree: Awaited<ReturnType<typeof knowing>>, ...args: readonly string[]) {
    const child = spawn(process.execPath, [PROGRAM, "review", "--opener", "none", ...args], {
      cwd: tree.folder,
      env: tree.env,
      stdio: "pipe",
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const closed = once(child, "close");
    let said = "";
    const url = await new Promise<string>((resolve, reject) => {
      child.stderr.on("data", (text) => {
        said += text;
        const [found] = /http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\//.exec(said) ?? [];
        if (found !== undefined) resolve(found);
      });
      void closed.then(() => reject(new Error(said)));
    });
    const ask = async <Reply>(name: string, question: object): Promise<Reply> => {
      const headers = { "content-type": "application/json", origin: new URL(url).origin };
      return (await fetch(url + name, { method: "POST", headers, body: JSON.stringify(question) })).json() as Promise<Reply>;
    };
    const { progress } = (await (await fetch(`${url}sets/0`)).json()) as { readonly progress: { readonly total: number } };
    return { ask, total: progress.total, ended: async () => (await closed)[0] as number };
  }

  const chooseAll = async (tree: Awaited<ReturnType<typeof knowing>>, ...args: readonly string[]) => {
    const { ask, total, ended } = await reviewing(tree, ...args);
    expect(total).toBeGreaterThan(2);
    for (let set = 0; set < total; set++)
      expect(await ask("choose", { ask: "choose", set, choice: "extras-go", keeper: 0 })).toMatchObject({ fault: null });
    expect(await ask("plan", {})).toMatchObject({ fault: null });
    expect(await ended()).toBe(0);
  };

  test("writes a plan whose extras leave what they tell with their keepers, and takes it back", async () => {
    const tree = await knowing();
    await chooseAll(tree, "--merge-metadata");
    expect(tree.steps().length).toBeGreaterThan(0);
    expect(tree.steps().filter(({ mergeMetadata }) => !mergeMetadata)).toEqual([]);
    const before = tree.files();
    expect(tree.run("apply", "plan.json", "--yes")).toMatchObject({ code: 0, stdout: expect.stringMatching(/into \d+ sidecars/) });
    const flower = ["phone", "backup"].find((folder) => existsSync(tree.at(`photos/${folder}/flower.jpg`)));
    expect([...tree.sidecar(`photos/${flower}/flower.jpg.xmp`).keywords].sort()).toEqual(["flowers <3", "garden"]);
    expect(tree.run("undo").code).toBe(0);
    expect(tree.files()).toEqual(before);
  });

  test("asks for it: without, no step merges anything", async () => {
    const tree = await knowing();
    await chooseAll(tree);
    expect(tree.steps().filter(({ mergeMetadata }) => mergeMetadata)).toEqual([]);
  });
});
