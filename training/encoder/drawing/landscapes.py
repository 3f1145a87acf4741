"""Stage 0, drawn landscapes: mountains, hills, deserts and coasts, as cameras see them from a road, a summit or a beach.

    python -m drawing.landscapes --photos FOLDER

Writes FOLDER/drawn-landscapes/<kind>/<number>.jpg. Each picture follows from its kind and number alone.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from config import parse
from drawing.drawn import Colour, Draw, camera_noise, draw_all, frame, layer, noise, step, to_image

Array = np.ndarray
SLICES = 240
# Above and at the horizon, and what the sun and the shade are tinted with.
SKIES: list[tuple[Colour, Colour, tuple[float, float, float]]] = [
    ((62, 118, 190), (190, 214, 232), (1.05, 1.0, 0.93)), ((42, 96, 170), (168, 200, 226), (1.05, 1.0, 0.92)),
    ((96, 150, 205), (214, 225, 232), (1.03, 1.0, 0.95)), ((80, 125, 180), (226, 220, 205), (1.1, 1.0, 0.85)),
    ((150, 160, 172), (205, 210, 214), (0.98, 1.0, 1.02)), ((120, 128, 140), (180, 186, 192), (0.95, 1.0, 1.05)),
    ((86, 104, 144), (236, 200, 164), (1.2, 0.98, 0.75)), ((96, 98, 130), (226, 178, 152), (1.2, 0.95, 0.8)),
    ((30, 80, 160), (130, 180, 220), (1.05, 1.0, 0.92)),
]  # fmt: skip
STONES: list[Colour] = [(112, 106, 100), (128, 116, 102), (92, 92, 98), (140, 130, 122), (196, 186, 170), (150, 104, 76)]
GRASSES: list[Colour] = [(92, 112, 52), (70, 104, 46), (140, 124, 66), (122, 120, 76), (150, 138, 88)]
FIRS: list[Colour] = [(30, 52, 30), (38, 58, 38), (46, 66, 34), (50, 62, 44), (112, 88, 36)]
# Two kinds of tree that stand together.
LEAVES: list[list[Colour]] = [
    [(44, 70, 30), (62, 90, 36)], [(40, 60, 34), (70, 84, 40)], [(150, 84, 32), (196, 140, 44)], [(84, 66, 36), (150, 104, 44)],
]  # fmt: skip
# In summer, at harvest, as pastures, in autumn, with rape in flower, under snow.
FIELDS: list[list[Colour]] = [
    [(96, 134, 54), (120, 150, 66), (84, 116, 48), (150, 160, 82), (190, 176, 104)],
    [(186, 160, 92), (206, 184, 116), (132, 128, 66), (150, 112, 72), (110, 124, 58)],
    [(104, 146, 60), (112, 150, 62), (98, 138, 56)], [(160, 128, 72), (130, 110, 60), (176, 140, 70)],
    [(90, 130, 56), (216, 200, 70), (120, 148, 70), (126, 98, 72)], [(232, 236, 242), (222, 226, 234), (200, 204, 204)],
]  # fmt: skip
# Sand and rock.
SANDS: list[tuple[Colour, Colour]] = [
    ((214, 170, 112), (186, 120, 70)), ((226, 196, 148), (200, 150, 100)), ((190, 110, 66), (138, 66, 42)), ((200, 136, 92), (150, 84, 58)),
    ((178, 150, 120), (120, 96, 80)),
]  # fmt: skip


@dataclass
class Ground:
    """What each picture point [height, width] shows: where it lies, in kilometres, and how it stands to the sun."""

    x: Array
    z: Array
    high: Array
    steep: Array
    sunny: Array
    tree: Array
    pixel: Array
    land: Array
    wet: Array


@dataclass
class Scene:
    """The height of the land at x and z and, from x, z and height, that of its trees; their colours; the height of the water, if any."""

    shape: Callable[[Array, Array, Array], Array]
    colours: Callable[[Ground], Array]
    eye: float
    far: float
    trees: Callable[[Array, Array, Array], Array] | None = None
    water: float | None = None
    sea: bool = False
    dusty: float = 0.0


def scattered(dice: random.Random) -> Callable[[Array, Array], Array]:
    """Random values from 0 to 1 at whole places, smooth between them, repeating far off."""
    table = np.pad(np.random.default_rng(dice.getrandbits(64)).random((256, 256), np.float32), (0, 1), "wrap").ravel()

    def value(x: Array, y: Array) -> Array:
        left, low = np.floor(x), np.floor(y)
        u, v = x - left, y - low
        u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
        at = (low.astype(np.int32) & 255) * 257 + (left.astype(np.int32) & 255)
        one, other = table.take(at), table.take(at + 257)
        one = one + u * (table.take(at + 1) - one)
        return one + v * (other + u * (table.take(at + 258) - other) - one)

    return value


def rough(dice: random.Random, size: float, octaves: int, ridged: float = 0.0, fade: float = 0.5) -> Callable[[Array, Array, Array], Array]:
    """Fractal noise over x and z, about 0 to 1, its coarsest waves of that size; what is finer than a pixel is left out."""
    layers = [(scattered(dice), dice.uniform(0, 200), dice.uniform(0, 200)) for _ in range(octaves)]
    turn = dice.uniform(0, 6)

    def value(x: Array, z: Array, pixel: Array) -> Array:
        total, strength, most, long = np.zeros_like(x), np.ones_like(x), 0.0, size
        finest = pixel.min() if pixel.size else 0
        along, across = x * math.cos(turn) + z * math.sin(turn), z * math.cos(turn) - x * math.sin(turn)
        for number, (layer, east, north) in enumerate(layers):
            if most and long < finest:
                break
            wave = layer(along / long + east, across / long + north)
            if ridged:
                ridge = 1 - np.abs(2 * wave - 1)
                wave = wave + ridged * (ridge * ridge - wave)
            total += strength * fade**number * (0.5 + (wave - 0.5) * np.clip(long / pixel - 1, 0, 1))
            # Valleys fill and smooth; ridges stay rough.
            strength = strength * (1 - ridged + ridged * np.clip(wave * 1.6, 0.1, 1)) if ridged else strength
            most, long, along, across = most + fade**number, long / 2.03, along + across * 0.3, across - along * 0.3
        return total / np.float32(most)

    return value


def between(share: Array, one: Colour, other: Colour) -> Array:
    return layer(np.broadcast_to(np.float32(one), (*share.shape, 3)), share, other)


def near(dice: random.Random, colour: Colour, spread: float = 14) -> Colour:
    grey = dice.gauss(0, spread)
    return tuple(int(min(255, max(0, value + grey + dice.gauss(0, spread / 2)))) for value in colour)  # type: ignore[return-value]


def darker(colour: Colour) -> Colour:
    return tuple(int(value * 0.55) for value in colour)  # type: ignore[return-value]


# Seeing -------------------------------------------------------------------------------------------------------------------


def seen(dice: random.Random, scene: Scene, size: tuple[int, int], sun: Array) -> tuple[Ground, Array, Array]:
    """The land in perspective, front to back, and by picture point the rows above the horizon and the way to the side."""
    width, height = size
    focus = max(size) / (2 * math.tan(dice.uniform(0.28, 0.62)))
    side = ((np.arange(width) - width / 2) / focus).astype(np.float32)
    depth = np.geomspace(scene.eye * focus / height * 0.55, scene.far, SLICES).astype(np.float32)[:, None]
    x, z = side * depth, np.broadcast_to(depth, (SLICES, width))
    pixel = z / focus
    bare = scene.shape(x, z, pixel)
    level = -np.inf if scene.water is None else scene.water
    high = np.maximum(bare, level)
    eye = max(np.quantile(high[:12], 0.8), level) + scene.eye
    east = np.gradient(high, axis=1) / (depth / focus)
    north = np.gradient(high, axis=0) / np.gradient(depth, axis=0) - east * side
    upright = 1 / np.sqrt(1 + east * east + north * north)
    sunny = np.clip((sun[1] - east * sun[0] - north * sun[2]) * upright, 0, 1)
    tree = scene.trees(x, z, high) * (bare > level + 0.003) if scene.trees else np.zeros_like(high)
    drop = (eye - high - tree) * focus / depth
    top = np.minimum.accumulate(drop, 0)
    horizon = height * dice.uniform(0.08, 0.55) - min(float(np.quantile(top[-1], 0.03)), 0.0)
    rows = (np.arange(height) - min(horizon, height * 0.75)).astype(np.float32)
    after = np.stack([np.searchsorted(-top[:, column], -rows) for column in range(width)], 1)
    land = after < SLICES
    after = np.clip(after, 1, SLICES - 1)
    here = after * width + np.arange(width)
    front, back = drop.take(here - width), drop.take(here)
    share = np.clip((front - rows[:, None]) / (front - back + 1e-6), 0, 1).astype(np.float32)

    def at(values: Array) -> Array:
        values = np.ascontiguousarray(values)
        one = values.take(here - width)
        return one + share * (values.take(here) - one)

    ground = Ground(at(x), at(z), at(high), 1 - at(upright), at(sunny), at(tree), at(pixel), land, land & (at(bare) < level))
    return ground, -rows[:, None] / focus + np.zeros((1, width), np.float32), side + np.zeros((height, 1), np.float32)


def heaven(dice: random.Random, up: Array, side: Array, blue: Colour, low: Colour, sun: Array) -> Array:
    """The sky with clouds: in a layer overhead that runs together far off, in banks above the horizon, or in veils."""
    up = np.maximum(up, 0)
    pixels = between(np.clip(1 - up / dice.uniform(0.35, 0.8), 0, 1) ** dice.uniform(1, 2.2), blue, low)
    if sun[2] > 0.2:
        glow = np.exp(-((side - sun[0] / sun[2]) ** 2 + (up - sun[1]) ** 2) * dice.uniform(2, 8))
        pixels = layer(pixels, glow * dice.uniform(0.2, 0.6), (255, 246, 225))
    grey = dice.uniform(0.55, 0.85)
    for _ in range(dice.choice([0, 1, 1, 1, 2])):
        cloud, flat = rough(dice, dice.uniform(0.25, 1.6), 6, fade=dice.uniform(0.45, 0.6)), dice.choice([0.0, 1.0, 1.0, 3.0])
        if flat == 0:
            across, along = side, up * dice.uniform(1.2, 2.5)
        else:
            across, along = side / (up + 0.12) * 0.5 * dice.uniform(0.5, 1.2), 0.35 * flat / (up + 0.12)
        pixel = 0.004 / (up + 0.12) if flat else np.full_like(up, 0.004)
        dense, lit = (cloud(across + dx, along + dx, pixel) for dx in (0.0, 0.05))
        bare = dice.choice([dice.uniform(0.5, 0.62), dice.uniform(0.35, 0.55)])
        share = step(dense, bare, bare + dice.uniform(0.06, 0.3))
        shade = np.clip(1 - (dense - bare) * dice.uniform(0.5, 2.5) + (dense - lit) * dice.uniform(2, 5), grey, 1.04)
        light = np.float32(low) * 0.3 + 0.7 * np.float32((255, 253, 250))
        pixels = layer(pixels, share * dice.uniform(0.7, 1), shade[..., None] * light)
    return pixels


def mirrored(dice: random.Random, scene: Scene, pixels: Array, ground: Ground, low: Colour) -> Array:
    """Water in its own colour and, more so far off, with what stands above its shore upside down."""
    height, width = ground.z.shape
    rows = np.arange(height)[:, None]
    shore = np.maximum.accumulate(np.where(ground.wet, 0, rows), 0)
    rise = dice.uniform(1, 2) if scene.sea else dice.choice([0.1, 0.3, 1.0])
    wave = rough(dice, 0.004 + scene.eye * rise * 0.8, 4)(ground.x * 0.35, ground.z, ground.pixel * 0.5) - 0.5
    above = np.clip(2 * shore - rows - 1 + (wave * rise * 26).astype(int), 0, height - 1)
    # Where no shore stands over the water, the sky does.
    seen_above = ground.wet[above, np.arange(width)] | scene.sea
    image = np.where(seen_above[..., None], np.float32(low), np.take_along_axis(pixels, above[..., None], 0))
    own = near(dice, dice.choice([(22, 62, 92), (20, 82, 100), (40, 62, 70), (30, 70, 60), (52, 140, 150)]))
    slant = np.clip((rows - shore) / height * dice.uniform(0.8, 2) + (0.3 if scene.sea else 0.05), 0, 0.9)
    water = layer(image * 0.88, slant, np.float32(own) * (1 + wave[..., None] * rise * 0.9))
    if scene.sea:
        surf = step(ground.pixel * 0 + wave, 0.16, 0.3) * dice.uniform(0, 0.7) + step(rows - shore + wave * 12, 5, 1) * dice.uniform(0, 0.8)
        water = layer(water, np.clip(surf, 0, 1), (235, 240, 240))
    return np.where(ground.wet[..., None], water, pixels)


def conifer(dice: random.Random, draw: ImageDraw.ImageDraw, x: float, foot: float, tall: float) -> None:
    """A white fir on a black mask."""
    wide, y, points = tall * dice.uniform(0.1, 0.18), foot - tall, []
    for tier in range(14):
        y += tall / 14
        reach = wide * (tier + 1) / 14
        points += [(reach * dice.uniform(0.7, 1.3), y + dice.uniform(0, tall / 28)), (reach * 0.45, y)]
    left, right = [(x - dx * dice.uniform(0.8, 1.2), y) for dx, y in points], [(x + dx * dice.uniform(0.8, 1.2), y) for dx, y in points]
    draw.polygon([(x, foot - tall), *right, (x + 1, foot), (x - 1, foot), *left[::-1]], fill=255)


def foreground(dice: random.Random, image: Image.Image, trees: bool) -> Image.Image:
    """Dark against the view, at twice the size for soft edges: firs at one side or both, or the rim of a slope."""
    width, height = image.size
    mask = Image.new("L", (2 * width, 2 * height), 0)
    draw = ImageDraw.Draw(mask)
    if trees:
        middle, spread = dice.choice([0.0, 1.0, dice.random()]), dice.uniform(0.1, 0.3)
        for _ in range(dice.randint(3, 16)):
            conifer(dice, draw, dice.gauss(middle, spread) * 2 * width, 2 * height * dice.uniform(1, 1.15), height * dice.uniform(0.3, 1.3))
    rim = noise(dice, (2 * width, 16), dice.uniform(2, 5))[8] + 0.25 * noise(dice, (2 * width, 16), 90)[8] * dice.random()
    rim = 2 * height * (1.02 - dice.uniform(0.02, 0.22) * (rim + dice.uniform(-1, 1) * np.linspace(-0.5, 0.5, 2 * width)))
    draw.polygon([*((x, float(y)) for x, y in enumerate(rim)), (2 * width, 2 * height), (0, 2 * height)], fill=255)
    share = np.asarray(mask.resize(image.size, Image.Resampling.BOX), np.float32) / 255
    dark = near(dice, dice.choice([(20, 26, 18), (38, 40, 22), (30, 28, 26)]), 8)
    leaves = between(noise(dice, image.size, dice.uniform(30, 80)) ** 2, dark, tuple(2 * value + 20 for value in dark))
    return to_image(np.asarray(image) * (1 - share[..., None]) + share[..., None] * leaves)


def lit(dice: random.Random, scene: Scene, ground: Ground, low: Colour, warm: tuple[float, float, float]) -> Array:
    """The land in sun and under the shadows of clouds, and the mist before it."""
    shadow = 1 - dice.choice([0.0, 0.5, 0.75]) * step(rough(dice, dice.uniform(1, 4), 3)(ground.x, ground.z, ground.pixel), 0.48, 0.58)
    strong, dim = (dice.uniform(0.4, 0.7), 0.6) if warm[0] < 1 else (dice.uniform(0.8, 1.2), dice.uniform(0.38, 0.55))
    light = strong * (ground.sunny * shadow)[..., None] * np.float32(warm) + dim * np.float32((0.9, 1.0, 1.15))
    close = 1 + dice.uniform(0.8, 1.8) * (rough(dice, scene.eye * 0.3, 6, fade=0.9)(ground.x, ground.z + ground.high, ground.pixel) - 0.5)
    pixels = scene.colours(ground) * light * close[..., None]
    clear, low_mist = scene.far * dice.choice([0.3, 0.6, 1.0, 2.0]), dice.choice([0, 0, 1.0]) * np.exp(-np.maximum(ground.high, 0) * 8)
    mist = 1 - np.exp(-ground.z / clear - low_mist * ground.z / scene.far)
    return layer(pixels, mist * dice.uniform(0.75, 1), np.float32(low) * np.float32((0.88, 0.94, 1.0)))


def photographed(dice: random.Random, scene: Scene, rim: float = 0.0) -> Image.Image:
    size = frame(dice)
    blue, low, warm = dice.choice(SKIES)
    blue, low = near(dice, blue, 8), near(dice, low, 8)
    low = tuple(int(value + scene.dusty * (dust - value)) for value, dust in zip(low, (226, 196, 160)))
    blue = tuple(int(value + scene.dusty**3 * (dust - value)) for value, dust in zip(blue, (178, 140, 110)))
    around, height = dice.uniform(0, 2 * math.pi), dice.uniform(0.2, 0.5) if warm[0] > 1.15 else dice.uniform(0.35, 0.95)
    flat = math.sqrt(1 - height**2)
    sun = np.array([flat * math.cos(around), height, flat * math.sin(around)], np.float32)
    ground, up, side = seen(dice, scene, size, sun)
    dry = ground.land & ~ground.wet
    pixels = np.zeros((*dry.shape, 3), np.float32)
    pixels[~ground.land] = heaven(dice, up[~ground.land], side[~ground.land], blue, low, sun)
    pixels[dry] = lit(dice, scene, Ground(*(values[dry] for values in vars(ground).values())), low, warm)
    if scene.water is not None:
        pixels = mirrored(dice, scene, pixels, ground, low)
    image = to_image(pixels)
    if dice.random() < rim:
        image = foreground(dice, image, dice.random() < 0.5 and scene.trees is not None)
    return developed(dice, image)


def developed(dice: random.Random, image: Image.Image) -> Image.Image:
    """As a camera leaves it: its contrast, colours and grain."""
    pixels = np.asarray(image, np.float32) / 255
    dark, bright = np.percentile(pixels, [0.5, 99.7]) * (dice.uniform(0.1, 0.9), 1)
    pixels = np.clip((pixels - dark) / (bright - dark) * dice.uniform(0.85, 1.05), 0.004, 1)
    pixels = pixels ** np.clip(math.log(dice.uniform(0.36, 0.52)) / math.log(pixels.mean()), 0.65, 1.3)
    grey = pixels.mean(2, keepdims=True)
    pixels = np.clip(grey + (pixels - grey) * dice.uniform(0.7, 1.15), 0, 1)
    pixels = pixels + dice.uniform(0, 0.35) * (pixels * pixels * (3 - 2 * pixels) - pixels)
    pixels *= np.float32([dice.uniform(0.95, 1.05), 1, dice.uniform(0.94, 1.05)]) * dice.uniform(0.9, 1.1)
    grain = camera_noise(dice, 0.012, grey.shape)
    return to_image(255 * (pixels + grain))


# Kinds --------------------------------------------------------------------------------------------------------------------


def valley(dice: random.Random, wide: float) -> Callable[[Array, Array], Array]:
    """How far land may rise, from 0 on the winding floor to 1."""
    bend, phase, turn = dice.uniform(0, 1.2), dice.uniform(0, 6), dice.uniform(-0.25, 0.25)
    return lambda x, z: step(np.abs(x - turn * z - bend * wide * np.sin(z * 0.5 + phase)), wide * 0.1, wide + 0.08 * z)


def mountains(dice: random.Random) -> Image.Image:
    """Woods and meadows below, rock and snow above, perhaps a lake."""
    tall, start = dice.uniform(0.9, 2.6), dice.uniform(0.5, 5)
    peaks, floor = rough(dice, dice.uniform(2.5, 7), 7, dice.uniform(0.6, 1)), valley(dice, dice.uniform(0.5, 2.2))
    open_valley, low = dice.random() < 0.6, dice.uniform(0, 0.25)

    def shape(x: Array, z: Array, pixel: Array) -> Array:
        rise = step(z, start * 0.3, start * 2) * (floor(x, z) if open_valley else 1)
        return tall * peaks(x, z, pixel) ** 1.3 * (low + (1 - low) * rise) * 1.3

    green, dark, pale = near(dice, dice.choice(GRASSES)), near(dice, dice.choice(FIRS), 8), near(dice, (168, 160, 150))
    stone, gap = near(dice, dice.choice(STONES)), dice.uniform(0.4, 0.6)
    line, snow, ragged = tall * dice.uniform(0.2, 0.62), tall * dice.choice([0.05, 0.4, 0.55, 0.7, 0.8, 2]), rough(dice, dice.uniform(0.5, 1.5), 4)
    fine, wood, tip = rough(dice, 0.25, 4, fade=0.7), rough(dice, dice.uniform(0.4, 1.2), 3), scattered(dice)

    def grown(x: Array, z: Array, high: Array) -> Array:
        return step(wood(x, z, z / 400) + 0.5 * step(high, line, line * 0.4) - 0.25, gap - 0.06, gap + 0.03) * step(high, line * 1.08, line * 0.9)

    def trees(x: Array, z: Array, high: Array) -> Array:
        return grown(x, z, high) * step(z, 0.25, 0.7) * (0.004 + 0.026 * tip(x / 0.011, z / 0.02) ** 2)

    def colours(ground: Ground) -> Array:
        wild, speckle = ragged(ground.x, ground.z, ground.pixel) - 0.5, fine(ground.x, ground.z + ground.high, ground.pixel)
        pixels = between(np.clip(speckle * 1.6 - 0.3, 0, 1), darker(green), green)
        bands = np.sin((ground.high + wild * 0.3) * 60) * 0.12 + 0.5 + (speckle - 0.5) * 1.4
        bare = step(ground.steep + wild * 0.5 + 0.25 * step(ground.high, line, line * 1.5), 0.2, 0.34)
        pixels = layer(pixels, bare, between(np.clip(bands, 0, 1), darker(stone), pale if snow > tall else stone))
        cover = step(ground.tree, 0, 0.004)
        leaf = np.clip(0.35 + ground.tree * 30 + (speckle - 0.5) * 1.2, 0, 1.6)[..., None] * np.float32(dark) * 1.25
        pixels = layer(pixels, cover, leaf)
        white = step(ground.high + wild * tall * 0.6, snow, snow + 0.1 * tall) * step(ground.steep + (speckle - 0.5) * 0.5, 0.52, 0.36)
        return layer(pixels, white * (1 - 0.6 * cover), (246, 249, 255))

    water = tall * dice.uniform(0.03, 0.16) if dice.random() < 0.3 else None
    return photographed(dice, Scene(shape, colours, dice.choice([0.03, 0.1, 0.4]), dice.uniform(12, 25), trees, water), 0.35)


def hills(dice: random.Random) -> Image.Image:
    """Fields, hedges, woods and villages."""
    tall, roll, behind = dice.uniform(0.2, 0.8), rough(dice, dice.uniform(1.2, 3.5), 5, fade=0.36), rough(dice, 6, 7, 0.7)
    distant, patch, turn = dice.choice([0.0, 0.0, 0.6, 1.2]), dice.uniform(0.1, 0.3), dice.uniform(0, 3)
    warp, value, wood, tip, fine = rough(dice, 1.2, 2), scattered(dice), rough(dice, dice.uniform(0.5, 1.5), 3), scattered(dice), rough(dice, 0.1, 3)
    palette = np.float32([near(dice, crop, 10) for crop in dice.choice(FIELDS)])
    leaves = [near(dice, leaf, 10) for leaf in dice.choice(LEAVES)]
    gap, hedge, village = dice.uniform(0.45, 0.66), dice.choice([0.0, 0.06, 0.12]), dice.choice([0.8, 0.9, 2])

    def shape(x: Array, z: Array, pixel: Array) -> Array:
        return tall * roll(x, z, pixel) + distant * behind(x, z, pixel) * step(z, 5, 12)

    def field(x: Array, z: Array) -> tuple[Array, Array]:
        bent = warp(x, z, z / 400)
        return (x * math.cos(turn) + z * math.sin(turn)) / patch + 3 * bent, (z * math.cos(turn) - x * math.sin(turn)) / patch * 0.7 + 3 * bent * bent

    def trees(x: Array, z: Array, high: Array) -> Array:
        u, v = field(x, z)
        hedged = (np.minimum(u % 1, v % 1) < hedge) * (tip(u * 5, v * 5) > 0.4)
        grown = np.maximum(step(wood(x, z, z / 400) - 0.2 * step(z, 1, 0.3), gap, gap + 0.04), hedged)
        return grown * step(z, 0.25, 0.8) * (0.002 + 0.02 * tip(x / 0.013, z / 0.018))

    def colours(ground: Ground) -> Array:
        u, v = field(ground.x, ground.z)
        grain = fine(ground.x, ground.z, ground.pixel) - 0.5
        own = value(np.floor(u), np.floor(v))
        pixels = palette[(own * len(palette)).astype(int)] * (0.85 + 0.5 * (own * 37 % 1)[..., None] * 0.5 + grain[..., None] * 0.5)
        rows = np.sin(u * patch * 2 * math.pi / 0.008) * step(ground.pixel, 0.0016, 0.0006) * (own * 11 % 1 > 0.5)
        pixels = pixels * (1 + 0.12 * rows[..., None])
        settled = (wood(ground.z * 0.7, ground.x * 0.7, ground.pixel) * 1.2 > village) & (ground.z > 0.5)
        houses = settled & (value(ground.x / 0.014, ground.z / 0.03) > 0.7)
        pixels = np.where(houses[..., None], np.where((own > 0.5)[..., None], np.float32((226, 216, 204)), np.float32((158, 84, 62))), pixels)
        leaf = between(np.clip(ground.tree * 50 + grain, 0, 1), darker(leaves[0]), leaves[0])
        leaf = layer(leaf, step(value(ground.x / 0.03, ground.z / 0.05), 0.45, 0.7), leaves[1])
        return layer(pixels, step(ground.tree, 0, 0.003), leaf)

    water = tall * dice.uniform(0.25, 0.45) if dice.random() < 0.2 else None
    return photographed(dice, Scene(shape, colours, dice.choice([0.03, 0.08, 0.2]), dice.uniform(8, 18), trees, water), 0.3)


def deserts(dice: random.Random) -> Image.Image:
    """Dunes, canyons and flat-topped rocks, or the stony plains of Mars."""
    kind = dice.choice(["dunes", "canyon", "canyon", "rocks", "rocks", "plain"])
    tall = dice.uniform(*{"dunes": (0.08, 0.25), "canyon": (0.4, 1.2), "rocks": (0.2, 0.7), "plain": (0.15, 0.8)}[kind])
    land, fine, stone = rough(dice, tall * dice.uniform(4, 9), 7, dice.uniform(0, 0.6)), rough(dice, 0.2, 5, fade=0.7), rough(dice, 0.01, 3, 0.5)
    crest, edge, count = rough(dice, tall * dice.uniform(4, 8), 3, 1.0, 0.3), dice.uniform(0.4, 0.6), dice.uniform(2, 6)
    start, floor = dice.uniform(0.6, 3), valley(dice, dice.uniform(0.6, 2))
    sand, rust = dice.choice(SANDS)
    sand, rust, pale, frequency = near(dice, sand), near(dice, rust), near(dice, (222, 186, 148)), dice.uniform(30, 90) / tall
    scrub, far = dice.choice([0.0, 0.6, 0.56]) if kind != "dunes" else 0.0, dice.uniform(10, 20) if kind != "dunes" else dice.uniform(3, 8)

    def shape(x: Array, z: Array, pixel: Array) -> Array:
        rise = land(x, z, pixel)
        if kind == "dunes":
            return tall * (crest(x, z, pixel) + 0.1 * rise)
        if kind == "plain":
            return tall * rise * step(z, start, start + 6) + 0.004 * stone(x, z, pixel) ** 3 * step(pixel, 0.001, 0.0002)
        if kind == "rocks":
            foot = 0.35 * step(rise, edge - 0.15, edge + 0.03)
            return tall * (step(rise, edge + 0.02, edge + 0.06) * (0.7 + 0.3 * rise) + foot) * step(z, start * 0.5, start)
        rise = (rise * 0.7 + 0.5 * floor(x, z)) * count
        return tall / count * (np.floor(rise) + step(rise % 1, 0.55, 0.9) + 0.15 * (rise % 1))

    def colours(ground: Ground) -> Array:
        grain = fine(ground.x, ground.z + ground.high, ground.pixel) - 0.5
        pixels = between(np.clip(0.4 + grain * 1.5, 0, 1), sand, pale if kind != "plain" else rust)
        if kind == "dunes":
            ripple = np.sin((ground.z + ground.x * 0.3 + grain * 0.02) * 2 * math.pi / 0.004) * step(ground.pixel, 0.0015, 0.0005)
            return pixels * (1 + 0.07 * ripple[..., None])
        bands = band(ground.high * frequency + grain * 2, ground.high * 0)
        rock = layer(between(bands, darker(rust), rust), step(bands, 0.6, 0.9), pale) * (1 + grain[..., None] * 0.8)
        pixels = layer(pixels, step(ground.steep + grain * 0.15, 0.08, 0.2), rock)
        if scrub:
            bushes = step(bush(ground.x, ground.z, ground.pixel), scrub, scrub + 0.03) * step(ground.steep, 0.15, 0.05)
            pixels = layer(pixels, bushes * 0.8, (74, 80, 50))
        return pixels

    band, bush = scattered(dice), rough(dice, 0.05, 6, fade=0.95)
    dusty = dice.choice([0.2, 0.5, 1.0]) if kind == "plain" else dice.choice([0.0, 0.2, 0.5])
    return photographed(dice, Scene(shape, colours, dice.choice([0.02, 0.08, 0.2]), far, None, None, False, dusty), 0.1)


def coasts(dice: random.Random) -> Image.Image:
    """Cliffs, bays, beaches and islands."""
    tall, cliff, lean = dice.uniform(0.1, 0.7), dice.uniform(0, 1), dice.choice([-1, 1]) * dice.uniform(0, 1.2)
    land, wood = rough(dice, dice.uniform(1, 4), 8, dice.uniform(0, 0.6)), rough(dice, 0.5, 4)
    fine, tip = rough(dice, 0.08, 5, fade=0.7), scattered(dice)
    level, gap, band, rise = dice.uniform(0.36, 0.52), dice.uniform(0.35, 0.8), scattered(dice), dice.choice([0.0, 0.0, 0.5])
    stone, green = near(dice, dice.choice(STONES)), near(dice, dice.choice(GRASSES))
    bay, shore = dice.uniform(0.1, 0.45), dice.uniform(0.2, 1.5)
    sand, leaf = near(dice, (214, 196, 158)), near(dice, dice.choice(FIRS), 8)

    def shape(x: Array, z: Array, pixel: Array) -> Array:
        up = land(x, z, pixel) - level + lean * x / (1 + np.abs(x) + 0.5 * z) * 0.6 + rise * step(z, 4, 12) * 0.3
        up = up - bay * step(z, shore, shore * 0.2)
        return tall * (up * (2 - cliff) + cliff * (step(up, 0.0, 0.05) * 0.45 + step(up, 0.1, 0.13) * 0.15))

    def trees(x: Array, z: Array, high: Array) -> Array:
        return step(wood(x, z, z / 400), gap, gap + 0.04) * (high > 0.015) * step(z, 0.1, 0.3) * (0.003 + 0.012 * np.sqrt(tip(x / 0.012, z / 0.018)))

    def colours(ground: Ground) -> Array:
        grain = fine(ground.x, ground.z + ground.high, ground.pixel) - 0.5
        pixels = between(np.clip(0.6 + grain * 1.8, 0, 1), darker(green), green)
        pixels = layer(pixels, step(ground.high + grain * 0.01, 0.012, 0.006), sand)
        rock = between(np.clip(0.5 * band(ground.high * 120 + grain * 4, ground.x) + 0.35 + grain * 1.6, 0, 1), darker(stone), stone)
        pixels = layer(pixels, step(ground.steep + grain * 0.3, 0.1, 0.25), rock)
        return layer(pixels, step(ground.tree, 0, 0.003), np.clip(0.5 + ground.tree * 50 + grain, 0.2, 1.5)[..., None] * np.float32(leaf))

    return photographed(dice, Scene(shape, colours, dice.choice([0.01, 0.04, 0.12]), dice.uniform(8, 20), trees, 0.0, True), 0.25)


KINDS: dict[str, Draw] = {"mountains": mountains, "hills": hills, "deserts": deserts, "coasts": coasts}

if __name__ == "__main__":
    run = parse(__doc__)
    draw_all(run.photos / "drawn-landscapes", "landscapes", KINDS, run.config["drawn"]["landscapes"])
