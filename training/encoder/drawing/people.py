"""People as drawn groups show them, at half length or nearer: heads with faces and hair, what they wear, and how they hold their arms.

A person is a few layers (legs, body, arms, head, hair), each rounded by light from one side, painted large and pasted small. Lengths are in
heights of its head, x to the right and y up from the middle of the head.
"""

import math
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from drawing.drawn import Colour, Point, both_sides, mix, to_image
from drawing.players import CLOTHES, DENIM, HAIRS, SKINS
from drawing.rooms import paint, shade
from edits import any_colour, letters

RING = [(math.cos(t * math.pi / 15), math.sin(t * math.pi / 15)) for t in range(30)]
HAIRCUTS = ["short", "short", "short", "side", "fringe", "long", "long", "bob", "bun", "curls", "afro", "tail", "bald", "receding"]
HATS = ["cap", "brim", "beanie", "scarf", "party", "square"]
TOPS = ["tee", "tee", "collar", "jacket", "open", "vee", "hood", "straps"]
PATTERNS = ["plain", "plain", "plain", "across", "down", "checks", "dots", "word", "halves", "blots"]
# Elbow and hand of a right arm, from its shoulder and from the middle of the body: the shoulder itself differs from person to person.
ARMS: dict[str, tuple[Point, Point]] = {
    "down": ((0.15, -1.25), (1.0, -3.3)), "clasped": ((0.18, -1.2), (0.05, -2.9)), "folded": ((0.15, -1.1), (-0.35, -1.85)),
    "around": ((0.6, -0.35), (1.9, -0.95)), "up": ((0.5, -0.3), (1.5, 0.35)), "sign": ((0.35, -0.9), (0.75, -0.6)),
    "cup": ((0.15, -1.2), (0.55, -1.75)), "table": ((0.35, -1.2), (0.5, -2.5)), "hip": ((0.65, -1.1), (0.75, -2.7)),
}  # fmt: skip
# Of these, the ones that lie before the body.
ARMS_BEFORE = ["clasped", "folded", "sign", "cup", "table"]


@dataclass(frozen=True)
class Light:
    """Of one picture: from where it comes, how deep shadows are, and textures of cloth and hair."""

    sun: Point
    depth: float
    cloth: Image.Image
    strands: Image.Image


@dataclass(frozen=True)
class Clothes:
    top: str
    pattern: str
    colour: Colour
    other: Colour
    word: str
    trousers: Colour
    skirt: bool
    long_sleeves: bool
    hat: str | None


@dataclass(frozen=True)
class Pose:
    # Radians: of the head about its axis, and to the side.
    turn: float
    tilt: float
    arms: list[str]
    child: bool = False
    seated: bool = False
    from_behind: bool = False


class Layer:
    """One part of a person: colours everywhere, and a mask of where they count. `tilt` turns all about the neck; `tall` is below it."""

    def __init__(self, size: tuple[int, int], unit: float, middle: Point, colour: Colour, tall: float, tilt: float = 0.0) -> None:
        self.colours, self.mask = Image.new("RGB", size, colour), Image.new("L", size)
        self.paint, self.stencil = ImageDraw.Draw(self.colours, "RGBA"), ImageDraw.Draw(self.mask)
        self.unit, self.middle, self.tall = unit, middle, tall
        self.cos, self.sin = math.cos(tilt), math.sin(tilt)

    def at(self, point: Point) -> Point:
        x, y = point[0], point[1] + 0.5
        if y < 0:
            y *= self.tall
        x, y = x * self.cos + y * self.sin, y * self.cos - x * self.sin - 0.5
        return self.middle[0] + x * self.unit, self.middle[1] - y * self.unit

    def shape(self, points: list[Point], colour: tuple[int, ...], solid: bool = True) -> None:
        """What is not solid is only seen where something solid is."""
        places = [self.at(point) for point in points]
        self.paint.polygon(places, fill=colour)
        if solid:
            self.stencil.polygon(places, fill=255)

    def oval(self, middle: Point, wide: float, high: float, colour: tuple[int, ...], solid: bool = True) -> None:
        ring = RING[::3] if max(wide, high) * self.unit < 5 else RING
        self.shape([(middle[0] + wide * x, middle[1] + high * y) for x, y in ring], colour, solid)

    def strip(self, points: list[Point], thick: list[float], colour: tuple[int, ...]) -> None:
        """A limb through points, so thick at each of them."""
        for (one, r1), (other, r2) in zip(zip(points, thick), zip(points[1:], thick[1:])):
            along = math.atan2(other[1] - one[1], other[0] - one[0]) + math.pi / 2
            c, s = math.cos(along), math.sin(along)
            corners = [(one[0] + r1 * c, one[1] + r1 * s), (other[0] + r2 * c, other[1] + r2 * s)]
            self.shape([*corners, (other[0] - r2 * c, other[1] - r2 * s), (one[0] - r1 * c, one[1] - r1 * s)], colour)
            self.oval(one, r1, r1, colour)
            self.oval(other, r2, r2, colour)


