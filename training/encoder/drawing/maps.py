"""Stage 0, drawn maps: coasts, borders and streets, as books, screens and walls show them.

    python -m drawing.maps --photos FOLDER

Writes FOLDER/drawn-maps/<kind>/<number>.jpg. Each picture follows from its kind and number alone.
"""

import math
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from config import parse
from drawing.drawn import Colour, Draw, draw_all, frame, mix, noise, to_image
from edits import letters

Pencil = ImageDraw.ImageDraw
LAND: list[Colour] = [(245, 240, 220), (225, 235, 205), (235, 225, 200), (250, 250, 250), (200, 190, 165), (70, 75, 80)]
WATER: list[Colour] = [(170, 205, 225), (200, 225, 240), (225, 235, 240), (120, 160, 190), (250, 250, 250), (40, 60, 80)]
INKS: list[Colour] = [(30, 30, 30), (90, 60, 40), (20, 40, 100), (140, 30, 30), (230, 230, 230)]


def tinted(dice: random.Random) -> Colour:
    """A colour that areas of a map are filled with."""
    return dice.randint(150, 255), dice.randint(150, 255), dice.randint(130, 255)


def names(draw: Pencil, size: tuple[int, int], dice: random.Random, ink: Colour, count: int) -> None:
    for _ in range(count):
        text, high = letters(dice, 1, 1), dice.choice([6, 7, 8, 8, 10, 13])
        x, y = dice.uniform(0, size[0] * 0.85), dice.uniform(0, size[1] * 0.95)
        draw.text((x, y), text.upper() if high > 9 else text, fill=ink, font=ImageFont.load_default(size=high))
        if high < 9:
            draw.ellipse((x - 5, y + 3, x - 2, y + 6), fill=ink)


def path(dice: random.Random, size: tuple[int, int], bends: float) -> list[tuple[float, float]]:
    """A line across the map: a river, a road, a march."""
    x, y = dice.uniform(0, size[0]), dice.uniform(0, size[1])
    angle, points = dice.uniform(0, 2 * math.pi), [(x, y)]
    for _ in range(dice.randint(15, 90)):
        angle += dice.gauss(0, bends)
        x, y = x + 5 * math.cos(angle), y + 5 * math.sin(angle)
        points.append((x, y))
    return points


def edges(areas: np.ndarray) -> np.ndarray:
    """Where one area ends and another begins."""
    found = np.zeros(areas.shape, bool)
    found[:, 1:] |= areas[:, 1:] != areas[:, :-1]
    found[1:] |= areas[1:] != areas[:-1]
    return found


def nearest(dice: random.Random, size: tuple[int, int], count: int, ragged: float) -> np.ndarray:
    """Areas [height, width] around so many places, with ragged borders."""
    width, height = size
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    x = x + ragged * (noise(dice, size, 8) - 0.5)
    y = y + ragged * (noise(dice, size, 8) - 0.5)
    distances = [(x - dice.uniform(0, width)) ** 2 + (y - dice.uniform(0, height)) ** 2 for _ in range(count)]
    return np.argmin(np.stack(distances), 0)


def countries(dice: random.Random) -> Image.Image:
    """Land and sea, borders, rivers, names, perhaps an arrow."""
    size = frame(dice)
    relief = noise(dice, size, dice.uniform(1.5, 5))
    land, water, ink = dice.choice(LAND), dice.choice(WATER), dice.choice(INKS)
    dry = relief > dice.uniform(0.25, 0.55)
    areas = nearest(dice, size, dice.randint(3, 30), dice.uniform(10, 80))
    fills = np.array([tinted(dice) if dice.random() < 0.6 else land for _ in range(areas.max() + 1)])
    pixels = np.where(dry[..., None], fills[areas], np.array(water)).astype(float)
    if dice.random() < 0.5:
        pixels = np.where(dry[..., None], 0.6 * pixels + 0.4 * mix(relief, (90, 140, 80), (250, 245, 235)), pixels)
    pixels[edges(areas) & dry] = ink
    pixels[edges(dry)] = dice.choice([ink, (90, 120, 150)])
    image = to_image(pixels)
    draw = ImageDraw.Draw(image)
    for _ in range(dice.randint(0, 6)):
        draw.line(path(dice, size, 0.4), fill=dice.choice([(90, 140, 190), ink]), width=1)
    for _ in range(dice.choice([0, 0, 1, 3])):
        draw.line(path(dice, size, 0.1), fill=dice.choice([(190, 30, 30), (30, 60, 160), ink]), width=dice.randint(2, 4))
    names(draw, size, dice, ink, dice.randint(5, 30))
    if dice.random() < 0.4:
        legend(draw, size, dice, ink)
    return image


