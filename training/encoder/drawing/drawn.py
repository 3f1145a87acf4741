"""Stage 0, drawn pictures: what photo sets lack and libraries hold, skies and hills, stars, diagrams, pages and screens.

    python -m drawing.drawn --photos FOLDER

Writes FOLDER/drawn/<kind>/<number>.jpg. Many pictures of one kind resemble each other, as evening skies and pages of text do: the
encoder has to tell them apart. Each follows from its kind and number alone.
"""

import math
import random
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from config import parse
from edits import any_colour, letters

Draw = Callable[[random.Random], Image.Image]
Colour = tuple[int, int, int]
Point = tuple[float, float]
PAPERS: list[Colour] = [(255, 255, 255), (255, 255, 255), (247, 246, 240), (24, 26, 31)]
INKS: list[Colour] = [(20, 20, 24), (40, 60, 130), (150, 30, 40)]


def frame(dice: random.Random) -> tuple[int, int]:
    """Width and height."""
    return dice.choice([(320, 240), (320, 213), (240, 320), (213, 320), (320, 320), (320, 180)])


def noise(dice: random.Random, size: tuple[int, int], coarsest: float, stretch: float = 1.0) -> np.ndarray:
    """Fractal noise [height, width] from 0 to 1: octaves of smoothed random values, each half as strong as the one before."""
    random_values = np.random.default_rng(dice.getrandbits(64))
    width, height = size
    total, strength, cells = np.zeros((height, width)), 1.0, coarsest
    while cells < width / 2:
        grid = random_values.random((max(2, round(cells * height / width)), max(2, round(cells / stretch)))).astype(np.float32)
        total += strength * np.asarray(Image.fromarray(grid).resize(size, Image.Resampling.BICUBIC))
        strength, cells = strength / 2, cells * 2
    return (total - total.min()) / (np.ptp(total) + 1e-6)


def mix(share: np.ndarray, one: Colour, other: Colour) -> np.ndarray:
    return (1 - share[..., None]) * np.array(one) + share[..., None] * np.array(other)


def layer(pixels: np.ndarray, share: np.ndarray, colour: Colour | np.ndarray) -> np.ndarray:
    """`colour` laid over `pixels` [height, width, 3], all of it where `share` [height, width] is 1."""
    return pixels + share[..., None] * (np.asarray(colour, pixels.dtype) - pixels)


def step(values: np.ndarray, start: float | np.ndarray, end: float | np.ndarray) -> np.ndarray:
    """From 0 where a value is at `start` to 1 where it is at `end`, smoothly."""
    share = np.clip((values - start) / (end - start), 0, 1)
    return share * share * (3 - 2 * share)


def camera_noise(dice: random.Random, strongest: float, shape: tuple[int, ...]) -> np.ndarray:
    """What a camera adds to every value: normal, of a deviation from nothing to `strongest`."""
    return np.random.default_rng(dice.getrandbits(64)).normal(0, dice.uniform(0, strongest), shape)


def mirrored(points: list[Point]) -> list[Point]:
    return [(-x, y) for x, y in points]


def both_sides(right: list[Point]) -> list[Point]:
    """A whole outline from its right half."""
    return [*right, *reversed(mirrored(right))]


def to_image(pixels: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def falling(size: tuple[int, int], above: Colour, below: Colour) -> np.ndarray:
    """A gradient from the upper edge to the lower one."""
    width, height = size
    return mix(np.repeat(np.linspace(0, 1, height)[:, None], width, 1), above, below)


def sky(dice: random.Random) -> Image.Image:
    size = frame(dice)
    blue, low = dice.choice([((70, 130, 200), (190, 215, 235)), ((40, 50, 90), (240, 150, 90)), ((120, 130, 145), (200, 200, 205)), ((150, 90, 130), (250, 200, 150))])
    clouds = np.clip((noise(dice, size, dice.uniform(2, 6), dice.uniform(0.7, 2)) - dice.uniform(0.3, 0.6)) * dice.uniform(2, 5), 0, 1)
    light = dice.choice([(255, 255, 255), (255, 225, 205), (225, 228, 235)])
    ground = falling(size, blue, low)
    return with_hills(to_image(ground * (1 - clouds[..., None]) + clouds[..., None] * np.array(light)), dice, 0.5)


def stars(dice: random.Random) -> Image.Image:
    size = frame(dice)
    width, height = size
    glow = np.clip(noise(dice, size, dice.uniform(2, 4)) * 1.4 - 0.5, 0, 1)
    pixels = falling(size, (8, 10, 28), dice.choice([(30, 40, 80), (70, 50, 90), (20, 60, 80)])) + glow[..., None] * np.array(dice.choice([(120, 110, 130), (90, 120, 160)]))
    image = to_image(pixels)
    draw = ImageDraw.Draw(image)
    for _ in range(dice.randint(80, 500)):
        x, y, grey = dice.randrange(width), dice.randrange(height), dice.randint(110, 255)
        r = dice.choice([0, 0, 0, 0.7, 1.2])
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(grey, grey, min(255, grey + 15)))
    return with_hills(image, dice, 0.7)


