"""Stage 0, drawn pictures of what has no outline: clouds, stages in coloured smoke, fog and smoke.

    python -m drawing.clouds --photos FOLDER

Writes FOLDER/drawn-clouds/<kind>/<number>.jpg. A crop of clouds and one of a foggy stage share their soft shapes and colours and
nothing else: the encoder has to tell them apart. Each picture follows from its kind and number alone.
"""

import math
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from config import parse
from drawing.drawn import Colour, Draw, camera_noise, draw_all, falling, frame, layer, mix, noise, step, to_image

Size = tuple[int, int]
# Edge of the field that clouds are cut out of, in pixels; a picture is a part of it.
FIELD = 512
# How far a cloud's shade may reach, in pixels.
SHADE = 30
# The sky above and low, what of a cloud the sun reaches and what lies in shade.
LIGHTS: list[tuple[Colour, Colour, Colour, Colour]] = [
    ((50, 105, 185), (150, 195, 230), (255, 255, 255), (165, 178, 198)), ((35, 85, 165), (110, 165, 215), (252, 250, 246), (130, 140, 158)),
    ((110, 150, 190), (190, 205, 220), (240, 240, 240), (120, 126, 136)), ((125, 130, 140), (170, 175, 182), (215, 217, 220), (80, 84, 92)),
    ((70, 90, 150), (245, 190, 150), (255, 205, 170), (150, 95, 115)), ((95, 110, 175), (250, 205, 205), (255, 220, 215), (140, 80, 100)),
    ((50, 40, 80), (240, 120, 60), (255, 160, 85), (75, 45, 70)), ((20, 110, 150), (90, 190, 215), (245, 215, 240), (60, 130, 170)),
    ((15, 20, 40), (40, 50, 85), (120, 125, 150), (25, 28, 45)), ((150, 90, 150), (250, 170, 140), (255, 225, 190), (130, 85, 135)),
]  # fmt: skip
LAMPS: list[Colour] = [
    (255, 80, 180), (160, 80, 255), (70, 110, 255), (60, 220, 240), (80, 240, 120), (255, 200, 70), (255, 120, 40), (255, 50, 50), (255, 245, 225),
]  # fmt: skip
SMOKES: list[tuple[Colour, Colour]] = [
    ((8, 8, 10), (225, 225, 230)), ((8, 8, 10), (90, 130, 230)), ((10, 8, 14), (230, 90, 180)), ((240, 240, 240), (70, 72, 78)),
    ((120, 150, 185), (55, 52, 52)), ((190, 200, 210), (120, 105, 95)), ((20, 24, 40), (240, 140, 60)), ((12, 30, 34), (110, 230, 210)),
]  # fmt: skip


def drifted(dice: random.Random, size: Size, coarsest: float, drift: float, stretch: float = 1.0) -> np.ndarray:
    """Fractal noise [height, width] from 0 to 1 that the wind has carried along by up to `drift` of FIELD, unevenly, so that it curls."""
    width, height = size
    field, wind = noise(dice, (FIELD, FIELD), coarsest, stretch), [noise(dice, size, coarsest / 2) - 0.5 for _ in range(2)]
    left, above = dice.uniform(0, FIELD - width), dice.uniform(0, FIELD - height)
    x = np.arange(width)[None] + left + drift * FIELD * wind[0]
    y = np.arange(height)[:, None] + above + drift * FIELD * wind[1]
    # Past its edges the field is mirrored.
    y, x = (FIELD - 1 - np.abs(FIELD - 1 - np.abs(place)) for place in (y, x))
    return field[y.astype(int), x.astype(int)]


def soft_light(size: Size, at: tuple[float, float], wide: float) -> np.ndarray:
    """What a light at a place (in pixels) adds: 1 there, fading over `wide` pixels."""
    x, y = np.arange(size[0])[None] - at[0], np.arange(size[1])[:, None] - at[1]
    return np.exp(-np.sqrt(x * x + y * y + 1) / wide)


def photographed(dice: random.Random, pixels: np.ndarray) -> Image.Image:
    """With a camera's contrast, dark corners, noise and focus."""
    height, width = pixels.shape[:2]
    x, y = np.linspace(-1, 1, width)[None], np.linspace(-1, 1, height)[:, None]
    dark = 1 - dice.choice([0, 0.15, 0.3]) * (x * x + y * y)[..., None] / 2
    pixels = ((pixels - 128) * dice.uniform(0.8, 1.25) + 128) * dark + camera_noise(dice, 6, pixels.shape)
    return to_image(pixels).filter(ImageFilter.GaussianBlur(dice.choice([0, 0, 0.5, 0.9])))


