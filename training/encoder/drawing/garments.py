"""Stage 0, drawn pictures of clothes: one garment spread out on a cloth, a floor or a wall, as people photograph what they sell.

    python -m drawing.garments --photos FOLDER

Writes FOLDER/drawn-garments/<garment>/<number>.jpg. Many share a cloth and differ in cut, fabric and folds alone, and many fabrics are
finely striped or checked: of those other stripes come out where a program shrinks a photo without smoothing. Each picture follows from its
garment and number alone. Garments are cut in a square from -1 to 1, x to the right, y down.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from config import parse
from drawing.drawn import Colour, Draw, Point, both_sides, camera_noise, draw_all, frame, mirrored, mix, noise, to_image
from drawing.players import CLOTHES, DENIM
from edits import alone_or_crossed, along, letters

# Painted this many times as large and made smaller, for smooth edges and for stripes finer than a pixel.
FINER = 2
# So many places that garments are photographed in.
PLACES = 60

Size = tuple[int, int]
# Paints a fabric or a ground: [height, width, 3], of any values near 0 to 255.
Paint = Callable[[random.Random, Size], np.ndarray]


@dataclass(frozen=True)
class Piece:
    """Part of a garment: its outline, and how far its fabric is turned."""

    outline: list[Point]
    turn: float = 0.0


def rounded(points: list[Point], times: int = 2) -> list[Point]:
    """Corners cut off, again and again (Chaikin 1974)."""
    for _ in range(times):
        ends = zip(points, [*points[1:], points[0]])
        points = [(a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s) for a, b in ends for s in (0.12, 0.88)]
    return points


def top(dice: random.Random) -> list[Piece]:
    """A shirt, a pullover or a jacket, its sleeves as long and as spread as they come."""
    wide, hem = dice.uniform(0.4, 0.6), dice.uniform(0.6, 0.98)
    neck, deep, waist = dice.uniform(0.12, 0.28), dice.uniform(0.02, 0.25), dice.uniform(0.8, 1.1)
    shoulder = (wide * dice.uniform(0.8, 1.05), -0.72)
    seam = [shoulder, (wide, -0.3), (wide * waist, 0.2), (wide * dice.uniform(0.9, 1.3), hem)]
    pieces = [Piece(rounded(both_sides([(0.0, -0.85 + deep), (neck, -0.87), *seam, (0.0, hem)])))]
    long, cuff, bent = dice.choice([0.0, 0.25, 0.35, 0.5, 1.0, 1.15]), dice.uniform(0.06, 0.15), dice.gauss(0, 0.35)
    for side in (-1, 1) if long else ():
        spread = dice.gauss(0.55, 0.25)
        elbow = (shoulder[0] + math.sin(spread) * long / 2, -0.6 + math.cos(spread) * long / 2)
        wrist = (elbow[0] + math.sin(spread + bent) * long / 2, elbow[1] + math.cos(spread + bent) * long / 2)
        across = (math.cos(spread), -math.sin(spread))
        thick = [0.21, 0.13 + cuff / 4, cuff]
        middle = [(shoulder[0] - 0.08, -0.52), elbow, wrist]
        outer = [(x + across[0] * t, y + across[1] * t) for (x, y), t in zip(middle, thick)]
        inner = [(x - across[0] * t, y - across[1] * t) for (x, y), t in zip(middle, thick)]
        sleeve = [*outer, *reversed(inner)]
        pieces.insert(0, Piece(rounded(sleeve if side > 0 else mirrored(sleeve), 1), -side * spread))
    return pieces


def trousers(dice: random.Random) -> list[Piece]:
    waist, hip, foot = dice.uniform(0.26, 0.36), dice.uniform(0.34, 0.46), dice.uniform(0.1, 0.28)
    long, spread, fork = dice.choice([0.15, 0.95, 0.95, 0.6]), dice.uniform(0.12, 0.4), dice.uniform(-0.35, -0.15)
    leg = [(0.0, -0.92), (waist, -0.92), (hip, fork - 0.1), (spread + foot, long), (spread - foot, long), (0.0, fork)]
    return [Piece(rounded(leg, 1), -spread * 0.4), Piece(rounded(mirrored(leg), 1), spread * 0.4)]


def skirt(dice: random.Random) -> list[Piece]:
    """A skirt or, with straps, a dress."""
    waist, wide, long = dice.uniform(0.22, 0.34), dice.uniform(0.4, 0.8), dice.uniform(0.3, 0.95)
    if dice.random() < 0.4:
        return [Piece(rounded(both_sides([(0.0, -0.6), (waist, -0.62), (waist * 1.3, -0.3), (wide, long), (0.0, long + dice.uniform(0, 0.1))])))]
    bust, strap = waist * dice.uniform(1.0, 1.3), dice.uniform(0.03, 0.12)
    right = [(0.0, -0.6), (bust * 0.5, -0.65), (bust * 0.6, -0.95), (bust * 0.6 + strap, -0.95), (bust, -0.5), (waist, -0.1), (wide, long), (0.0, long)]
    return [Piece(rounded(both_sides(right)))]


def cap(dice: random.Random) -> list[Piece]:
    crown = [(math.cos(t) * 0.75, 0.2 + math.sin(t) * dice.uniform(0.65, 0.8)) for t in np.linspace(math.pi, 2 * math.pi, 12)]
    long, drop = dice.uniform(0.3, 0.7), dice.uniform(0.1, 0.5)
    brim = [(-0.75, 0.18), (0.75, 0.18), (0.75 + long * 0.5, 0.2 + drop), (0.3, 0.3 + drop), (-0.6, 0.25 + drop * 0.6)]
    return [Piece(crown), Piece(rounded(brim), dice.gauss(0, 0.3))]


def shoes(dice: random.Random) -> list[Piece]:
    """A pair seen from above, or one from its side."""
    if dice.random() < 0.5:
        toe, wide, gap = dice.uniform(0.7, 0.95), dice.uniform(0.22, 0.34), dice.uniform(0.36, 0.55)
        shoe = rounded([(gap - wide, -toe), (gap + wide, -toe), (gap + wide, 0.0), (gap + wide * 0.7, 0.9), (gap - wide * 0.7, 0.9), (gap - wide * 0.9, 0.0)])
        return [Piece(shoe), Piece(mirrored(shoe))]
    high, sole = dice.uniform(-0.75, 0.05), dice.uniform(0.08, 0.2)
    upper = [(-0.85, 0.4), (-0.8, high), (-0.4, high), (-0.2, 0.0), (0.6, 0.12), (0.92, 0.4)]
    return [Piece(rounded(upper)), Piece([(-0.88, 0.38), (0.95, 0.38), (0.95, 0.38 + sole * 0.7), (-0.88, 0.38 + sole)], 0.5)]


def any_of(dice: random.Random) -> Colour:
    return dice.choice([*CLOTHES, *CLOTHES, *DENIM, tuple(dice.randrange(20, 240) for _ in range(3))])


def all_over(colour: Colour, size: Size) -> np.ndarray:
    return np.full((size[1], size[0], 3), colour, float)


def plain(dice: random.Random, size: Size) -> np.ndarray:
    return all_over(any_of(dice), size)


def stripes(dice: random.Random, size: Size) -> np.ndarray:
    """Up to four colours over and over again, from finer than a pixel of the picture to a hand's breadth."""
    one, *others = (any_of(dice) for _ in range(dice.choice([2, 2, 3, 4])))
    step = dice.choice([dice.uniform(2.5, 8), dice.uniform(3, 12), dice.uniform(10, 60)])
    band = along(dice.choice([0.0, math.pi / 2, dice.uniform(0, 3)]), size) / step % 1
    pixels = all_over(one, size)
    for number, colour in enumerate(others):
        begin = number / len(others)
        pixels[(band >= begin) & (band < begin + dice.uniform(0.15, 0.75) / len(others))] = colour
    return pixels


