import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  readSavedCalibration,
  type SavedCalibration,
  toSavedCalibration,
  writeSavedCalibration,
} from "../../../src/core/calibration/saved-calibration.ts";
import { chooseThreshold } from "../../../src/core/calibration/threshold-choice.ts";
import { calibration } from "../../library-fixtures.ts";
import { models } from "../../models.ts";

/** As dupfind of commit d7478ad wrote it into a library. */
const FIRST_FORM = readFileSync(new URL("../../fixtures/calibrations/version-1.json", import.meta.url), "utf8");

describe("a saved calibration", () => {
  test("is read as it was written, without what no later command reads", () => {
    const saved = toSavedCalibration(calibration());
    expect(readSavedCalibration(writeSavedCalibration(saved))).toEqual(saved);
    expect(Object.keys(JSON.parse(writeSavedCalibration(saved))).sort()).toEqual(
      [
        "schemaVersion",
        "createdAt",
        "source",
        "labels",
        "precision",
        "pairs",
        "chosen",
        "guarantees",
        "highestGuarantee",
        "library",
      ].sort(),
    );
  });

  test("of the first form, an earlier build's, is read in today's words", () => {
    const saved = readSavedCalibration(FIRST_FORM) as SavedCalibration;
    expect(saved).toMatchObject({
      createdAt: "2026-11-29T13:07:15.837Z",
      source: "synthetic",
      precision: 0.99,
      pairs: { same: 40, different: 750, photos: 18 },
      highestGuarantee: JSON.parse(FIRST_FORM).bestPromise,
      library: { photos: JSON.parse(FIRST_FORM).library.photos, similarities: JSON.parse(FIRST_FORM).library.similarities },
    });
    expect(saved.guarantees).toEqual(JSON.parse(FIRST_FORM).promises);
  });

  test("of the first form gives a report the threshold that it guarantees", () => {
    const asked = { threshold: null, precision: 0.7 };
    expect(chooseThreshold(models("/nowhere").find("dupfind-lite"), asked, readSavedCalibration(FIRST_FORM))).toMatchObject({
      origin: "calibrated",
      calibration: { createdAt: "2026-11-29T13:07:15.837Z", pairs: 790 },
    });
  });

  test.each([
    ["of a later dupfind", JSON.stringify({ ...JSON.parse(FIRST_FORM), schemaVersion: 4 })],
    ["that lacks a field", JSON.stringify({ schemaVersion: 2, source: "labels" })],
    ["of the first form that lacks a field", JSON.stringify({ schemaVersion: 1 })],
    ["that is no JSON", FIRST_FORM.slice(0, 100)],
    ["that is null", "null"],
  ])("%s counts as none", (_, document) => {
    expect(readSavedCalibration(document)).toBeNull();
  });
});
