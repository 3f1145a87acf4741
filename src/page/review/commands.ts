/**
 * What the page can be told to do, and by which keys.
 */
import { REVIEW_KEYS, type ReviewCommand } from "../../core/review/review-view.ts";

export type PageCommand = ReviewCommand | "alike" | "next" | "previous" | "up" | "down" | "zoom-in" | "zoom-out" | "whole";

const KEYS: Readonly<Record<PageCommand, readonly string[]>> = {
  ...REVIEW_KEYS,
  alike: ["a"],
  next: ["ArrowRight", "j"],
  previous: ["ArrowLeft", "h"],
  up: ["ArrowUp"],
  down: ["ArrowDown"],
  "zoom-in": ["+", "="],
  "zoom-out": ["-"],
  whole: ["0", "Escape"],
};
const COMMANDS = Object.keys(KEYS) as readonly PageCommand[];

/** Undefined for a name that is none. */
export function commandNamed(name: string | undefined): PageCommand | undefined {
  return COMMANDS.find((command) => command === name);
}

/** @param key in small letters where it is a letter */
export function commandOfKey(key: string): PageCommand | undefined {
  return COMMANDS.find((command) => KEYS[command].includes(key));
}