class Canvas:
    """What a person is put together on, layer by layer."""

    def __init__(self, dice: random.Random, unit: float, down: float, light: Light, tall: float) -> None:
        self.dice, self.unit, self.light, self.tall = dice, unit, light, tall
        self.image = Image.new("RGBA", (int(5 * unit), int((1.1 + down) * unit)))

    def layer(self, colour: Colour, tilt: float = 0.0) -> Layer:
        return Layer(self.image.size, self.unit, (2.5 * self.unit, 1.1 * self.unit), colour, self.tall, tilt)

    def put(self, layer: Layer, texture: Image.Image, rough: float, deep: float = 0.25) -> None:
        """Rounded where its mask ends, with a soft shadow on what lies below."""
        bounds = layer.mask.getbbox()
        if bounds is None:
            return
        pad = int(deep * self.unit) + 1
        box = (bounds[0] - pad, bounds[1] - pad, bounds[2] + pad, bounds[3] + pad)
        mask, sun, depth = layer.mask.crop(box), self.light.sun, self.light.depth
        down, across = np.gradient(np.asarray(mask.filter(ImageFilter.GaussianBlur(pad)), np.float32) / 255 * pad)
        x, y = self.dice.randint(0, 128), self.dice.randint(0, 128)
        grain = np.asarray(texture.crop((x, y, x + 128, y + 128)).resize(mask.size), np.float32) / 255 - 0.5
        tone = (1 + depth * (down * sun[1] - across * sun[0])) * (1 + rough * grain)
        shadow = to_image(np.asarray(mask.filter(ImageFilter.GaussianBlur(0.1 * self.unit)), np.float32) * 0.3 * depth)
        dark = Image.new("RGBA", mask.size, (15, 10, 12, 255))
        dark.putalpha(self.image.getchannel("A").crop(box))
        self.image.paste(dark, (box[0], box[1] + int(0.06 * self.unit)), shadow)
        self.image.paste(to_image(np.asarray(layer.colours.crop(box), np.float32) * tone[..., None]), box[:2], mask)


def arc(wide: float, high: float, begin: float, end: float, middle: Point = (0.0, 0.0)) -> list[Point]:
    steps = [begin + (end - begin) * step / 20 for step in range(21)]
    return [(middle[0] + wide * math.cos(t), middle[1] + high * math.sin(t)) for t in steps]


