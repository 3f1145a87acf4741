import { describe, expect, test } from "vitest";
import { nextAddress } from "../../../src/core/encoders/web-address.ts";

describe("the address that a server sends on to", () => {
  test.each([
    ["http://a/x", "/y", "http://a/y"],
    ["http://a/x", "https://b/y", "https://b/y"],
    ["https://a/x", "//b/y", "https://b/y"],
    ["https://a/x/z", "y", "https://a/x/y"],
  ])("from %s by %s is %s", (from, location, url) => {
    expect(nextAddress(from, location)).toEqual({ url });
  });

  test.each([
    ["https://a/x", "http://b/y", /redirects from https to http:\/\/b\/y/],
    ["https://a/x", "javascript:x", /instead of http or https/],
    ["https://a/x", null, /redirects to nowhere/],
  ])("from %s by %s is not followed", (from, location, message) => {
    expect(nextAddress(from, location)).toEqual({ fault: expect.stringMatching(message) });
  });
});
