"""Stage 0, drawn pictures of people at play on an open ground: lawns, courts, sand, snow and the sea, where photos differ in little but the poses.

    python -m drawing.players --photos FOLDER

Writes FOLDER/drawn-players/<ground>/<number>.jpg. A ground is a plane in perspective under one of a few backs; the people on it have
two-part limbs, painted as rounded strips lit from one side. Each picture follows from its ground and number alone. Lengths of the ground
are in metres; a camera stands at its origin and looks along z.
"""

import math
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from config import parse
from drawing.drawn import Colour, Draw, camera_noise, draw_all, falling, frame, mix, noise, to_image
from edits import letters

# Painted this many times as large and made smaller, for smooth edges.
FINER = 3
SKINS: list[Colour] = [(236, 196, 168), (222, 178, 146), (190, 140, 105), (140, 96, 66), (92, 60, 42)]
HAIRS: list[Colour] = [(35, 28, 24), (70, 48, 32), (125, 88, 50), (205, 170, 110), (120, 118, 115)]
CLOTHES: list[Colour] = [
    (245, 245, 245), (245, 245, 245), (25, 26, 30), (30, 55, 130), (190, 35, 45), (40, 120, 60), (235, 200, 50), (90, 160, 215), (225, 120, 40),
    (110, 55, 130), (130, 132, 138), (40, 60, 75), (205, 90, 140),
]  # fmt: skip
DENIM: list[Colour] = [(60, 75, 105), (35, 38, 45), (150, 140, 120), (90, 95, 100)]
SKIES: list[tuple[Colour, Colour]] = [
    ((70, 120, 195), (175, 205, 235)), ((150, 170, 195), (215, 222, 230)), ((30, 80, 165), (120, 170, 225)), ((215, 218, 222), (235, 236, 238)),
]  # fmt: skip

Thing = Literal["ball", "disc", "kite", "bat", "racket", "skis", "board", "surfboard", "skateboard", "nothing"]
# What people stand on: half its length and its thickness, in heights of a person.
BOARDS: dict[Thing, tuple[float, float]] = {"skis": (0.5, 0.02), "board": (0.42, 0.045), "surfboard": (0.6, 0.07), "skateboard": (0.2, 0.03)}
# Paints what stands behind a ground: (width, height) → [height, width, 3].
Back = Callable[[random.Random, tuple[int, int]], np.ndarray]
WHITE: list[Colour] = [(245, 245, 240)]


@dataclass(frozen=True)
class Ground:
    # Of the plane: what its noise goes from and to.
    low: Colour
    high: Colour
    # Colours of lines, none where there are none.
    lines: list[Colour]
    # What may stand behind it.
    backs: list[Back]
    # What people hold or stand on.
    things: list[Thing]
    bare_limbs: bool = True


@dataclass(frozen=True)
class Camera:
    size: tuple[int, int]
    # Row of the horizon in pixels; above the picture where the camera looks down.
    horizon: float
    # Height of the camera in metres, and pixels to a metre at a distance of one.
    high: float
    focal: float

    def place(self, x: float, z: float) -> tuple[float, float]:
        """Pixel of a point of the ground."""
        return self.size[0] / 2 + x * self.focal / z, self.horizon + self.high * self.focal / z

    def nearest(self) -> float:
        """Distance of the ground at the foot of the picture."""
        return self.high * self.focal / (self.size[1] - self.horizon)