def face(dice: random.Random, layer: Layer, skin: Colour, hair: Colour, wide: float, pose: Pose, light: Light) -> None:
    jaw = dice.uniform(0.05, 0.3)
    for side in (-1, 1):
        layer.oval((wide * math.sin(side * 1.5 + pose.turn * 0.6), -0.04), 0.055, 0.11, shade(skin, 0.93))
    oval = arc(wide, 0.5, 0, 2 * math.pi)
    layer.shape([(x * (1 - jaw * max(0.0, -y * 2) ** 2), y) for x, y in oval], skin)
    far = -1 if light.sun[0] > 0 else 1
    for share in range(9):
        layer.oval((far * wide * (0.7 + 0.06 * share), -0.1), wide * 0.7, 0.5, (*shade(skin, 0.5), int(16 * light.depth)), False)

    def on(u: float, v: float) -> Point:
        """A place on the face, turned with it: radians from its middle, and heights."""
        return wide * math.sin(u + pose.turn), v

    if not pose.child and dice.random() < 0.25:
        beard(dice, layer, hair, wide, on(0, 0)[0] * 0.4)
    eyes(dice, layer, skin, hair, [on(-0.42, dice.uniform(-0.02, 0.03)), on(0.42, 0.0)], pose)
    foot, nose_wide = dice.uniform(-0.21, -0.15), dice.uniform(0.04, 0.075)
    (x, y), (top, _) = on(0, foot), on(0, 0.04)
    lean = 0.05 * math.sin(pose.turn)
    layer.shape([(top + far * 0.015, 0.04), (x + lean + far * nose_wide, y), (x + lean, y - 0.015)], (*shade(skin, 0.62), 110), False)
    layer.oval((x + lean, y), nose_wide, 0.03, (*shade(skin, 0.8), 120), False)
    layer.oval((x + lean - far * 0.02, y + 0.04), 0.018, 0.05, (255, 245, 235, 50), False)
    for side in (-1, 1):
        layer.oval((x + lean + side * nose_wide * 0.5, y - 0.015), 0.013, 0.009, (*shade(skin, 0.35), 200), False)
        layer.oval(on(side * 0.55, -0.17), 0.1, 0.08, (215, 80, 70, dice.randint(5, 35)), False)
    mouth(dice, layer, skin, [on(u / 10 - 0.4, 0)[0] for u in range(9)], foot - dice.uniform(0.1, 0.15))


def eyes(dice: random.Random, layer: Layer, skin: Colour, hair: Colour, places: list[Point], pose: Pose) -> None:
    wide, high, brow, slant = dice.uniform(0.045, 0.065), dice.uniform(0.012, 0.032), dice.uniform(0.008, 0.025), dice.gauss(0, 0.012)
    iris = dice.choice([(45, 28, 18), (35, 22, 15), (70, 95, 120), (80, 90, 60), (95, 60, 35)])
    narrow = math.cos(pose.turn)
    glasses = dice.choice(["dark", "clear", "clear", *["none"] * 9])
    frame_colour = dice.choice([(20, 20, 22), (20, 20, 22), (110, 70, 40), (170, 30, 40), (160, 160, 165), (190, 160, 90)])
    tall, thick, aside = dice.uniform(0.06, 0.11), dice.uniform(0.006, 0.016), dice.gauss(0, 0.012)
    for number, (x, y) in enumerate(places):
        side = 2 * number - 1
        layer.oval((x, y + 0.01), wide * 1.5, 0.06, (*shade(skin, 0.6), 70), False)
        layer.oval((x, y), wide * narrow, high, (238, 234, 228), False)
        layer.oval((x + aside, y), min(high * 1.05, 0.024), min(high * 1.05, 0.024), iris, False)
        layer.oval((x + aside - 0.008, y + 0.008), 0.006, 0.006, (255, 255, 255), False)
        lid = arc(wide * 1.1 * narrow, high * 1.3, 0, math.pi, (x, y)) + arc(wide * narrow, high * 0.8, math.pi, 0, (x, y))
        layer.shape(lid, shade(skin, 0.3), False)
        inner, outer = (x - side * wide * 1.2, y + 0.08 - slant), (x + side * wide * 1.5, y + 0.075 + slant)
        layer.shape([inner, (x + side * 0.02, y + 0.1 + brow), outer, (x + side * 0.02, y + 0.1 - brow)], (*shade(hair, 0.8), 210), False)
        if glasses != "none":
            shape = arc(0.12 * narrow, tall, 0, 2 * math.pi, (x, y - 0.01))
            layer.shape(shape, (*shade(frame_colour, 0.3), 240) if glasses == "dark" else (230, 240, 250, 30), False)
            layer.paint.line([layer.at(point) for point in shape], fill=frame_colour, width=max(1, int(thick * layer.unit * 2)))
    if glasses != "none":
        layer.paint.line([layer.at((x, y + 0.01)) for x, y in places], fill=frame_colour, width=max(1, int(thick * layer.unit)))