def clouds(dice: random.Random) -> Image.Image:
    """Heaps, veils and rows of clouds, lit from one side, at every time of the day."""
    size = width, height = frame(dice)
    high, low, lit, shaded = dice.choice(LIGHTS)
    coarse, stretch = dice.uniform(2.5, 9), dice.choice([0.4, 0.6, 1, 1, 1.6])
    wider = (width + 2 * SHADE, height + 2 * SHADE)
    around = drifted(dice, wider, coarse, dice.uniform(0.05, 0.35), stretch)
    if dice.random() < 0.5:
        # Heaps: what is round stands above the creases between.
        around = 0.5 * around + 0.5 * np.abs(2 * drifted(dice, wider, coarse, dice.uniform(0.05, 0.2)) - 1)
    angle, reach = dice.uniform(0, 2 * math.pi), dice.uniform(0.1, 0.3) * SHADE
    ways = [(SHADE + round(math.sin(angle) * reach * k), SHADE + round(math.cos(angle) * reach * k)) for k in range(4)]
    thick, *towards_sun = (around[y : y + height, x : x + width] for y, x in ways)
    between_sun = sum(towards_sun) / len(towards_sun)
    clear = np.quantile(thick, dice.uniform(0.05, 0.7))
    cover = step(thick, clear, clear + dice.uniform(0.06, 0.4))
    light = np.clip(0.55 + (thick - between_sun) * dice.uniform(2, 5) - (thick - clear) * dice.uniform(0, 1), 0, 1)
    pixels = layer(falling(size, high, low), cover, mix(light, shaded, lit))
    if dice.random() < 0.25:
        at = (dice.uniform(0, size[0]), dice.uniform(0, size[1]))
        pixels += soft_light(size, at, dice.uniform(20, 90))[..., None] * np.array(lit) * (1 - 0.6 * cover[..., None])
    return photographed(dice, pixels)


def stages(dice: random.Random) -> Image.Image:
    """Lamps of a few colours and their beams in smoke, perhaps above heads and raised hands."""
    size = frame(dice)
    width, height = size
    smoke = 0.25 + 0.75 * drifted(dice, size, dice.uniform(1.5, 4), dice.uniform(0.1, 0.4))
    pixels = np.zeros((height, width, 3)) + dice.uniform(4, 25)
    colours = dice.sample(LAMPS, dice.randint(1, 3))
    for colour in colours:
        at = (dice.uniform(-0.1, 1.1) * width, dice.uniform(-0.1, 1.1) * height)
        pixels += (soft_light(size, at, dice.uniform(60, 220)) * smoke * dice.uniform(0.3, 0.9))[..., None] * np.array(colour)
    row, along = dice.uniform(-0.05, 0.6) * height, dice.uniform(-0.35, 0.35)
    lamps = [(x, row + along * (x - width / 2) + dice.gauss(0, 3)) for x in np.linspace(-0.05, 1.05, dice.choice([0, 2, 4, 6, 9])) * width]
    aim, spread = dice.uniform(0.2, math.pi - 0.2), dice.uniform(0, 0.25)
    for number, (x, y) in enumerate(lamps):
        colour, angle = np.array(colours[number % len(colours)]), aim + spread * (number - len(lamps) / 2)
        across, down = np.arange(width)[None] - x, np.arange(height)[:, None] - y
        ahead, aside = across * math.cos(angle) + down * math.sin(angle), down * math.cos(angle) - across * math.sin(angle)
        beam = step(0.16 - np.abs(aside) / (np.abs(ahead) + 12), 0, dice.uniform(0.05, 0.16)) * (ahead > 0) * np.exp(-ahead / (0.9 * height))
        pixels += (beam * smoke * dice.uniform(0.3, 0.9))[..., None] * colour
        pixels += soft_light(size, (x, y), dice.uniform(3, 9))[..., None] * (colour + 255) * dice.uniform(0.6, 1)
    image = photographed(dice, 255 * (1 - np.exp(-pixels / 255 * 1.4)))
    if dice.random() < 0.4:
        crowd(image, dice)
    return image