def pinstripes(dice: random.Random, size: Size, creased: bool = False) -> np.ndarray:
    """Light and dark by turns, or light squares in a dark weave, each wide enough to be seen in the picture and too narrow for one half its size."""
    light, dark = any_of(dice), any_of(dice)
    while abs(sum(light) - sum(dark)) < 200:
        light, dark = any_of(dice), any_of(dice)
    step, width, angle = dice.uniform(4, 18), dice.uniform(0.2, 0.7), dice.choice([0.0, 0.0, math.pi / 2, dice.uniform(0, 3)])
    pulled = creases(dice, size) if creased else 0.0
    pixels = all_over(light, size)
    for way in alone_or_crossed(angle, dice):
        pixels[(along(way, size) / step + pulled) % 1 < width] = dark
    return pixels


def creases(dice: random.Random, size: Size) -> np.ndarray:
    """How far folds pull each place of a fabric aside, smoothly, in stripes, [height, width]. Shrunk without smoothing, such stripes become chequers."""
    cells = dice.randint(3, 12)
    pull = np.random.default_rng(dice.getrandbits(64)).normal(0, dice.uniform(0.1, 1), (cells, cells)).astype(np.float32)
    return np.asarray(Image.fromarray(pull).resize(size, Image.Resampling.BICUBIC))