def mouth(dice: random.Random, layer: Layer, skin: Colour, across: list[float], y: float) -> None:
    """Closed, or smiling with teeth; its corners lie higher the more it smiles."""
    curve, opened, wide = dice.uniform(-0.01, 0.05), dice.choice([0.012, 0.015, dice.uniform(0.03, 0.09)]), dice.uniform(0.7, 1.15)
    middle = across[4]
    lips = mix(np.array(dice.uniform(0.3, 0.8)), shade(skin, 0.6), dice.choice([(175, 60, 65), (190, 90, 85), (150, 70, 65)])).astype(int)

    def lens(share: float, top: float, low: float) -> list[Point]:
        xs = [(middle + (x - middle) * wide * share, (n - 4) / 4) for n, x in enumerate(across)]
        above = [(x, y + curve * s * s * share + top * (1 - s * s)) for x, s in xs]
        return above + [(x, y + curve * s * s * share - low * (1 - s * s)) for x, s in reversed(xs)]

    layer.shape(lens(1, 0.02, opened + 0.025), tuple(lips), False)
    layer.shape(lens(0.92, 0.002, opened), (70, 25, 28), False)
    if opened > 0.02:
        layer.shape(lens(0.85, 0.0, opened * dice.uniform(0.5, 0.9)), (240, 236, 226), False)
    layer.oval((middle, y - opened - 0.05), 0.07, 0.014, (*shade(skin, 0.6), 80), False)


def beard(dice: random.Random, layer: Layer, hair: Colour, wide: float, x: float) -> None:
    ink, kind = (*hair, dice.choice([70, 130, 230])), dice.choice(["full", "full", "chin", "lip"])
    if kind == "full":
        inner = arc(wide * 0.84, dice.uniform(0.24, 0.34), 2 * math.pi, math.pi)
        layer.shape(arc(wide * 1.02, 0.54, math.pi, 2 * math.pi) + inner, ink, ink[3] > 200)
    if kind == "chin":
        layer.oval((x, -0.45), 0.12, 0.11, ink, False)
    layer.oval((x * 2, -0.245), 0.15, 0.035, ink, False)


def hairline(dice: random.Random, wide: float, cut: str, turn: float) -> list[Point]:
    """From right to left over the forehead."""
    part, rise, ragged = dice.uniform(-0.7, 0.7), dice.uniform(0.26, 0.36), dice.uniform(0, 0.03)
    points = []
    for step in range(25):
        s = 1 - step / 12
        y = rise - 0.3 * abs(s) ** 3
        if cut == "fringe":
            y = 0.17 - 0.1 * s**4
        elif cut == "receding":
            y = 0.44 - 0.42 * abs(s) ** 4
        elif cut in ("side", "long", "bob"):
            y = rise + 0.04 - 0.22 * abs(s - part)
        points.append((wide * min(1.05, max(-1.05, s * 1.05 + 0.3 * math.sin(turn) * (1 - s * s))), y + dice.gauss(0, ragged)))
    return points


def hair_behind(dice: random.Random, layer: Layer, hair: Colour, wide: float, cut: str) -> None:
    """What is seen past the neck and around the head."""
    full = dice.uniform(1.1, 1.3)
    if cut in ("long", "bob"):
        low = -dice.uniform(0.45, 0.6) if cut == "bob" else -dice.uniform(0.8, 1.7)
        ends = [(-wide * full * 1.1, low), (-wide * 0.6, low - 0.08), (wide * 0.5, low), (wide * full * 1.1, low + 0.05)]
        layer.shape(arc(wide * full, 0.58, 0, math.pi) + ends, hair)
    elif cut == "bun":
        layer.oval((dice.uniform(-0.15, 0.15), dice.uniform(0.52, 0.62)), dice.uniform(0.14, 0.22), dice.uniform(0.12, 0.2), hair)
    elif cut == "tail":
        for side in dice.choice([[1], [-1], [-1, 1]]):
            layer.strip([(side * wide, 0.2), (side * (wide + 0.2), -0.2), (side * (wide + 0.12), -dice.uniform(0.5, 1.1))], [0.1, 0.13, 0.04], hair)
    elif cut in ("curls", "afro"):
        size, low = (0.2, -0.1) if cut == "afro" else (0.13, dice.choice([-0.2, -0.9]))
        for _ in range(45):
            angle, r = dice.uniform(-0.3, math.pi + 0.3), dice.uniform(0.8, 1.2)
            place = (wide * r * 1.15 * math.cos(angle), min(0.6, 0.58 * r * math.sin(angle)) + (low * dice.random() if math.sin(angle) < 0.3 else 0))
            layer.oval(place, size * dice.uniform(0.5, 1), size * dice.uniform(0.5, 1), shade(hair, dice.uniform(0.75, 1.25)))