def crowd(image: Image.Image, dice: random.Random) -> None:
    """Dark heads along the lower edge, some with an arm up."""
    draw, (width, height) = ImageDraw.Draw(image), image.size
    r = dice.uniform(7, 18)
    for _ in range(round(width / r * dice.uniform(0.6, 1.2))):
        x, y, dark = dice.uniform(0, width), height - dice.uniform(0, 2.2) * r, dice.randint(2, 22)
        draw.ellipse((x - 0.8 * r, y - r, x + 0.8 * r, y + r), fill=(dark, dark, dark + 4))
        draw.rectangle((x - 1.8 * r, y + 0.9 * r, x + 1.8 * r, height + r), fill=(dark, dark, dark + 4))
        if dice.random() < 0.25:
            draw.line((x + 1.4 * r, y + r, x + dice.uniform(0.8, 2) * r, y - dice.uniform(1, 3) * r), fill=(dark, dark, dark + 4), width=round(0.5 * r))


def fogs(dice: random.Random) -> Image.Image:
    """Rows of hills, trunks or roofs, each paler than the one before it."""
    size = frame(dice)
    width, height = size
    fog = np.array(dice.choice([(215, 220, 224), (190, 200, 208), (225, 214, 200), (150, 165, 185), (205, 190, 205), (165, 175, 170)]), float)
    pixels = falling(size, tuple(fog * dice.uniform(0.75, 1.05)), tuple(fog))
    dark = np.array(dice.choice([(30, 42, 38), (40, 45, 55), (60, 50, 42), (22, 34, 50)]), float)
    rows, kind = dice.randint(2, 6), dice.choice(["hills", "trunks", "trunks", "roofs"])
    y = np.arange(height)[:, None]
    for number in range(rows):
        near = (number + 1) / rows
        foot = height * (dice.uniform(0.3, 0.45) + 0.55 * near)
        ridge = foot - 0.35 * height * (noise(dice, (width, 2), dice.uniform(1.5, 4))[0] - 0.5)
        if kind == "roofs":
            block = max(6, round(width * dice.uniform(0.04, 0.12) * (0.5 + near)))
            ridge = ridge[np.minimum(np.arange(width) // block * block, width - 1)]
        covered = (y > ridge[None]).astype(float)
        if kind == "trunks":
            for _ in range(dice.randint(3, 12)):
                x, thick, lean = dice.uniform(0, width), width * 0.018 * near * dice.uniform(0.6, 1.5), dice.gauss(0, 0.04)
                covered = np.maximum(covered, (np.abs(np.arange(width)[None] - x - lean * (y - foot)) < thick / 2) * (y < foot + 0.2 * height))
        depth = near ** dice.uniform(1, 2) * dice.uniform(0.75, 1) * (1 - dice.uniform(0, 0.6) * step(y, ridge[None], ridge[None] + 0.4 * height))
        pixels = layer(pixels, covered * depth, dark)
    veil = drifted(dice, size, dice.uniform(1.5, 4), 0.2, 0.5) * dice.uniform(0, 0.8)
    return photographed(dice, layer(pixels, veil, fog))


def smokes(dice: random.Random) -> Image.Image:
    """A plume or a few threads of smoke, and ink in water."""
    size = frame(dice)
    width, height = size
    behind, colour = dice.choice(SMOKES)
    thick = drifted(dice, size, dice.uniform(1.5, 4), dice.uniform(0.3, 0.7), dice.choice([1, 1, 2]))
    if dice.random() < 0.5:
        thick = 1 - np.abs(2 * thick - 1)
    thick = thick ** dice.uniform(1.5, 5)
    y = np.linspace(0, 1, height)[:, None]
    sway = width * (dice.uniform(0.2, 0.8) + 0.25 * (noise(dice, (height, 2), 3)[0][:, None] - 0.5))
    wide = width * (dice.uniform(0.05, 0.3) + dice.uniform(0, 0.5) * (1 - y))
    plume = np.exp(-(((np.arange(width)[None] - sway) / wide) ** 2)) if dice.random() < 0.7 else 1.0
    share = np.clip(thick * plume * dice.uniform(1, 2), 0, 1)
    return photographed(dice, mix(share, behind, colour))


KINDS: dict[str, Draw] = {"clouds": clouds, "stages": stages, "fogs": fogs, "smokes": smokes, "more-clouds": clouds}


if __name__ == "__main__":
    run = parse(__doc__)
    draw_all(run.photos / "drawn-clouds", "clouds", KINDS, run.config["drawn"]["clouds"])
