import { expect, test } from "vitest";
import { isEditor } from "../../../src/core/photos/editors.ts";

test.each([
  "Adobe Photoshop Lightroom Classic 12.0 (Macintosh)",
  "GIMP 2.10.34",
  "darktable 4.6.0",
  "Google",
  "Picasa",
  "Microsoft Windows Photo Viewer 10.0",
  "Skylum Luminar 4",
  "Photos 1.5",
])("%s is an editor", (software) => {
  expect(isEditor(software)).toBe(true);
});

test.each([
  "",
  "15.2",
  "Ver.1.02",
  "ILCE-7M3 v3.10",
  "HDR+ 1.0.540104767zd",
  "G960FXXU2BRJ3",
  "Digital Camera X-T3 Ver1.01",
  "Firmware 1.2.1",
])("%j is what a camera writes", (software) => {
  expect(isEditor(software)).toBe(false);
});