def ground(dice: random.Random, camera: Camera, look: Ground) -> np.ndarray:
    """The plane in perspective, [height, width, 3]; above the horizon it means nothing."""
    width, height = camera.size
    down = np.maximum(np.arange(height) - camera.horizon, 0.5)[:, None]
    z = camera.high * camera.focal / down
    x = (np.arange(width)[None] - width / 2) * z / camera.focal
    shift, scale = dice.uniform(0, 512), 512 / dice.uniform(8, 30)
    fine = noise(dice, (512, 512), dice.uniform(4, 40), dice.choice([1, 1, 3]))
    coarse = noise(dice, (512, 512), 3)
    cells = _reflected(z * scale + shift) + np.zeros_like(x, int), _reflected(x * scale + shift)
    # Far away, what is finer than a pixel is even.
    near = np.clip(camera.focal / z / scale, 0.15, 1)
    share = 0.5 + (fine[cells] - 0.5) * near * dice.uniform(0.4, 1.6) + (coarse[cells[0] // 4, cells[1] // 4] - 0.5) * dice.uniform(0, 0.8)
    if dice.random() < 0.2:
        stripe = dice.uniform(3, 7)
        share += 0.18 * np.sign(np.sin((x * math.cos(a := dice.uniform(0, 3)) + z * math.sin(a)) * math.pi / stripe))
    shade = dice.randint(-25, 25)
    return mix(np.clip(share, 0, 1), look.low, look.high) + shade


def _reflected(where: np.ndarray) -> np.ndarray:
    """Places of an endless row of tiles of 512, every other one turned over, so that no seam shows."""
    return np.abs(where.astype(int) % 1024 - 511.5).astype(int)


def lines(dice: random.Random, draw: ImageDraw.ImageDraw, camera: Camera, colour: Colour, middle: tuple[float, float]) -> None:
    """A field's: straight ones at right angles, a box or two, perhaps an arc."""
    turn, wide = dice.uniform(0, math.pi), dice.uniform(0.05, 0.12)
    along, across = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))

    def at(u: float, v: float) -> tuple[float, float]:
        return middle[0] + along[0] * u + across[0] * v, middle[1] + along[1] * u + across[1] * v

    def stroke(points: list[tuple[float, float]]) -> None:
        for (u1, v1), (u2, v2) in zip(points, points[1:]):
            pieces = [at(u1 + (u2 - u1) * s / 24, v1 + (v2 - v1) * s / 24) for s in range(25)]
            for (x1, z1), (x2, z2) in zip(pieces, pieces[1:]):
                if min(z1, z2) > camera.nearest() * 0.7:
                    (a, b), (c, d) = camera.place(x1, z1), camera.place(x2, z2)
                    thick = max(1, round(wide * camera.focal / ((z1 + z2) / 2) * FINER))
                    draw.line((a * FINER, b * FINER, c * FINER, d * FINER), fill=colour, width=thick)

    for _ in range(dice.randint(1, 3)):
        v = dice.uniform(-5, 5)
        stroke([(-25, v), (25, v)])
    for _ in range(dice.randint(0, 2)):
        u = dice.uniform(-4, 4)
        stroke([(u, -15), (u, 15)])
    for _ in range(dice.choice([0, 0, 1, 2])):
        u, v, w, h = dice.uniform(-3, 3), dice.uniform(-3, 3), dice.uniform(1, 5), dice.uniform(1, 5)
        stroke([(u, v), (u + w, v), (u + w, v + h), (u, v + h), (u, v)])
    if dice.random() < 0.3:
        r, begin = dice.uniform(2, 9), dice.uniform(0, 6)
        stroke([(r * math.cos(begin + t / 4), r * math.sin(begin + t / 4)) for t in range(dice.choice([7, 26]))])


def trees(dice: random.Random, size: tuple[int, int], dark: Colour = (25, 45, 22), light: Colour = (95, 125, 65)) -> np.ndarray:
    return mix(noise(dice, size, dice.uniform(5, 25)) ** dice.uniform(0.8, 2), dark, light)


def firs(dice: random.Random, size: tuple[int, int]) -> np.ndarray:
    return trees(dice, size, (25, 35, 38), (225, 230, 238))