def hair_before(dice: random.Random, layer: Layer, hair: Colour, wide: float, cut: str, pose: Pose) -> None:
    tall = 0.5 if cut == "receding" else dice.uniform(0.53, 0.6)
    if pose.from_behind:
        layer.oval((0, 0.05), wide * 1.06, 0.5, hair)
    elif cut != "bald":
        layer.shape(arc(wide * 1.08, tall, 0, math.pi) + hairline(dice, wide, cut, pose.turn)[::-1], hair)
    if cut in ("curls", "afro"):
        for _ in range(25):
            x = dice.uniform(-1, 1)
            layer.oval((x * wide, dice.uniform(0.32, 0.55) - 0.25 * x * x), 0.07, 0.07, shade(hair, dice.uniform(0.75, 1.25)))


def hat(dice: random.Random, layer: Layer, kind: str, colour: Colour, wide: float, turn: float) -> None:
    dome, way = arc(wide * 1.12, dice.uniform(0.4, 0.48), 0, math.pi, (0, 0.2)), math.sin(turn) * 0.3
    if kind == "party":
        layer.shape([(-0.2, 0.42), (dice.uniform(-0.1, 0.1), 1.0), (0.2, 0.42)], colour)
        return
    layer.shape(dome, colour)
    if kind == "cap":
        layer.shape(arc(wide * 0.95, 0.1, 0, 2 * math.pi, (way, 0.2)), shade(colour, 0.75))
        layer.oval((way, 0.4), 0.08, 0.07, dice.choice(CLOTHES), False)
    elif kind == "brim":
        layer.oval((0, 0.24), wide * dice.uniform(1.6, 2.2), dice.uniform(0.07, 0.13), shade(colour, 0.9))
        layer.shape([(-wide, 0.3), (wide, 0.3), (wide, 0.37), (-wide, 0.37)], dice.choice(CLOTHES), False)
    elif kind == "beanie":
        layer.strip([(-wide, 0.22), (wide, 0.22)], [0.08, 0.08], shade(colour, 0.85))
        layer.oval((0, 0.68), 0.1, 0.1, dice.choice(CLOTHES))
    elif kind == "square":
        layer.shape([(-0.62, 0.5), (0, 0.38), (0.62, 0.5), (0, 0.66)], shade(colour, 0.9))
        layer.strip([(0, 0.52), (0.5, 0.45), (0.52, 0.1)], [0.015, 0.015, 0.03], dice.choice(CLOTHES))


def clothes(dice: random.Random) -> Clothes:
    def any_cloth() -> Colour:
        return shade(dice.choice([*CLOTHES, *DENIM, any_colour(dice), paint(dice)]), dice.uniform(0.75, 1.15))

    trousers = dice.choice([*DENIM, *CLOTHES])
    covered = dice.choice(HATS) if dice.random() < 0.15 else None
    top = dice.choice(TOPS)
    long_sleeves = top in ("jacket", "open", "hood") or (top != "straps" and dice.random() < 0.4)
    word = letters(dice, 1, 1)[:6] if dice.random() < 0.6 else str(dice.randint(1, 99))
    return Clothes(top, dice.choice(PATTERNS), any_cloth(), any_cloth(), word, trousers, dice.random() < 0.25, long_sleeves, covered)