def with_hills(image: Image.Image, dice: random.Random, likely: float) -> Image.Image:
    """Perhaps a dark ridge or two along the lower edge."""
    while dice.random() < likely:
        width, height = image.size
        share = np.linspace(0, 1, width)
        ridge = height * dice.uniform(0.65, 0.95) + np.zeros(width)
        for wave in range(1, 7):
            ridge += height * 0.12 / wave * math.sin(dice.random() * 7) * np.sin(2 * math.pi * wave * (share * dice.uniform(0.6, 1.4) + dice.random()))
        dark = dice.randint(0, 70)
        points = [(x, float(y)) for x, y in enumerate(ridge)]
        ImageDraw.Draw(image).polygon([*points, (width, height), (0, height)], fill=(dark, dark + dice.randint(0, 25), dark))
        likely *= 0.5
    return image


def sea(dice: random.Random) -> Image.Image:
    size = frame(dice)
    width, height = size
    horizon = int(height * dice.uniform(0.3, 0.7))
    above = np.asarray(sky(dice).resize(size))[:horizon]
    water = mix(noise(dice, size, dice.uniform(4, 12), dice.uniform(2, 6)), dice.choice([(20, 60, 90), (40, 90, 110), (60, 70, 80)]), dice.choice([(120, 170, 190), (230, 170, 130)]))
    return to_image(np.concatenate([above, water[horizon:]]))


def ground(dice: random.Random) -> Image.Image:
    """Sand, grass, stone, fur: one texture all over."""
    size = frame(dice)
    one, other = dice.choice([((120, 90, 60), (220, 190, 150)), ((30, 60, 20), (140, 170, 80)), ((60, 60, 65), (180, 175, 170)), ((90, 60, 40), (200, 150, 110))])
    rough = noise(dice, size, dice.uniform(6, 40), dice.uniform(0.3, 3))
    return to_image(mix(np.clip((rough - 0.5) * dice.uniform(1, 2.5) + 0.5, 0, 1), one, other))


def sheet(dice: random.Random) -> tuple[Image.Image, ImageDraw.ImageDraw, Colour]:
    """An empty page, what draws on it, and the colour of its ink."""
    paper = dice.choice(PAPERS)
    image = Image.new("RGB", frame(dice), paper)
    return image, ImageDraw.Draw(image), dice.choice(INKS) if sum(paper) > 380 else (230, 230, 230)


def diagram(dice: random.Random) -> Image.Image:
    """Boxes with words, joined by lines."""
    image, draw, ink = sheet(dice)
    width, height = image.size
    columns, rows = dice.randint(2, 4), dice.randint(2, 4)
    places = [((c + 0.5) * width / columns, (r + 0.5) * height / rows) for c in range(columns) for r in range(rows)]
    places = dice.sample(places, dice.randint(3, len(places)))
    for (x, y), (u, v) in zip(places, places[1:]):
        draw.line((x, y, u, v), fill=ink, width=dice.randint(1, 2))
    for x, y in places:
        w, h = width / columns * dice.uniform(0.3, 0.42), height / rows * dice.uniform(0.2, 0.36)
        shape = dice.choice([draw.rectangle, draw.rectangle, draw.ellipse])
        shape((x - w, y - h, x + w, y + h), fill=dice.choice([image.getpixel((0, 0)), any_colour(dice)]), outline=ink)
        draw.text((x - w * 0.8, y - 5), letters(dice, 1, 1), fill=ink, font=ImageFont.load_default(size=dice.randint(8, 13)))
    return image


def chart(dice: random.Random) -> Image.Image:
    """Two axes, with lines, bars, dots or a bell."""
    image, draw, ink = sheet(dice)
    width, height = image.size
    left, top, right, foot = width * 0.12, height * 0.14, width * 0.95, height * 0.88
    draw.line((left, top, left, foot, right, foot), fill=ink)
    draw.text((width * 0.2, 4), letters(dice, 2, 4), fill=ink, font=ImageFont.load_default(size=12))
    for step in range(1, dice.randint(4, 8)):
        y = foot - (foot - top) * step / 8
        draw.text((2, y - 5), str(step * dice.choice([1, 5, 10])), fill=ink, font=ImageFont.load_default(size=8))
    kind = dice.choice(["lines", "bars", "dots", "bell"])
    for _ in range(dice.randint(1, 3)):
        colour, count = any_colour(dice), dice.randint(5, 40)
        heights = [dice.random() for _ in range(count)]
        if kind == "lines":
            heights = list(np.clip(np.cumsum(np.array(heights) - 0.5) / 4 + 0.5, 0, 1))
        if kind == "bell":
            middle, spread = dice.uniform(0.3, 0.7), dice.uniform(0.05, 0.2)
            heights = [math.exp(-(((i / count - middle) / spread) ** 2) / 2) for i in range(count)]
        places = [(left + (right - left) * (i + 0.5) / count, foot - (foot - top) * float(h) * 0.95) for i, h in enumerate(heights)]
        for (x, y), (u, v) in zip(places, places[1:] if kind in ("lines", "bell") else places):
            if kind in ("lines", "bell"):
                draw.line((x, y, u, v), fill=colour, width=2)
            elif kind == "bars":
                draw.rectangle((x - 2, min(y, foot - 1), x + 2, foot - 1), fill=colour)
            else:
                draw.ellipse((x - 2, y - 2, x + 2, y + 2), fill=colour)
    return image


