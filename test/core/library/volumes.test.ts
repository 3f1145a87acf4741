import { describe, expect, test } from "vitest";
import { parseVolume, VolumePaths } from "../../../src/core/library/volumes.ts";

const NAS = { name: "nas", folder: "/mnt/nas" };
const CARD = { name: "card", folder: "/mnt/nas/card" };
const DRIVE = { name: "drive", folder: "N:\\" };
const SHARE = { name: "share", folder: "\\\\server\\photos" };
const paths = new VolumePaths([NAS, CARD, DRIVE, SHARE]);

describe("a path in a volume", () => {
  test.each([
    ["/mnt/nas/2019/a.jpg", "/volume:nas/2019/a.jpg"],
    ["/mnt/nas", "/volume:nas"],
    ["/mnt/nas/card/DCIM/a.jpg", "/volume:card/DCIM/a.jpg"],
    ["N:\\2019\\a.jpg", "/volume:drive/2019/a.jpg"],
    ["N:\\", "/volume:drive"],
    ["\\\\server\\photos\\a b\\c.jpg", "/volume:share/a b/c.jpg"],
  ])("%s is kept as %s, and told as it is", (here, kept) => {
    expect(paths.kept(here)).toBe(kept);
    expect(paths.here(kept)).toBe(here);
  });

  test("of one machine is the same photo on another, whatever its system", () => {
    const windows = new VolumePaths([{ name: "nas", folder: "Z:\\" }]);
    expect(windows.here(paths.kept("/mnt/nas/2019/a.jpg"))).toBe("Z:\\2019\\a.jpg");
  });

  test("that this machine does not name keeps the name it has in the library", () => {
    expect(new VolumePaths([]).here("/volume:nas/2019/a.jpg")).toBe("/volume:nas/2019/a.jpg");
    expect(paths.here("/volume:nass/a.jpg")).toBe("/volume:nass/a.jpg");
  });

  test.each(["/mnt/nas2/a.jpg", "/mnt/na", "/home/me/a.jpg", "C:\\a.jpg"])("is not %s", (path) => {
    expect(paths.kept(path)).toBe(path);
    expect(paths.here(path)).toBe(path);
  });

  test("lies below a folder that the volume is mounted in", () => {
    expect(paths.keptFolders("/mnt")).toEqual(["/mnt", "/volume:card", "/volume:nas"]);
    expect(paths.keptFolders("/mnt/nas")).toEqual(["/volume:nas", "/volume:card"]);
    expect(paths.keptFolders("/mnt/nas/card/DCIM")).toEqual(["/volume:card/DCIM"]);
    expect(paths.keptFolders("/home")).toEqual(["/home"]);
  });
});

describe("a volume", () => {
  test("is a name and a folder", () => {
    expect(parseVolume("nas=/mnt/a=b")).toEqual({ name: "nas", folder: "/mnt/a=b" });
  });

  test.each(["nas", "nas=", "=/mnt", "a/b=/mnt", "..=/mnt"])("is not %s", (text) => {
    expect(() => parseVolume(text)).toThrow(expect.objectContaining({ code: "volume-unusable" }));
  });

  test.each([
    [NAS, { name: "nas", folder: "/media/nas" }],
    [NAS, { name: "other", folder: "/mnt/nas/" }],
  ])("has a name and a folder of its own", (...volumes) => {
    expect(() => new VolumePaths(volumes)).toThrow(/nas=\/mnt\/nas already/);
  });
});