def pattern(dice: random.Random, layer: Layer, wears: Clothes) -> None:
    """All over the layer: only what its mask lets through is seen."""
    step, ink = dice.uniform(0.1, 0.4), wears.other
    if wears.pattern in ("across", "checks"):
        for n in range(int(4 / step)):
            layer.shape([(-2, -0.5 - n * step), (2, -0.5 - n * step), (2, -0.5 - (n + 0.4) * step), (-2, -0.5 - (n + 0.4) * step)], ink, False)
    if wears.pattern in ("down", "checks"):
        for n in range(int(4 / step)):
            layer.shape([(n * step - 2, 0), (n * step - 2, -4), (n * step - 2 + 0.4 * step, -4), (n * step - 2 + 0.4 * step, 0)], (*ink, 170), False)
    if wears.pattern in ("dots", "blots"):
        for _ in range(90):
            r = step * (0.25 if wears.pattern == "dots" else dice.uniform(0.1, 0.8))
            layer.oval((dice.uniform(-1.5, 1.5), dice.uniform(-4, -0.5)), r, r, dice.choice([ink, shade(ink, 0.8)]), False)
    if wears.pattern == "halves":
        layer.shape([(-2, -1.5), (2, -1.5 + dice.uniform(-1, 1)), (2, -5), (-2, -5)], ink, False)
    if wears.pattern == "word":
        font = ImageFont.load_default(size=max(8, int(layer.unit * 0.36)))
        layer.paint.text(layer.at((0, -1.75)), wears.word, fill=ink, font=font, anchor="mm")


def torso(dice: random.Random, layer: Layer, wears: Clothes, skin: Colour, broad: float, slim: float, behind: bool) -> None:
    side = [(0.27, -0.62), (broad * 0.75, -0.76), (broad, -0.98), (broad * 0.95, -1.7), (broad * slim, -2.7), (broad * slim * 1.1, -3.5)]
    outline = both_sides(side)
    layer.shape(outline, wears.colour, False)
    pattern(dice, layer, wears)
    layer.stencil.polygon([layer.at(point) for point in outline], fill=255)
    if behind:
        return
    inner = shade(wears.other, 0.95)
    if wears.top in ("jacket", "open"):
        deep = dice.uniform(-2.6, -1.7)
        layer.shape([(-0.3, -0.55), (0.3, -0.55), (0.06, deep), (0.05, -3.6), (-0.05, -3.6), (-0.06, deep)], inner, False)
        for way in (-1, 1):
            layer.shape([(way * 0.3, -0.55), (way * 0.52, -1.1), (way * 0.05, deep)], shade(wears.colour, 0.8), False)
        if wears.top == "jacket":
            tie = dice.choice(CLOTHES) if wears.word.isdigit() else shade(wears.colour, 1.3)
            layer.shape([(-0.07, -0.72), (0.07, -0.72), (0.1, -1.9), (0, -2.1), (-0.1, -1.9)], tie, False)
    low = {"tee": -0.74, "vee": -1.15, "straps": -1.0, "hood": -0.8}.get(wears.top)
    if low is not None:
        points = [(-0.3, -0.5), (0.3, -0.5), (0, low)] if wears.top == "vee" else arc(0.32, -low - 0.5, math.pi, 2 * math.pi, (0, -0.5))
        layer.shape([(x * 1.2, y * 1.05) for x, y in points], shade(wears.colour, 0.75), False)
        layer.shape(points, skin, False)
    if wears.top == "straps":
        for way in (-1, 1):
            layer.shape([(way * broad * 0.62, -0.5), (way * 1.5, -0.5), (way * 1.5, -1.3), (way * broad * 0.9, -1.3)], skin, False)
    if wears.top in ("collar", "jacket", "open"):
        for way in (-1, 1):
            flap = shade(wears.colour if wears.top == "collar" else inner, 1.1)
            layer.shape([(0, -0.84), (way * 0.3, -0.52), (way * 0.42, -0.72), (way * 0.18, -0.98)], flap, False)
    if wears.top == "collar":
        layer.shape([(-0.015, -0.9), (0.015, -0.9), (0.015, -3.5), (-0.015, -3.5)], shade(wears.colour, 0.6), False)


