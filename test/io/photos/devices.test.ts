import { describe, expect, test } from "vitest";
import { Devices } from "../../../src/io/photos/devices.ts";

describe("the numbers that a device may have now", () => {
  test("are its own, and those that its photos were met on again", () => {
    const devices = new Devices();
    devices.note("1:7", "2:7");
    devices.note("3:7", "3:7");
    expect([...devices.of("1:9")]).toEqual(["1", "2"]);
    expect([...devices.of("3:9")]).toEqual(["3"]);
    expect([...devices.of("4:9")]).toEqual(["4"]);
  });

  test("are not its own any more where another device has that number now: the drive is away", () => {
    const devices = new Devices();
    devices.note("1:7", "2:7");
    expect([...devices.of("2:9")]).toEqual([]);
    devices.note("2:8", "5:8");
    expect([...devices.of("2:9")]).toEqual(["5"]);
    devices.note("2:3", "2:3");
    expect([...devices.of("2:9")]).toEqual(["2", "5"]);
  });
});
