/**
 * Shared copies where a file system can make them: XFS and Btrfs in a file, mounted for the test alone. Skipped where such a thing is not
 * allowed, or not installed.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PROGRAM } from "../../built-program.ts";
import { plantTree } from "./tree.ts";

const SYSTEMS = [
  ["xfs", "mkfs.xfs -q -m reflink=1"],
  ["btrfs", "mkfs.btrfs -q"],
] as const;
/** The least that XFS takes. */
const BYTES = 400_000_000;

/** What the script said, and how each of its commands ended. */
interface Outcome {
  readonly status: number | null;
  readonly said: string;
}

describe.each(SYSTEMS)("on %s", (_, make) => {
  const isPossible =
    spawnSync("sh", ["-c", `PATH=$PATH:/usr/sbin:/sbin; command -v ${make.split(" ")[0]} filefrag && unshare --mount true`]).status === 0;

  test.skipIf(!isPossible)("an extra becomes a file of its own that shares the keeper's blocks, and is as before by undo", ({ skip }) => {
    const tree = plantTree();
    writeFileSync(tree.at("image"), "");
    truncateSync(tree.at("image"), BYTES);
    /** With the file system mounted at `photos`, where the tree lay. */
    const within = (script: string): Outcome => {
      const mounted = `PATH=$PATH:/usr/sbin:/sbin; set -e; mount -o loop image photos; trap 'umount photos' EXIT; dupfind() { "$NODE" "$PROGRAM" "$@"; }; ${script}`;
      const env = { ...tree.env, NODE: process.execPath, PROGRAM };
      const { status, stdout, stderr } = spawnSync("unshare", ["--mount", "bash", "-c", mounted], {
        cwd: tree.folder,
        env,
        encoding: "utf8",
      });
      return { status, said: stdout + stderr };
    };
    expect(spawnSync("bash", ["-c", `PATH=$PATH:/usr/sbin:/sbin; cp -a photos kept; ${make} image`], { cwd: tree.folder }).status).toBe(0);
    if (within("true").status !== 0) skip(); // a container without loop devices
    const list = 'find photos -type f -printf "%P %s %m %i %n %T@ " -exec sha256sum {} \\; | sort';
    const planned = within(
      `cp -a kept/. photos; sync; dupfind scan photos --quiet; dupfind report --plan plan.json --keep folder:photos/phone --quiet -o report.txt; ${list} > before`,
    );
    expect(planned).toEqual({ status: 0, said: "" });
    const applied = within(
      `sync; filefrag -v photos/backup/falcon.jpg > alone; dupfind apply plan.json --action reflink --yes; sync; filefrag -v photos/backup/falcon.jpg > shared; ${list} > after`,
    );
    expect(applied).toMatchObject({ status: 0, said: expect.stringContaining("by shared copies of their keepers") });
    const text = (name: string) => readFileSync(tree.at(name), "utf8");
    expect([text("alone"), text("shared")].map((blocks) => /\bshared\b/.test(blocks))).toEqual([false, true]);
    // Inodes are new; bytes, times, rights and the number of names are not.
    const withoutInode = (name: string) => text(name).replace(/^(.+ \d+ \d+) \d+ (\d+ \d+\.\d{6})\d* /gm, "$1 $2 ");
    expect(withoutInode("after")).toBe(withoutInode("before"));
    expect(text("after")).not.toBe(text("before"));
    expect(within(`dupfind undo --quiet; ${list} > undone`)).toEqual({ status: 0, said: "" });
    expect(withoutInode("undone")).toBe(withoutInode("before"));
  });
});