def checks(dice: random.Random, size: Size) -> np.ndarray:
    """Stripes across stripes, each showing through the other."""
    ground, step, share = any_of(dice), dice.choice([dice.uniform(4, 14), dice.uniform(12, 70)]), dice.uniform(0.2, 0.6)
    pixels = all_over(ground, size)
    for _ in range(dice.choice([1, 1, 2, 3])):
        colour, shift, width = np.array(any_of(dice)), dice.random(), dice.uniform(0.06, 0.5)
        for angle in (0.0, math.pi / 2):
            inside = (along(angle, size) / step + shift) % 1 < width
            pixels[inside] = (1 - share) * pixels[inside] + share * colour
    return pixels


def scattered(dice: random.Random, size: Size) -> np.ndarray:
    """Dots, petals, stars or letters all over."""
    image = Image.new("RGB", size, any_of(dice))
    draw = ImageDraw.Draw(image)
    r, inks, shape = dice.uniform(2, 16), [any_of(dice) for _ in range(dice.choice([1, 2, 3]))], dice.choice(["dot", "petals", "star", "letter"])
    step, loose = r * dice.uniform(2.2, 6), dice.choice([0.0, 0.5, 1.0])
    font = ImageFont.load_default(size=2 * r + 5)
    for row in range(int(size[1] / step) + 1):
        for column in range(int(size[0] / step) + 1):
            x, y = (column + row % 2 / 2 + loose * dice.uniform(-0.5, 0.5)) * step, (row + loose * dice.uniform(-0.5, 0.5)) * step
            ink, turn = dice.choice(inks), dice.uniform(0, 3)
            if shape == "dot":
                draw.ellipse((x - r, y - r, x + r, y + r), fill=ink)
            elif shape == "letter":
                draw.text((x, y), letters(dice, 1, 1)[:1], fill=ink, font=font)
            elif shape == "petals":
                for petal in range(5):
                    px, py = x + r * 0.6 * math.cos(turn + petal * 1.257), y + r * 0.6 * math.sin(turn + petal * 1.257)
                    draw.ellipse((px - r / 2, py - r / 2, px + r / 2, py + r / 2), fill=ink)
            else:
                draw.polygon(star((x, y), r, turn), fill=ink)
    return np.asarray(image, float)


def star(middle: Point, r: float, turn: float) -> list[Point]:
    return [(middle[0] + far * math.cos(turn + t * math.pi / 5), middle[1] + far * math.sin(turn + t * math.pi / 5)) for t, far in enumerate([r, r * 0.4] * 5)]


def knitted(dice: random.Random, size: Size) -> np.ndarray:
    """Ribs or cables in one colour."""
    step, angle = dice.uniform(3, 22), dice.choice([0.0, math.pi / 2])
    wave = np.sin(along(angle, size) * 2 * math.pi / step + dice.uniform(0, 2) * np.sin(along(math.pi / 2 - angle, size) * 2 * math.pi / dice.uniform(10, 60)))
    return plain(dice, size) * (0.88 + 0.12 * wave[..., None])


def denim(dice: random.Random, size: Size) -> np.ndarray:
    worn = noise(dice, size, dice.uniform(2, 5))
    return mix(np.clip(worn + 0.25 * (noise(dice, size, 80) - 0.5), 0, 1), dice.choice(DENIM), tuple(min(255, c + dice.randint(10, 80)) for c in dice.choice(DENIM)))