def legend(draw: Pencil, size: tuple[int, int], dice: random.Random, ink: Colour) -> None:
    rows = dice.randint(2, 6)
    x, y = dice.choice([4, size[0] * 0.68]), dice.choice([4, size[1] - 14 * rows - 8])
    draw.rectangle((x, y, x + size[0] * 0.3, y + 14 * rows + 4), fill=(250, 250, 250), outline=ink)
    for row in range(rows):
        draw.rectangle((x + 4, y + 14 * row + 4, x + 14, y + 14 * row + 12), fill=tinted(dice), outline=(60, 60, 60))
        draw.text((x + 18, y + 14 * row + 3), letters(dice, 1, 2)[:14], fill=(30, 30, 30), font=ImageFont.load_default(size=8))


def streets(dice: random.Random) -> Image.Image:
    """Blocks between streets, a park, a river, pins."""
    size = frame(dice)
    width, height = size
    ground, road = dice.choice([((240, 236, 226), (255, 255, 255)), ((228, 228, 228), (250, 220, 130)), ((38, 42, 50), (80, 86, 96))])
    image = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(image)
    for _ in range(dice.randint(1, 5)):
        x, y, w, h = dice.uniform(0, width), dice.uniform(0, height), dice.uniform(20, 100), dice.uniform(20, 90)
        draw.rectangle((x, y, x + w, y + h), fill=dice.choice([(200, 225, 185), (175, 210, 165), (225, 215, 230), (220, 220, 200)]))
    if dice.random() < 0.5:
        draw.line(path(dice, size, 0.15), fill=(165, 200, 230), width=dice.randint(6, 22))
    turned, step = dice.uniform(0, math.pi), dice.uniform(14, 40)
    for direction in (turned, turned + math.pi / 2 + dice.uniform(-0.3, 0.3)):
        along = math.cos(direction) * 500, math.sin(direction) * 500
        for line in range(-12, 13):
            if dice.random() < 0.8:
                x = width / 2 - math.sin(direction) * line * step + dice.uniform(-4, 4)
                y = height / 2 + math.cos(direction) * line * step + dice.uniform(-4, 4)
                draw.line((x - along[0], y - along[1], x + along[0], y + along[1]), fill=road, width=dice.choice([2, 2, 3, 6]))
    for _ in range(dice.randint(1, 5)):
        draw.line(path(dice, size, 0.08), fill=dice.choice([road, (250, 200, 110), (240, 160, 130)]), width=dice.randint(3, 7))
    names(draw, size, dice, (60, 60, 60) if sum(ground) > 380 else (220, 220, 220), dice.randint(6, 25))
    for _ in range(dice.randint(0, 4)):
        x, y = dice.uniform(10, width - 10), dice.uniform(20, height)
        draw.polygon([(x, y), (x - 6, y - 12), (x + 6, y - 12)], fill=(215, 55, 45))
        draw.ellipse((x - 6, y - 18, x + 6, y - 6), fill=(215, 55, 45))
    return image


KINDS: dict[str, Draw] = {"countries": countries, "streets": streets}


if __name__ == "__main__":
    run = parse(__doc__)
    draw_all(run.photos / "drawn-maps", "maps", KINDS, run.config["drawn"]["maps"])