def arm(dice: random.Random, layer: Layer, kind: str, side: int, wears: Clothes, skin: Colour, broad: float) -> None:
    (ex, ey), (hx, hy) = ARMS[kind]
    shoulder = (side * (broad - 0.17), -1.0)
    elbow = (shoulder[0] + side * ex + dice.gauss(0, 0.06), shoulder[1] + ey + dice.gauss(0, 0.06))
    hand = (side * hx * (0.5 + 0.5 * broad) + dice.gauss(0, 0.06), hy + dice.gauss(0, 0.1))
    if kind == "cup":
        x, paper = hand[0], dice.choice([*CLOTHES, (200, 220, 235)])
        layer.shape([(x - 0.13, hand[1] - 0.18), (x + 0.13, hand[1] - 0.18), (x + 0.18, hand[1] + 0.35), (x - 0.18, hand[1] + 0.35)], paper)
    cuff = dice.uniform(0.75, 0.9)
    wrist = (elbow[0] + (hand[0] - elbow[0]) * cuff, elbow[1] + (hand[1] - elbow[1]) * cuff)
    layer.strip([elbow, wrist, hand], [0.15, 0.1, 0.12], skin)
    if kind == "sign":
        for lean in (-0.12, 0.12):
            layer.strip([hand, (hand[0] + lean, hand[1] + 0.33)], [0.05, 0.035], skin)
    sleeve = skin if wears.top == "straps" else wears.colour
    layer.strip([shoulder, elbow], [0.22, 0.17], sleeve if wears.long_sleeves else skin)
    if wears.long_sleeves:
        layer.strip([elbow, wrist], [0.17, 0.13], sleeve)
    else:
        half = ((shoulder[0] + elbow[0]) / 2, (shoulder[1] + elbow[1]) / 2)
        layer.strip([shoulder, half], [0.22, 0.22], sleeve)


def legs(dice: random.Random, layer: Layer, wears: Clothes, skin: Colour, broad: float, seated: bool) -> None:
    apart, bare, shoes = dice.uniform(0.24, 0.5), dice.random() < 0.3 or wears.skirt, dice.choice([*CLOTHES, (30, 28, 28), (60, 40, 30)])
    knee, foot = (-3.9, -5.5) if seated else (-4.9, -6.6)
    for side in (-1, 1):
        x = side * (apart + 0.15 * seated)
        layer.strip([(side * 0.33, -3.4), (x, knee), (x + dice.gauss(0, 0.08), foot)], [0.36, 0.26, 0.15], skin if bare else wears.trousers)
        layer.strip([(x, foot - 0.1), (x + side * 0.14, foot - 0.2)], [0.14, 0.12], shoes)
        if bare:
            layer.strip([(side * 0.33, -3.4), (side * (apart * 0.5 + 0.17), (knee - 3.4) / 2)], [0.38, 0.32], wears.trousers)
    if wears.skirt:
        layer.shape([(-broad * 0.7, -3.1), (broad * 0.7, -3.1), (broad * 1.05, knee + 0.2), (-broad * 1.05, knee + 0.2)], wears.trousers)


@dataclass(frozen=True)
class Body:
    skin: Colour
    hair: Colour
    cut: str
    # Half of it: of the shoulders and of the head.
    broad: float
    wide: float
    hat: str | None


def body(dice: random.Random, wears: Clothes, child: bool) -> Body:
    kind = dice.randrange(len(SKINS))
    natural = HAIRS[: 2 if kind > 2 else 4]
    hair = dice.choice(natural if child or dice.random() < 0.8 else HAIRS[-1:])
    cut = dice.choice(HAIRCUTS[:-2] if child else HAIRCUTS)
    fits = wears.hat == "scarf" or cut not in ("bun", "afro")
    broad = dice.uniform(0.66, 0.78) if child else dice.uniform(0.8, 1.08)
    skin, hair = shade(SKINS[kind], dice.uniform(0.88, 1.1)), shade(hair, dice.uniform(0.7, 1.3))
    return Body(skin, hair, cut, broad, dice.uniform(0.34, 0.41), wears.hat if fits else None)


