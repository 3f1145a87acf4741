/**
 * Carries edits out on decoded pictures and saves them as a program would: as JPEG, or a screenshot as PNG.
 */
import type { RgbPixels } from "../../core/photos/photo.ts";
import type { SingleEdit } from "../../core/synthetic/edits.ts";
import type { EditPicture } from "../../core/synthetic/ports.ts";
import type { Shrinking } from "./decode.ts";
import { textOverlay, viewerOverlay } from "./edit-overlays.ts";
import { pictureTurns } from "./picture-turns.ts";
import { type Sharp, sharp } from "./sharp.ts";

/**
 * What photos are opened to. Edits of a camera's twelve megapixels would take ten times as long to make and to read, and
 * copies that travel are about so large; an encoder sees a quarter of it.
 */
export const EDITABLE: Shrinking = { fit: "within", size: 768, kernel: "cubic" };

/** What most programs save with where nothing else is asked for. */
const USUAL_QUALITY = 88;

/** An edit holds the picture as it was, as it becomes, and what is made between them. */
const HELD_PICTURES = 4;

export const editPicture: EditPicture = (pixels, edit) => pictureTurns.run(HELD_PICTURES * pixels.data.length, () => edited(pixels, edit));

const edited: EditPicture = async (pixels, edit) => {
  if (edit.kind !== "combination") return save(apply(pixels, edit), edit);
  let current = pixels;
  let saved: Uint8Array = new Uint8Array();
  for (const step of edit.edits) {
    saved = await save(apply(current, step), step);
    current = await rgb(sharp(saved));
  }
  return saved;
};

function apply(pixels: RgbPixels, edit: SingleEdit): Sharp {
  const { width, height } = pixels;
  const image = picture(pixels);
  switch (edit.kind) {
    case "recompress":
      return image;
    case "resize":
      return image.resize(part(width, edit.scale), part(height, edit.scale), { fit: "fill" });
    case "crop": {
      const kept = { width: part(width, edit.width), height: part(height, edit.height) };
      const place = { left: Math.round((width - kept.width) * edit.left), top: Math.round((height - kept.height) * edit.top) };
      return image.extract({ ...place, ...kept });
    }
    case "rotate":
      return image.rotate(edit.degrees, { background: shadeOf(edit.shade) });
    case "turn":
      return image.rotate(edit.quarters * 90);
    case "mirror":
      return image.flop();
    case "border": {
      const edge = part(Math.min(width, height), edit.width);
      return image.extend({ top: edge, bottom: edge, left: edge, right: edge, background: shadeOf(edit.shade) });
    }
    case "brightness":
      return image.modulate({ brightness: edit.factor });
    case "colour":
      return image.modulate({ saturation: edit.saturation, hue: edit.hue });
    case "grey":
      return image.greyscale();
    case "text":
      return image.composite([{ input: Buffer.from(textOverlay(pixels, edit)) }]);
    case "screenshot":
      return screenshot(pixels, edit);
  }
}

function screenshot(pixels: RgbPixels, { above, below, beside, dark }: Extract<SingleEdit, { kind: "screenshot" }>): Sharp {
  const [top, bottom, side] = [part(pixels.height, above), part(pixels.height, below), Math.round(pixels.width * beside)];
  const whole = { width: pixels.width + 2 * side, height: pixels.height + top + bottom };
  return picture(pixels)
    .extend({ top, bottom, left: side, right: side, background: shadeOf(dark ? 24 : 242) })
    .composite([{ input: Buffer.from(viewerOverlay(whole, top, bottom, dark)) }]);
}

function save(image: Sharp, { kind, ...edit }: SingleEdit): Promise<Uint8Array> {
  if (kind === "screenshot") return image.png().toBuffer();
  return image.jpeg({ quality: "quality" in edit ? edit.quality : USUAL_QUALITY }).toBuffer();
}

function picture({ data, width, height }: RgbPixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function rgb(image: Sharp): Promise<RgbPixels> {
  const { data, info } = await image.toColourspace("srgb").removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

/** At least one pixel. */
function part(edge: number, share: number): number {
  return Math.max(1, Math.round(edge * share));
}

function shadeOf(level: number) {
  return { r: level, g: level, b: level };
}
