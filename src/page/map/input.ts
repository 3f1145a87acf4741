/**
 * Pointer, wheel, fingers and keys on the map, as what they mean.
 */
import type { View } from "./view.ts";

/** What the map tells of itself. */
export interface Listener {
  /** The point under the pointer, and where the pointer is; null for none. */
  readonly hover: (point: number | null, x: number, y: number) => void;
  /** A click or tap; null beside all points. */
  readonly pick: (point: number | null) => void;
  /** Tab and Shift+Tab. @returns false to let the focus go on */
  readonly walk: (step: 1 | -1) => boolean;
  readonly confirm: () => void;
  readonly escape: () => void;
}

/** A pointer that moved less, in CSS pixels, has clicked. */
const CLICK_REACH = 5;
const KEY_PAN = 80;
const KEY_ZOOM = 1.35;

const MOVES: Readonly<Record<string, (view: View) => void>> = {
  ArrowLeft: (view) => view.pan(KEY_PAN, 0),
  ArrowRight: (view) => view.pan(-KEY_PAN, 0),
  ArrowUp: (view) => view.pan(0, KEY_PAN),
  ArrowDown: (view) => view.pan(0, -KEY_PAN),
  "+": (view) => view.zoom(KEY_ZOOM),
  "=": (view) => view.zoom(KEY_ZOOM),
  "-": (view) => view.zoom(1 / KEY_ZOOM),
  "0": (view) => view.fit(),
};

export function listen(view: View, listener: Listener): void {
  const mouse = followMouse(view, listener);
  listenToPointers(view, listener, mouse);
  view.canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      // A line is about 16 pixels; a pinch on a touchpad comes as a wheel with small steps and the control key.
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
      view.zoom(Math.exp(-Math.max(-400, Math.min(400, pixels)) * (event.ctrlKey ? 0.01 : 0.0018)), [event.offsetX, event.offsetY]);
    },
    { passive: false },
  );
  view.canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "Enter") mouse.leave();
    if (takeKey(event, view, listener)) event.preventDefault();
  });
}

function takeKey({ key, shiftKey }: KeyboardEvent, view: View, listener: Listener): boolean {
  if (key === "Tab") return listener.walk(shiftKey ? -1 : 1);
  if (key === "Enter") listener.confirm();
  else if (key === "Escape") listener.escape();
  else if (MOVES[key] !== undefined) MOVES[key](view);
  else return false;
  return true;
}

interface Touch {
  readonly x: number;
  readonly y: number;
}

interface Mouse {
  readonly rest: (at: Touch) => void;
  /** The mouse is away or does something else. */
  readonly leave: () => void;
}

/** What lies under a resting mouse changes when the map moves below it. */
function followMouse(view: View, listener: Listener): Mouse {
  let at: Touch | null = null;
  const look = () => {
    if (at !== null) listener.hover(view.pointAt(at.x, at.y), at.x, at.y);
  };
  view.onMoved(look);
  return {
    rest: (now) => {
      at = now;
      look();
    },
    leave: () => {
      if (at !== null) listener.hover(null, 0, 0);
      at = null;
    },
  };
}

function listenToPointers(view: View, listener: Listener, mouse: Mouse): void {
  const { canvas } = view;
  const down = new Map<number, Touch>();
  let travelled = 0;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    if (down.size === 0) travelled = 0;
    down.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = { x: event.offsetX, y: event.offsetY };
    const before = down.get(event.pointerId);
    if (before === undefined) {
      mouse.rest(now);
      return;
    }
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) pinch(view, before, now, other);
    else if (travelled > CLICK_REACH) {
      mouse.leave();
      view.pan(now.x - before.x, now.y - before.y);
    }
    down.set(event.pointerId, now);
  });
  const lift = (event: PointerEvent) => {
    const isClick = down.size === 1 && travelled <= CLICK_REACH && event.type === "pointerup";
    down.delete(event.pointerId);
    if (isClick) listener.pick(view.pointAt(event.offsetX, event.offsetY));
    // The second finger of a pinch is no click.
    else if (down.size > 0) travelled = Number.POSITIVE_INFINITY;
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", mouse.leave);
}

/** One of two fingers moved: what lay under each stays there, as near as a map without rotation can. */
function pinch(view: View, before: Touch, now: Touch, other: Touch): void {
  const apart = (one: Touch) => Math.max(1, Math.hypot(one.x - other.x, one.y - other.y));
  view.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
  view.zoom(apart(now) / apart(before), [(now.x + other.x) / 2, (now.y + other.y) / 2]);
}