def page(dice: random.Random) -> Image.Image:
    """Printed text: a heading, paragraphs, in one column or two, perhaps with a grey picture."""
    image, draw, ink = sheet(dice)
    width, height = image.size
    size, columns = dice.randint(7, 12), dice.choice([1, 1, 2])
    draw.text((width * 0.08, height * 0.04), letters(dice, 1, 4), fill=ink, font=ImageFont.load_default(size=size + 6))
    for column in range(columns):
        x, y = width * (0.08 + 0.46 * column), height * 0.15
        room = int(width * 0.84 / columns / (size * 0.52))
        while y < height * 0.93:
            if dice.random() < 0.04:
                tall = height * dice.uniform(0.1, 0.3)
                draw.rectangle((x, y, x + width * 0.38, y + tall), fill=any_colour(dice))
                y += tall + size
            draw.text((x, y), letters(dice, 8, 12)[: dice.choice([room, room, room, room // 2])], fill=ink, font=ImageFont.load_default(size=size))
            y += size * dice.choice([1.3, 1.3, 1.3, 2.4])
    return image


def table(dice: random.Random) -> Image.Image:
    image, draw, ink = sheet(dice)
    width, height = image.size
    columns, rows = dice.randint(3, 7), dice.randint(6, 16)
    head = any_colour(dice)
    draw.rectangle((0, 0, width, height / rows), fill=head)
    for row in range(rows):
        for column in range(columns):
            cell = letters(dice, 1, 1) if row == 0 or column == 0 else str(dice.randrange(10000))
            draw.text((column * width / columns + 3, row * height / rows + 2), cell[:7], fill=ink, font=ImageFont.load_default(size=8))
        draw.line((0, row * height / rows, width, row * height / rows), fill=(150, 150, 150))
    return image


def talk(dice: random.Random) -> Image.Image:
    """Messages on a telephone, in turns from left and right."""
    image, draw, ink = sheet(dice)
    width, height = image.size
    theirs, ours = any_colour(dice), any_colour(dice)
    draw.rectangle((0, 0, width, height * 0.09), fill=any_colour(dice))
    draw.text((width * 0.2, height * 0.02), letters(dice, 1, 2), fill=ink, font=ImageFont.load_default(size=11))
    y = height * 0.12
    while y < height * 0.9:
        mine, lines = dice.random() < 0.5, dice.randint(1, 4)
        w = width * dice.uniform(0.3, 0.7)
        x = width * 0.96 - w if mine else width * 0.04
        draw.rounded_rectangle((x, y, x + w, y + lines * 11 + 6), 6, fill=ours if mine else theirs)
        for line in range(lines):
            draw.text((x + 5, y + 3 + line * 11), letters(dice, 3, 6)[: int(w / 5)], fill=ink, font=ImageFont.load_default(size=9))
        y += lines * 11 + dice.randint(10, 18)
    return image


KINDS: dict[str, Draw] = {
    "sky": sky, "stars": stars, "sea": sea, "ground": ground, "diagram": diagram, "chart": chart, "page": page, "table": table, "talk": talk,
}  # fmt: skip


def draw_one(task: tuple[Draw, str, Path]) -> None:
    draw, seed, file = task
    file.parent.mkdir(parents=True, exist_ok=True)
    draw(random.Random(seed)).save(file, quality=92)


def draw_all(folder: Path, seed: str, kinds: dict[str, Draw], count: int) -> None:
    """As many pictures of each kind, FOLDER/<kind>/<number>.jpg, on all processors."""
    tasks = []
    for number in range(count):
        kind = list(kinds)[number % len(kinds)]
        tasks.append((kinds[kind], f"{seed}/{kind}/{number}", folder / kind / f"{number:05d}.jpg"))
    with ProcessPoolExecutor() as pool:
        for _ in pool.map(draw_one, tasks, chunksize=16):
            pass
    print(f"{count} pictures in {folder}")


if __name__ == "__main__":
    run = parse(__doc__)
    draw_all(run.photos / "drawn", "drawn", KINDS, run.config["drawn"]["pictures"])