def person(dice: random.Random, wears: Clothes, pose: Pose, light: Light, high: float, down: float) -> Image.Image:
    """Painted at least so large that lines come out, seen so many heads down; the middle of its head is 1.1 heads below the upper edge."""
    unit = min(200.0, max(24.0, 6 + high * 1.15))
    canvas = Canvas(dice, unit, down, light, 0.8 if pose.child else 1.0)
    who = body(dice, wears, pose.child)
    over_shoulders = who.hat == "scarf" or dice.random() < 0.4
    if not over_shoulders:
        put_back(dice, canvas, who, wears, pose)
    if down > 3.4:
        part = canvas.layer(wears.trousers)
        legs(dice, part, wears, who.skin, who.broad, pose.seated)
        canvas.put(part, light.cloth, 0.35, 0.2)
    put_body(dice, canvas, who, wears, pose)
    if over_shoulders:
        put_back(dice, canvas, who, wears, pose)
    put_head(dice, canvas, who, wears, pose)
    scale = high / unit
    size = max(1, int(canvas.image.width * scale)), max(1, int(canvas.image.height * scale))
    return canvas.image.resize(size, Image.Resampling.BILINEAR)


def put_back(dice: random.Random, canvas: Canvas, who: Body, wears: Clothes, pose: Pose) -> None:
    if who.hat == "scarf":
        part = canvas.layer(wears.other, pose.tilt)
        part.oval((0, 0), who.wide * 1.25, 0.6, wears.other)
        part.shape([(-0.4, 0), (0.4, 0), (0.6, -1.1), (0, -1.4), (-0.6, -1.1)], wears.other)
        canvas.put(part, canvas.light.cloth, 0.6)
    else:
        part = canvas.layer(who.hair, pose.tilt)
        hair_behind(dice, part, who.hair, who.wide, who.cut)
        canvas.put(part, canvas.light.strands, 0.7)


def put_body(dice: random.Random, canvas: Canvas, who: Body, wears: Clothes, pose: Pose) -> None:
    """Arms that hang or are lifted begin behind the trunk, the others lie before it."""
    cloth = canvas.light.cloth

    def put_arms(before: bool) -> None:
        for side, way in zip((-1, 1), pose.arms):
            if (way in ARMS_BEFORE) == before:
                part = canvas.layer(who.skin)
                arm(dice, part, way, side, wears, who.skin, who.broad)
                canvas.put(part, cloth, 0.3, 0.12)

    put_arms(False)
    trunk, neck = canvas.layer(wears.colour), canvas.layer(who.skin)
    torso(dice, trunk, wears, who.skin, who.broad, dice.uniform(0.72, 1.05), pose.from_behind)
    canvas.put(trunk, cloth, 0.45, 0.3)
    put_arms(True)
    neck.strip([(0, -0.3), (0, -0.66)], [0.2, 0.22], shade(who.skin, 0.88))
    canvas.put(neck, cloth, 0, 0.12)


def put_head(dice: random.Random, canvas: Canvas, who: Body, wears: Clothes, pose: Pose) -> None:
    light, wide = canvas.light, who.wide
    part, top = canvas.layer(who.skin, pose.tilt), canvas.layer(wears.other, pose.tilt)
    if not pose.from_behind:
        face(dice, part, who.skin, who.hair, wide, pose, light)
        canvas.put(part, light.cloth, 0.1)
    if who.hat == "scarf":
        opening = arc(wide * 0.95, 0.34, math.pi, 0) if not pose.from_behind else arc(wide, 0.5, math.pi, 2 * math.pi)
        top.shape(arc(wide * 1.15, 0.58, 0, math.pi) + opening, wears.other)
        canvas.put(top, light.cloth, 0.5, 0.15)
        return
    front = canvas.layer(who.hair, pose.tilt)
    hair_before(dice, front, who.hair, wide, who.cut, pose)
    canvas.put(front, light.strands, 0.7, 0.15)
    if who.hat:
        hat(dice, top, who.hat, wears.other, wide, pose.turn)
        canvas.put(top, light.cloth, 0.2)