def patched(dice: random.Random, size: Size) -> np.ndarray:
    """Camouflage, batik, tie-dye: blots of a few colours."""
    blots, pixels = noise(dice, size, dice.uniform(4, 14)), plain(dice, size)
    for above in sorted(dice.uniform(0.35, 0.75) for _ in range(dice.choice([1, 2, 3]))):
        pixels[blots > above] = any_of(dice)
    return pixels


FABRICS: list[Paint] = [plain, plain, plain, stripes, stripes, stripes, checks, checks, scattered, knitted, denim, patched]


def cloth(dice: random.Random, size: Size) -> np.ndarray:
    """A sheet or a blanket, of one colour or patterned, with a few wide folds."""
    pixels = dice.choice([plain, plain, plain, plain, knitted, stripes, scattered])(dice, size)
    folds = noise(dice, size, dice.uniform(1.5, 4), dice.uniform(0.3, 3))
    return pixels * (1 + dice.uniform(0.1, 0.7) * (folds[..., None] - 0.5))


def planks(dice: random.Random, size: Size) -> np.ndarray:
    width, height = size
    light: Colour = dice.choice([(200, 160, 115), (150, 105, 70), (95, 65, 45), (205, 200, 195), (225, 215, 200)])
    grain = noise(dice, size, dice.uniform(2, 4), dice.uniform(0.05, 0.15))
    pixels = mix(grain, tuple(int(c * 0.72) for c in light), light)
    step, shift = dice.uniform(40, 140), dice.uniform(0, 100)
    rows = ((np.arange(height) + shift) / step).astype(int)
    pixels *= np.array([0.88 + 0.2 * random.Random(int(row) * 7).random() for row in rows])[:, None, None]
    pixels[np.diff(rows, prepend=rows[0]) > 0] *= 0.45
    if dice.random() < 0.5:
        return pixels
    return np.asarray(to_image(pixels).resize((height, width)).transpose(Image.Transpose.ROTATE_90), float)


def plaster(dice: random.Random, size: Size) -> np.ndarray:
    """A wall, perhaps with the edge of a door or a skirting board."""
    tone = dice.choice([(235, 232, 225), (205, 195, 180), (170, 180, 190), (220, 205, 170), (120, 115, 110)])
    pixels = mix(noise(dice, size, dice.uniform(3, 30)), tuple(int(c * 0.9) for c in tone), tone)
    image = to_image(pixels)
    draw = ImageDraw.Draw(image)
    if dice.random() < 0.6:
        x = dice.uniform(0.05, 0.95) * size[0]
        draw.rectangle((x, 0, x + dice.uniform(0.2, 1) * size[0], size[1]), fill=dice.choice([(70, 50, 40), (150, 110, 75), (245, 245, 242)]))
        draw.line((x, 0, x, size[1]), fill=(60, 55, 50), width=dice.randint(2, 10))
    return np.asarray(image, float)


GROUNDS: list[Paint] = [cloth, cloth, cloth, planks, plaster]
GARMENTS: dict[str, Callable[[random.Random], list[Piece]]] = {
    "top": top, "shirt": top, "jacket": top, "trousers": trousers, "skirt": skirt, "cap": cap, "shoes": shoes,
}  # fmt: skip
# What may have sleeves or a brim of another fabric.
IN_TWO_FABRICS = {"top", "jacket", "cap"}


@dataclass(frozen=True)
class Layout:
    """Where a garment lies in a picture of this size."""

    size: Size
    middle: Point
    scale: float
    turn: float

    def at(self, point: Point) -> Point:
        x, y = point[0] * self.scale, point[1] * self.scale
        return self.middle[0] + x * math.cos(self.turn) - y * math.sin(self.turn), self.middle[1] + x * math.sin(self.turn) + y * math.cos(self.turn)

    def stencil(self, outline: list[Point]) -> Image.Image:
        """255 inside and 0 outside."""
        image = Image.new("L", self.size)
        ImageDraw.Draw(image).polygon([self.at(point) for point in outline], fill=255)
        return image