def stand(dice: random.Random, size: tuple[int, int]) -> np.ndarray:
    """Rows of heads and shirts, or empty seats among them."""
    width, height = size
    seat = dice.choice([(35, 70, 50), (40, 50, 95), (110, 112, 115), (120, 40, 40)])
    image = Image.new("RGB", size, seat)
    draw = ImageDraw.Draw(image)
    row, full = dice.uniform(4, 16), dice.uniform(0.3, 1)
    for number in range(int(height / row) + 2):
        y = number * row
        draw.line((0, y, width, y), fill=tuple(c // 2 for c in seat))
        for column in range(int(width / row * 1.2) + 1):
            if dice.random() < full:
                x, r = column * row / 1.2 + dice.uniform(-0.2, 0.2) * row, row * 0.22
                draw.rectangle((x - 1.6 * r, y + 1.2 * r, x + 1.6 * r, y + row), fill=dice.choice(CLOTHES))
                draw.ellipse((x - r, y - r, x + r, y + 1.3 * r), fill=dice.choice(SKINS))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(dice.uniform(0, 1.5))), float)


def hoarding(dice: random.Random, size: tuple[int, int]) -> np.ndarray:
    """Boards with names along the ground, and a stand or trees above."""
    width, height = size
    above = dice.choice([stand, trees])(dice, size)
    board = Image.fromarray(above.clip(0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(board)
    high, paint = max(6, int(height * dice.uniform(0.3, 1))), dice.choice([*CLOTHES[2:], (20, 60, 45), (25, 35, 90)])
    ink = (245, 245, 245) if sum(paint) < 450 else (25, 25, 30)
    draw.rectangle((0, height - high, width, height), fill=paint)
    font = ImageFont.load_default(size=max(7, int(high * dice.uniform(0.35, 0.8))))
    x = -dice.uniform(0, 60)
    while x < width:
        word = letters(dice, 1, 1).upper()
        draw.text((x, height - high * 0.92), word, fill=ink, font=font)
        x += draw.textlength(word, font) + dice.uniform(10, 80)
    return np.asarray(board.filter(ImageFilter.GaussianBlur(dice.uniform(0, 1.2))), float)


def clear_sky(dice: random.Random, size: tuple[int, int]) -> np.ndarray:
    pixels = falling(size, *dice.choice(SKIES))
    clouds = np.clip((noise(dice, size, dice.uniform(2, 5)) - dice.uniform(0.45, 0.9)) * 3, 0, 1)[..., None]
    return pixels * (1 - clouds) + 250 * clouds


def hills(dice: random.Random, size: tuple[int, int]) -> np.ndarray:
    width, height = size
    pixels, tone = clear_sky(dice, size), dice.choice([(95, 115, 140), (70, 95, 70), (225, 232, 242), (120, 110, 95)])
    ridge = noise(dice, (width, 4), dice.uniform(2, 5))[1] * height * dice.uniform(0.3, 0.8)
    inside = (np.arange(height)[:, None] > height - ridge[None])[..., None]
    return np.where(inside, mix(noise(dice, size, 12), tuple(int(c * 0.8) for c in tone), tone), pixels)


def sea(dice: random.Random, size: tuple[int, int]) -> np.ndarray:
    width, height = size
    pixels, tone = clear_sky(dice, size), dice.choice([(60, 110, 130), (40, 90, 150), (110, 130, 140)])
    top = int(height * dice.uniform(0.3, 0.85))
    waves = noise(dice, size, dice.uniform(6, 14), 6)
    water = mix(np.clip((waves - 0.55) * dice.uniform(1, 5), 0, 1), tone, (245, 248, 250))
    return np.where((np.arange(height) > top)[:, None, None], water, pixels)


def wall(dice: random.Random, size: tuple[int, int]) -> np.ndarray:
    width, height = size
    pixels = np.zeros((height, width, 3)) + np.array(dice.choice([(170, 160, 150), (150, 95, 75), (200, 195, 185), (120, 122, 125)]))
    pixels *= 0.85 + 0.3 * noise(dice, size, dice.uniform(3, 30))[..., None]
    image = to_image(pixels)
    draw = ImageDraw.Draw(image)
    step, wide = dice.uniform(25, 90), dice.uniform(0.3, 0.7)
    for column in range(int(width / step) + 1):
        x, y = column * step + dice.uniform(0, 6), height * dice.uniform(0.1, 0.3)
        draw.rectangle((x, y, x + step * wide, y + height * dice.uniform(0.3, 0.6)), fill=dice.choice([(60, 65, 72), (95, 80, 65), (225, 225, 220)]))
    return np.asarray(image, float)


def grass(dice: random.Random, size: tuple[int, int]) -> np.ndarray:
    return mix(noise(dice, size, dice.uniform(10, 40), 2), (65, 105, 45), (115, 150, 70))


GROUNDS: dict[str, Ground] = {
    "lawn": Ground((70, 110, 45), (125, 160, 75), WHITE, [trees, trees, stand, clear_sky, hoarding], ["ball", "ball", "disc", "nothing", "kite"]),
    "meadow": Ground((120, 120, 60), (180, 175, 105), [], [trees, clear_sky, hills], ["disc", "kite", "nothing", "ball"]),
    "clay": Ground((165, 90, 55), (200, 120, 80), WHITE, [stand, hoarding, hoarding], ["racket", "racket", "bat"]),
    "court": Ground((45, 85, 140), (60, 105, 160), WHITE, [stand, hoarding, hoarding], ["racket"]),
    "green-court": Ground((50, 105, 75), (70, 130, 95), WHITE, [stand, hoarding, trees], ["racket", "ball"]),
    "diamond": Ground((150, 105, 75), (190, 145, 105), WHITE, [stand, hoarding, grass], ["bat", "bat", "ball", "nothing"]),
    "snow": Ground((205, 215, 230), (248, 250, 253), [], [hills, clear_sky, firs], ["skis", "skis", "board", "nothing"], False),
    "sand": Ground((185, 160, 120), (230, 210, 170), [], [sea, clear_sky], ["ball", "kite", "disc", "board", "nothing"]),
    "sea": Ground((45, 85, 105), (130, 165, 175), [], [clear_sky, sea, hills], ["surfboard"], False),
    "street": Ground((90, 90, 92), (140, 140, 142), [(230, 230, 225), (220, 190, 60)], [wall, trees, wall], ["skateboard", "ball", "nothing"]),
}


@dataclass(frozen=True)
class Outfit:
    skin: Colour
    hair: Colour
    shirt: Colour
    trousers: Colour
    socks: Colour
    shoes: Colour
    # Whether arms and legs are bare below the elbow and the knee.
    bare: bool
    number: int | None
    cap: Colour | None


def outfit(dice: random.Random, bare: bool) -> Outfit:
    shirt = dice.choice(CLOTHES)
    trousers = dice.choice([shirt, *CLOTHES, *DENIM, *DENIM])
    number, cap = (dice.randint(1, 40) if dice.random() < 0.4 else None), (dice.choice(CLOTHES) if dice.random() < 0.35 else None)
    skin, hair, socks, shoes = dice.choice(SKINS), dice.choice(HAIRS), dice.choice(CLOTHES), dice.choice(CLOTHES)
    return Outfit(skin, hair, shirt, trousers, socks, shoes, bare and dice.random() < 0.8, number, cap)


class Painter:
    """Paints one person and what belongs to it on a sheet FINER times as large; positions are in heights of the person, y up from its feet."""

    def __init__(self, draw: ImageDraw.ImageDraw, feet: tuple[float, float], high: float, sun: float) -> None:
        self.draw, self.feet, self.high, self.sun = draw, feet, high * FINER, sun

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        return self.feet[0] * FINER + point[0] * self.high, self.feet[1] * FINER - point[1] * self.high

    def limb(self, one: tuple[float, float], other: tuple[float, float], thick: float, thin: float, colour: Colour) -> None:
        """A strip that narrows, darker away from the sun."""
        (from_x, y1), (to_x, y2) = self.at(one), self.at(other)
        length = math.hypot(to_x - from_x, y2 - y1) + 1e-6
        nx, ny = -(y2 - y1) / length, (to_x - from_x) / length
        for share, width, light in ((0.0, 1.0, 0.72), (0.12, 0.78, 1.0), (0.3, 0.35, 1.14)):
            shift = self.sun * share
            ink = tuple(min(255, int(c * light)) for c in colour)
            r1, r2 = (t * width * self.high / 2 for t in (thick, thin))
            across_1, across_2 = (nx * r1, ny * r1), (nx * r2, ny * r2)
            x1, x2 = from_x + shift * thick * self.high, to_x + shift * thin * self.high
            one_side = [(x1 + across_1[0], y1 + across_1[1]), (x2 + across_2[0], y2 + across_2[1])]
            other_side = [(x2 - across_2[0], y2 - across_2[1]), (x1 - across_1[0], y1 - across_1[1])]
            self.draw.polygon([*one_side, *other_side], fill=ink)
            self.draw.ellipse((x1 - r1, y1 - r1, x1 + r1, y1 + r1), fill=ink)
            self.draw.ellipse((x2 - r2, y2 - r2, x2 + r2, y2 + r2), fill=ink)


def beside(point: tuple[float, float], angle: float, length: float) -> tuple[float, float]:
    """From a point on; an angle of nothing hangs straight down, a positive one swings to the right."""
    return point[0] + length * math.sin(angle), point[1] - length * math.cos(angle)


def person(dice: random.Random, painter: Painter, clothes: Outfit, thing: Thing) -> None:
    """In any pose: the limbs on the far side first, then the body, then those on the near side."""
    lean, facing = dice.gauss(0, 0.25), dice.uniform(0, math.pi)
    side = max(0.25, abs(math.cos(facing)))
    crouch = dice.choice([0.0, 0.0, dice.uniform(0, 0.5)])
    hip = (0.0, 0.5 - 0.12 * crouch)
    neck = (hip[0] + 0.32 * math.sin(lean), hip[1] + 0.32 * math.cos(lean))
    legs = [(dice.gauss(0, 0.35) + crouch * s, dice.gauss(0, 0.5) - crouch * s) for s in (-1, 1)]
    lifted = dice.random() < 0.4
    arms = []
    for _ in range(2):
        shoulder = dice.choice([dice.gauss(0, 0.5), dice.gauss(0, 1.3), math.pi - dice.gauss(0, 0.5)]) if lifted else dice.gauss(0, 0.5)
        arms.append((shoulder, dice.gauss(0, 0.9)))
    hands, feet = [], []

    def leg(number: int) -> None:
        start = (hip[0] + (number - 0.5) * 0.11 * side, hip[1])
        knee = beside(start, legs[number][0], 0.25)
        foot = beside(knee, legs[number][0] * 0.6 + legs[number][1] * 0.6, 0.24)
        feet.append(foot)
        painter.limb(knee, foot, 0.065, 0.045, clothes.skin if clothes.bare else clothes.trousers)
        if clothes.bare:
            painter.limb(beside(knee, math.atan2(foot[0] - knee[0], knee[1] - foot[1]), 0.1), foot, 0.06, 0.048, clothes.socks)
        painter.limb(start, knee, 0.1, 0.075, clothes.trousers)
        painter.limb(foot, (foot[0] + 0.05 * math.cos(facing + 0.3), foot[1] - 0.01), 0.05, 0.04, clothes.shoes)

    def arm(number: int) -> None:
        start = (neck[0] + (number - 0.5) * 0.2 * side, neck[1] - 0.03)
        elbow = beside(start, arms[number][0], 0.16)
        hand = beside(elbow, arms[number][0] + arms[number][1], 0.15)
        hands.append(hand)
        painter.limb(elbow, hand, 0.045, 0.035, clothes.skin if clothes.bare else clothes.shirt)
        painter.limb(start, elbow, 0.065, 0.05, clothes.shirt)
        painter.limb(hand, hand, 0.04, 0.04, clothes.skin)

    leg(0)
    arm(0)
    for offset in (-0.045 * side, 0.045 * side):
        painter.limb((neck[0] + offset, neck[1] - 0.03), (hip[0] + offset, hip[1]), 0.13, 0.11, clothes.shirt)
    painter.limb((hip[0] - 0.03 * side, hip[1]), (hip[0] + 0.03 * side, hip[1]), 0.125, 0.125, clothes.trousers)
    if clothes.number is not None and painter.high > 50:
        font = ImageFont.load_default(size=int(painter.high * 0.11))
        x, y = painter.at(((neck[0] + hip[0]) / 2, (neck[1] + hip[1]) / 2 + 0.07))
        ink = (20, 20, 25) if sum(clothes.shirt) > 380 else (245, 245, 245)
        painter.draw.text((x - painter.high * 0.05, y - painter.high * 0.04), str(clothes.number), fill=ink, font=font)
    head = (neck[0] + 0.08 * math.sin(lean), neck[1] + 0.09)
    painter.limb(neck, head, 0.05, 0.05, clothes.skin)
    painter.limb((head[0], head[1] + 0.02), (head[0], head[1] + 0.03), 0.115, 0.115, clothes.cap or clothes.hair)
    face = head[0] + 0.012 * math.cos(facing)
    painter.limb((face, head[1] - 0.012), (face, head[1] + 0.005), 0.09, 0.095, clothes.skin)
    if clothes.cap:
        painter.limb((head[0], head[1] + 0.035), (head[0] + 0.08 * math.cos(facing), head[1] + 0.03), 0.05, 0.02, clothes.cap)
    leg(1)
    arm(1)
    belongings(dice, painter, thing, hands, feet)


def belongings(dice: random.Random, painter: Painter, thing: Thing, hands: list[tuple[float, float]], feet: list[tuple[float, float]]) -> None:
    paint, hand, angle = dice.choice(CLOTHES), dice.choice(hands), dice.uniform(0, 2 * math.pi)
    if thing in ("ball", "disc"):
        place = dice.choice([(dice.uniform(-0.8, 0.8), 0.05), (dice.uniform(-0.8, 0.8), dice.uniform(0.1, 1.3)), hand])
        if thing == "ball":
            painter.limb(place, place, 0.12, 0.12, paint)
        else:
            painter.limb(place, beside(place, 1.5, 0.1), 0.03, 0.03, paint)
    elif thing == "bat":
        painter.limb(hand, beside(hand, angle, 0.45), 0.018, 0.045, dice.choice([(200, 165, 115), (40, 38, 40), (150, 110, 70)]))
    elif thing == "racket":
        head = beside(hand, angle, 0.3)
        painter.limb(hand, beside(hand, angle, 0.2), 0.02, 0.015, paint)
        (x, y), r = painter.at(head), 0.085 * painter.high
        painter.draw.ellipse((x - r, y - r * dice.uniform(0.5, 1.2), x + r, y + r), outline=paint, width=max(1, int(0.015 * painter.high)))
    elif thing in BOARDS:
        tilt = dice.gauss(1.57, 0.25)
        long, thick = BOARDS[thing]
        for foot in feet if thing == "skis" else [((feet[0][0] + feet[1][0]) / 2, min(feet[0][1], feet[1][1]) - 0.02)]:
            painter.limb(beside(foot, tilt, -long), beside(foot, tilt, long), thick, thick * 0.8, paint)
        for hand in hands if thing == "skis" else []:
            painter.limb(hand, beside(hand, dice.gauss(0, 0.5), 0.5), 0.01, 0.01, (60, 60, 65))
    elif thing == "kite":
        place = (dice.uniform(-1.5, 1.5), dice.uniform(1.2, 2.2))
        painter.draw.line((*painter.at(hand), *painter.at(place)), fill=(200, 200, 200), width=1)
        painter.draw.polygon([painter.at(beside(place, angle + t, r)) for t, r in ((0, 0.3), (1.6, 0.16), (3.1, 0.2), (4.7, 0.16))], fill=paint)


def shadow(image: Image.Image, feet: tuple[float, float], high: float, way: float) -> None:
    dark = Image.new("L", image.size)
    draw = ImageDraw.Draw(dark)
    x, y, far = feet[0], feet[1], way * high * 0.7
    draw.ellipse((min(x, x + far) - 0.1 * high, y - 0.05 * high, max(x, x + far) + 0.1 * high, y + 0.05 * high), fill=110)
    image.paste((15, 18, 22), (0, 0), dark.filter(ImageFilter.GaussianBlur(high * 0.03)))


@contextmanager
def finer(image: Image.Image, mode: str | None = None) -> Iterator[ImageDraw.ImageDraw]:
    """A sheet FINER times as large to draw on; the picture has what was drawn, with smooth edges, afterwards. In mode RGBA colours may let through."""
    large = image.resize((image.width * FINER, image.height * FINER), Image.Resampling.BICUBIC)
    yield ImageDraw.Draw(large, mode)
    image.paste(large.resize(image.size, Image.Resampling.BOX))


def play(look: Ground, dice: random.Random) -> Image.Image:
    """One to seven people somewhere on a ground, near ones large, in the clothes of two teams or each in its own."""
    size = frame(dice)
    width, height = size
    horizon = height * dice.choice([dice.uniform(-0.6, 0.0), dice.uniform(0.1, 0.55), dice.uniform(0.15, 0.45)])
    # The nearest one takes up a tenth to nine tenths of the picture's height, and its feet are in the picture: that says how high the camera stands.
    wanted = height * dice.choice([dice.uniform(0.1, 0.35), dice.uniform(0.3, 0.9)])
    feet_row = max(horizon + height * 0.1, min(height * 0.97, wanted + height * dice.uniform(0, 0.5)))
    camera = Camera(size, horizon, 1.75 * (feet_row - horizon) / wanted, width * dice.uniform(0.8, 4))
    distance = camera.high * camera.focal / (feet_row - horizon)
    pixels = ground(dice, camera, look)
    top = int(max(0, horizon + height * dice.uniform(0, 0.12)))
    if top > 8:
        pixels[:top] = dice.choice(look.backs)(dice, (width, top))
    image = to_image(pixels)
    if look.lines and dice.random() < 0.75:
        with finer(image) as sheet:
            lines(dice, sheet, camera, dice.choice(look.lines), (0.0, distance))
    teams = [outfit(dice, look.bare_limbs) for _ in range(2)]
    count, sun, thing = dice.choice([1, 1, 1, 2, 2, 3, 4, 7]), dice.choice([-1.0, 1.0]), dice.choice(look.things)
    uniform = dice.random() < 0.6
    places = []
    for number in range(count):
        across = dice.uniform(-0.42, 0.42) if count > 1 else dice.gauss(0, 0.12)
        places.append((across, distance * (1 if number == 0 else dice.uniform(0.95, 2))))
    for across, z in sorted(places, key=lambda place: -place[1]):
        feet = camera.place(across * width * z / camera.focal, z)
        high = camera.focal * dice.uniform(1.4, 1.9) / z
        shadow(image, feet, high, sun * -dice.uniform(0, 1))
        clothes = outfit(dice, look.bare_limbs)
        if uniform:
            team = dice.choice(teams)
            number = team.number and dice.randint(1, 30)
            clothes = replace(team, skin=clothes.skin, hair=clothes.hair, shoes=clothes.shoes, number=number)
        with finer(image) as sheet:
            person(dice, Painter(sheet, feet, high, sun), clothes, thing if dice.random() < 0.7 else "nothing")
    if dice.random() < 0.5:
        image = image.filter(ImageFilter.GaussianBlur(dice.uniform(0.3, 0.8)))
    grain = camera_noise(dice, 4, (height, width, 3))
    return to_image(np.asarray(image, float) * dice.uniform(0.8, 1.1) + grain)


KINDS: dict[str, Draw] = {name: partial(play, look) for name, look in GROUNDS.items()}


if __name__ == "__main__":
    run = parse(__doc__)
    draw_all(run.photos / "drawn-players", "players", KINDS, run.config["drawn"]["players"])
