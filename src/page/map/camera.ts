/**
 * Which part of the map is seen. Each move gives a new camera.
 */

export interface Camera {
  /** Place in the map that stands in the middle of the screen. */
  readonly x: number;
  readonly y: number;
  /** CSS pixels for one unit of the map. */
  readonly scale: number;
}

export interface Viewport {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** Screen pixels left free around a map that is seen whole. */
const MARGIN = 40;
const MOST_ZOOM = 400;

/** What covers the edges of the screen, in CSS pixels. */
export interface Covered {
  readonly left: number;
  readonly top: number;
}

/** The bounds, as large as they fit into what is not covered. */
export function fitCamera(bounds: Bounds, { width, height }: Viewport, covered: Covered): Camera {
  const room = (length: number) => Math.max(1, length - 2 * MARGIN);
  const across = Math.max(bounds.right - bounds.left, 1e-6);
  const down = Math.max(bounds.bottom - bounds.top, 1e-6);
  const scale = Math.min(room(width - covered.left) / across, room(height - covered.top) / down);
  return {
    x: (bounds.left + bounds.right) / 2 - covered.left / 2 / scale,
    y: (bounds.top + bounds.bottom) / 2 - covered.top / 2 / scale,
    scale,
  };
}

export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function boundsOf(x: Float32Array, y: Float32Array): Bounds {
  const least = (values: Float32Array) => values.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
  const most = (values: Float32Array) => values.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
  return { left: least(x), right: most(x), top: least(y), bottom: most(y) };
}

/** @param across CSS pixels by which the map moves to the right */
export function panned(camera: Camera, across: number, down: number): Camera {
  return { ...camera, x: camera.x - across / camera.scale, y: camera.y - down / camera.scale };
}

/**
 * Zooms so that what stands at a place of the screen stays there.
 * @param whole the camera that sees all: bounds how far one can zoom
 */
export function zoomedAt(camera: Camera, factor: number, screenX: number, screenY: number, viewport: Viewport, whole: Camera): Camera {
  const scale = Math.min(whole.scale * MOST_ZOOM, Math.max(whole.scale * 0.5, camera.scale * factor));
  const [x, y] = toMap(camera, viewport, screenX, screenY);
  return { x: x - (screenX - viewport.width / 2) / scale, y: y - (screenY - viewport.height / 2) / scale, scale };
}

export function toMap(camera: Camera, { width, height }: Viewport, screenX: number, screenY: number): readonly [x: number, y: number] {
  return [camera.x + (screenX - width / 2) / camera.scale, camera.y + (screenY - height / 2) / camera.scale];
}

export function toScreen(camera: Camera, { width, height }: Viewport, x: number, y: number): readonly [screenX: number, screenY: number] {
  return [(x - camera.x) * camera.scale + width / 2, (y - camera.y) * camera.scale + height / 2];
}

/** On the way from one camera to another; zooms by equal factors in equal times. */
export function between(from: Camera, to: Camera, share: number): Camera {
  const mix = (one: number, other: number) => one + (other - one) * share;
  return { x: mix(from.x, to.x), y: mix(from.y, to.y), scale: from.scale * (to.scale / from.scale) ** share };
}