def softened(stencil: Image.Image, radius: float) -> np.ndarray:
    """From 1 well inside to 0 well outside, [height, width]."""
    return np.asarray(stencil.filter(ImageFilter.GaussianBlur(radius)), float) / 255


def turned(fabric: np.ndarray, angle: float) -> np.ndarray:
    """The fabric turned about its middle, larger so that no corner is bare."""
    image = to_image(fabric)
    side = math.ceil(math.hypot(*image.size))
    whole = image.resize((side, side)).rotate(-math.degrees(angle), Image.Resampling.BILINEAR)
    x, y = (side - image.width) // 2, (side - image.height) // 2
    return np.asarray(whole.crop((x, y, x + image.width, y + image.height)), float)


def folds(dice: random.Random, layout: Layout) -> np.ndarray:
    """How light the garment is: its hollows, and creases of a fold or a crumple, [height, width]."""
    light = 1 + dice.uniform(0.1, 0.6) * (noise(dice, layout.size, dice.uniform(3, 9), dice.choice([0.4, 1, 2.5])) - 0.5)
    creases = Image.new("L", layout.size)
    draw = ImageDraw.Draw(creases)
    for _ in range(dice.randint(0, 14)):
        x, y, angle, long = dice.uniform(-0.6, 0.6), dice.uniform(-0.8, 0.8), dice.uniform(0, 3.2), dice.uniform(0.1, 0.7)
        ends = [layout.at((x + s * long * math.cos(angle), y + s * long * math.sin(angle))) for s in (-0.5, 0.1, 0.5)]
        draw.line(ends, fill=dice.randint(60, 255), width=dice.randint(2, 7))
    return light - 0.3 * np.asarray(creases.filter(ImageFilter.GaussianBlur(dice.uniform(1.5, 5))), float) / 255


def details(dice: random.Random, image: Image.Image, layout: Layout, kind: str) -> None:
    """Collars, buttons, pockets, seams; something printed on the chest of a top or the front of a cap."""
    draw, ink = ImageDraw.Draw(image), any_of(dice)
    thin = max(1, round(layout.scale * 0.012))

    def line(*points: Point) -> None:
        draw.line([layout.at(point) for point in points], fill=ink, width=thin)

    def shape(*points: Point) -> None:
        draw.polygon([layout.at(point) for point in points], fill=ink)

    if kind in ("shirt", "jacket"):
        line((0.0, -0.8), (0.0, 0.6))
        for number in range(dice.choice([0, 5, 7])):
            (x, y), r = layout.at((0.0, -0.6 + number * 0.19)), layout.scale * dice.uniform(0.015, 0.03)
            draw.ellipse((x - r, y - r, x + r, y + r), fill=ink)
        wide = dice.uniform(0.12, 0.25)
        for side in (-1, 1):
            shape((0.0, -0.68), (side * wide, -0.72), (side * wide * 0.9, -0.9), (0.0, -0.84))
    if kind in ("shirt", "jacket", "trousers"):
        for side in dice.choice([(-1,), (-1, 1), ()]):
            x, y, w, h = side * 0.24, dice.choice([-0.4, 0.2]), dice.uniform(0.08, 0.14), dice.uniform(0.08, 0.16)
            line((x - w, y), (x + w, y), (x + w, y + h), (x, y + h * 1.3), (x - w, y + h), (x - w, y))
    if kind == "trousers":
        line((-0.3, -0.84), (0.3, -0.84))
        line((0.0, -0.9), (0.0, -0.4))
    if kind in ("top", "cap") and dice.random() < 0.7:
        printed(dice, image, layout, dice.uniform(0.15, 0.4))
    if kind == "shoes":
        for number in range(dice.randint(0, 6)):
            line((-0.3 + number * 0.02, -0.2 + number * 0.09), (0.05 + number * 0.06, -0.3 + number * 0.08))


