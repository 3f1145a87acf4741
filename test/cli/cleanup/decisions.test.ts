/**
 * What a person decided of pairs, in reports and through rebuilds.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { plantTree } from "./tree.ts";

describe("decisions", () => {
  test("are heeded by every report, and outlive nothing that they should not", () => {
    const tree = plantTree();
    tree.scan();
    const [heic, exported, falcon, flower] = [
      "phone/IMG_2682.heic",
      "backup/IMG_2682-export.jpg",
      "phone/falcon.jpg",
      "phone/flower.jpg",
    ].map((name) => tree.at(`photos/${name}`));
    const extrasOf = (path: string | undefined) => {
      const { sets } = JSON.parse(tree.run("report", "--json").stdout) as {
        readonly sets: readonly { readonly keeper: { readonly path: string }; readonly extras: readonly { readonly path: string }[] }[];
      };
      return sets
        .filter(({ keeper, extras }) => [keeper, ...extras].some((photo) => photo.path === path))
        .flatMap((set) => [set.keeper, ...set.extras].map((photo) => photo.path));
    };
    expect(extrasOf(exported)).toContain(heic);
    expect(extrasOf(falcon)).not.toContain(flower);
    writeFileSync(tree.at("labeled.csv"), `a,b,same\n${heic},${exported},0\n${falcon},${flower},1\n`);
    expect(tree.run("decisions", "import", "labeled.csv")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("2 new decisions; 0 pairs were"),
    });
    expect(tree.run("decisions", "import", "labeled.csv").stdout).toContain("0 new decisions; 2 pairs were");
    expect(extrasOf(exported)).not.toContain(heic);
    expect(extrasOf(falcon)).toContain(flower);
    writeFileSync(tree.at("other.csv"), `a,b,same\n${heic},${exported},1\n`);
    tree.run("decisions", "import", "other.csv");
    expect(extrasOf(exported)).toContain(heic);
  });

  test("outlive the library, and go out as they came in", () => {
    const tree = plantTree();
    tree.scan();
    writeFileSync(
      tree.at("labeled.csv"),
      "a,b,same\nphotos/phone/falcon.jpg,photos/phone/flower.jpg,1\nphotos/phone/falcon.jpg,photos/phone/IMG_2682.heic,0\n",
    );
    tree.run("decisions", "import", "labeled.csv");
    rmSync(tree.at("library.db"));
    for (const when of ["without a library", "after a new scan"]) {
      if (when === "after a new scan") tree.scan();
      expect(tree.run("decisions", "export", "-o", "out.csv"), when).toMatchObject({
        code: 0,
        stdout: "2 decisions written to out.csv.\n",
      });
      const rows = readFileSync(tree.at("out.csv"), "utf8").split("\r\n");
      expect(rows[0]).toBe("a,b,same");
      expect(rows[1]).toMatch(/\/falcon\.jpg,.*\/flower\.jpg,1$/);
      expect(rows[2]).toMatch(/\/falcon\.jpg,.*\/IMG_2682\.heic,0$/);
    }
    expect(tree.run("report").stdout).toContain("flower.jpg");
  });

  test("are refused whole where a photo cannot be read, or equal bytes are called different", () => {
    const tree = plantTree();
    writeFileSync(
      tree.at("bad.csv"),
      "a,b,same\nphotos/phone/falcon.jpg,photos/none.jpg,0\nphotos/phone/falcon.jpg,photos/backup/falcon.jpg,0\n",
    );
    const { code, stderr } = tree.run("decisions", "import", "bad.csv");
    expect(code).toBe(2);
    expect(stderr).toContain("line 2:");
    expect(stderr).toContain("equal byte for byte");
    expect(tree.run("decisions", "export").stdout).toContain("0 decisions");
  });
});