def printed(dice: random.Random, image: Image.Image, layout: Layout, wide: float) -> None:
    """Letters, a box, a disc or a star, one over the other."""
    draw = ImageDraw.Draw(image)
    for _ in range(dice.choice([1, 2, 3, 5])):
        (x, y), r = layout.at((dice.gauss(0, 0.08), dice.gauss(-0.15, 0.15))), layout.scale * wide * dice.uniform(0.3, 1)
        shape, ink = dice.choice(["letters", "letters", "disc", "box", "star"]), any_of(dice)
        if shape == "letters":
            word = letters(dice, 1, 2)
            font = ImageFont.load_default(size=max(8, 3 * r / max(3, len(word) * 0.6)))
            draw.text((x - draw.textlength(word, font) / 2, y), word, fill=ink, font=font)
        elif shape == "star":
            draw.polygon(star((x, y), r, dice.uniform(0, 6)), fill=ink)
        else:
            box = (x - r, y - r * dice.uniform(0.4, 1), x + r, y + r * dice.uniform(0.4, 1))
            (draw.ellipse if shape == "disc" else draw.rectangle)(box, fill=ink)


def garment(kind: str, fabrics: list[Paint], dice: random.Random) -> Image.Image:
    width, height = frame(dice)
    size = width * FINER, height * FINER
    place = random.Random(f"place {dice.randrange(PLACES)}")
    pixels = place.choice(GROUNDS)(place, size)
    scale = math.sqrt(size[0] * size[1]) * dice.uniform(0.36, 0.6)
    middle = (size[0] * dice.gauss(0.5, 0.04), size[1] * dice.gauss(0.5, 0.04))
    layout = Layout(size, middle, scale, dice.choice([dice.gauss(0, 0.06), dice.gauss(0, 0.06), dice.gauss(0, 0.4)]))
    fabric, light = dice.choice(fabrics)(dice, size), folds(dice, layout)
    second = dice.choice(fabrics)(dice, size) if kind in IN_TWO_FABRICS and dice.random() < 0.2 else fabric
    way = (dice.gauss(0, 6), dice.uniform(0, 8))
    *others, main = GARMENTS[kind](dice)
    for piece, cut_from in [*((other, second) for other in others), (main, fabric)]:
        stencil = layout.stencil(piece.outline)
        inside = np.asarray(stencil)[..., None] > 0
        shade = np.roll(softened(stencil, 6), (round(way[1]), round(way[0])), (0, 1)) * dice.uniform(0.3, 0.6)
        # Darker along its edges, where it turns away from the light.
        rim = 0.82 + 0.18 * np.clip(2 * softened(stencil, scale * 0.025) - 1, 0, 1)
        cloth_here = turned(cut_from, layout.turn + piece.turn) * (light * rim)[..., None]
        pixels = np.where(inside, cloth_here, pixels * (1 - shade)[..., None])
    image = to_image(pixels)
    details(dice, image, layout, kind)
    return photographed(dice, image.resize((width, height), Image.Resampling.BOX))


def photographed(dice: random.Random, image: Image.Image) -> Image.Image:
    """Light from one side, of some colour, blur and grain."""
    width, height = image.size
    fall = along(dice.uniform(0, 6.3), image.size) / max(image.size)
    light = dice.uniform(0.75, 1.15) + dice.uniform(0, 0.3) * (fall - fall.mean())
    tint = np.array([dice.uniform(0.92, 1.08) for _ in range(3)])
    if dice.random() < 0.4:
        image = image.filter(ImageFilter.GaussianBlur(dice.uniform(0.3, 0.8)))
    grain = camera_noise(dice, 5, (height, width, 3))
    return to_image(np.asarray(image, float) * light[..., None] * tint + grain)


KINDS: dict[str, Draw] = {kind: partial(garment, kind, FABRICS) for kind in GARMENTS}
FINELY_STRIPED = ("shirt", "top", "trousers", "skirt")
PINSTRIPED: dict[str, Draw] = {f"pinstriped-{kind}": partial(garment, kind, [pinstripes]) for kind in FINELY_STRIPED}
CREASED: dict[str, Draw] = {f"creased-{kind}": partial(garment, kind, [partial(pinstripes, creased=True)]) for kind in FINELY_STRIPED}


if __name__ == "__main__":
    run = parse(__doc__)
    for kinds, count in [(KINDS, "garments"), (PINSTRIPED, "pinstriped_garments"), (CREASED, "creased_garments")]:
        draw_all(run.photos / "drawn-garments", "garments", kinds, run.config["drawn"][count])
