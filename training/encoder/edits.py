"""What people and programs do to photos: strong random edits to train on. What is measured is in named_edits.py.

Every function takes an RGB picture and a random.Random, and returns a new RGB picture.
"""

import io
import math
import random
import string
from collections.abc import Callable
from functools import partial

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Edit = Callable[[Image.Image, random.Random], Image.Image]
FLAT_COLOURS = [(255, 255, 255), (0, 0, 0), (245, 245, 245), (18, 18, 18)]
WORDS = "sunset party winner Tuesday look at this 25% off thanks holiday 2019 sold no filter IMG_0042 draft copy hello world".split()


def letters(dice: random.Random, low: int, high: int) -> str:
    """So many words, some of them of no language."""
    words = []
    for _ in range(dice.randint(low, high)):
        made_up = "".join(dice.choices(string.ascii_letters + string.digits, k=dice.randint(2, 9)))
        words.append(dice.choice([*WORDS, made_up, made_up, made_up, made_up, made_up, made_up]))
    return " ".join(words)


def any_colour(dice: random.Random) -> tuple[int, int, int]:
    return dice.choice([*FLAT_COLOURS, tuple(dice.randrange(256) for _ in range(3))])


def crop_to_share(image: Image.Image, dice: random.Random, share: float, aspect: float = 1.0) -> Image.Image:
    """Keeps about `share` of the area, somewhere; `aspect` stretches the window."""
    width, height = image.size
    w = max(24, min(width, round(width * math.sqrt(share * aspect))))
    h = max(24, min(height, round(height * math.sqrt(share / aspect))))
    x, y = dice.randint(0, max(0, width - w)), dice.randint(0, max(0, height - h))
    return image.crop((x, y, x + w, y + h))


def random_crop(image: Image.Image, dice: random.Random) -> Image.Image:
    return crop_to_share(image, dice, dice.uniform(0.25, 0.95), dice.uniform(0.75, 1.33))


def mirror(image: Image.Image, _dice: random.Random) -> Image.Image:
    return ImageOps.mirror(image)


def quarter_turn(image: Image.Image, dice: random.Random) -> Image.Image:
    turns = [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270, Image.Transpose.FLIP_TOP_BOTTOM]
    return image.transpose(dice.choice(turns))


def tilt(image: Image.Image, dice: random.Random) -> Image.Image:
    angle = dice.uniform(-30, 30)
    return image.rotate(angle, Image.Resampling.BILINEAR, expand=dice.random() < 0.5, fillcolor=any_colour(dice))


def light(image: Image.Image, dice: random.Random) -> Image.Image:
    for enhance, low, high in [(ImageEnhance.Brightness, 0.5, 1.6), (ImageEnhance.Contrast, 0.5, 1.6), (ImageEnhance.Color, 0.0, 2.0)]:
        if dice.random() < 0.6:
            image = enhance(image).enhance(dice.uniform(low, high))
    return image


def grey(image: Image.Image, _dice: random.Random) -> Image.Image:
    return ImageOps.grayscale(image).convert("RGB")


def colour_filter(image: Image.Image, dice: random.Random) -> Image.Image:
    return Image.blend(image, Image.new("RGB", image.size, any_colour(dice)), dice.uniform(0.1, 0.4))


def blur(image: Image.Image, dice: random.Random) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(dice.uniform(0.6, 3.0)))


def sharpen(image: Image.Image, _dice: random.Random) -> Image.Image:
    return image.filter(ImageFilter.UnsharpMask(2, 180))


def recompress(image: Image.Image, dice: random.Random, quality: int | None = None) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality if quality is not None else dice.randint(8, 50))
    return Image.open(buffer).convert("RGB")


def make_small(image: Image.Image, dice: random.Random, edge: int | None = None) -> Image.Image:
    image = image.copy()
    edge = edge if edge is not None else dice.randint(40, 180)
    image.thumbnail((edge, edge), dice.choice([Image.Resampling.BILINEAR, Image.Resampling.LANCZOS, Image.Resampling.NEAREST]))
    return image


def shrink_unsmoothed(image: Image.Image, dice: random.Random) -> Image.Image:
    """Every so many pixels one is kept, as hasty programs shrink: of fine stripes others come out."""
    image = image.copy()
    edge = dice.randint(56, 180)
    image.thumbnail((edge, edge), Image.Resampling.NEAREST)
    return image


def caption(image: Image.Image, dice: random.Random) -> Image.Image:
    image = image.copy()
    draw = ImageDraw.Draw(image)
    width, height = image.size
    for _ in range(dice.randint(1, 3)):
        size = max(8, int(height * dice.uniform(0.05, 0.16)))
        y = dice.randint(0, max(0, height - size))
        if dice.random() < 0.5:
            draw.rectangle((0, y, width, y + int(size * 1.4)), fill=any_colour(dice))
        edge = {"stroke_width": max(1, size // 14), "stroke_fill": any_colour(dice)} if dice.random() < 0.4 else {}
        draw.text((dice.randint(0, width // 2), y), letters(dice, 1, 4), fill=any_colour(dice), font=ImageFont.load_default(size=size), **edge)
    return image


def border(image: Image.Image, dice: random.Random) -> Image.Image:
    width, height = image.size
    canvas = Image.new("RGB", (int(width * dice.uniform(1, 1.5)), int(height * dice.uniform(1, 1.6))), any_colour(dice))
    canvas.paste(image, (dice.randint(0, canvas.width - width), dice.randint(0, canvas.height - height)))
    return canvas


def screenshot(image: Image.Image, dice: random.Random) -> Image.Image:
    """The photo on a phone's screen: bars above and below, a name, some buttons."""
    width, height = image.size
    above, below = int(height * dice.uniform(0.1, 0.35)), int(height * dice.uniform(0.15, 0.5))
    background = dice.choice(FLAT_COLOURS)
    ink = (20, 20, 20) if sum(background) > 380 else (235, 235, 235)
    canvas = Image.new("RGB", (width, height + above + below), background)
    canvas.paste(image, (0, above))
    draw = ImageDraw.Draw(canvas)
    font = ImageFont.load_default(size=max(8, above // 4))
    draw.text((width // 20, above // 8), f"{dice.randint(1, 23)}:{dice.randint(10, 59)}", fill=ink, font=font)
    draw.ellipse((width // 20, above * 0.5, width // 20 + above * 0.4, above * 0.9), fill=any_colour(dice))
    draw.text((width // 5, above * 0.55), letters(dice, 2, 2), fill=ink, font=font)
    for line in range(dice.randint(1, 4)):
        y = above + height + int(below * (0.15 + 0.2 * line))
        draw.text((width // 20, y), letters(dice, 2, 6), fill=ink, font=font)
    return canvas


def paste_over(image: Image.Image, dice: random.Random) -> Image.Image:
    """A sticker: an ellipse or a box of plain colour over a part."""
    image = image.copy()
    draw = ImageDraw.Draw(image)
    for _ in range(dice.randint(1, 3)):
        draw_part = on_one_part(draw, image.size, dice, (0.1, 0.4))
        draw_part(fill=any_colour(dice))
    return image


def on_one_part(draw: ImageDraw.ImageDraw, size: tuple[int, int], dice: random.Random, share: tuple[float, float]) -> partial[None]:
    """What draws an ellipse or a box somewhere, each of its edges such a share of the picture's; the colour is still to be given."""
    width, height = size
    w, h = width * dice.uniform(*share), height * dice.uniform(*share)
    x, y = dice.uniform(0, width - w), dice.uniform(0, height - h)
    return partial(dice.choice([draw.ellipse, draw.rectangle]), (x, y, x + w, y + h))


def along(angle: float, size: tuple[int, int]) -> np.ndarray:
    """How far each pixel lies in a direction, [height, width]."""
    y, x = np.mgrid[: size[1], : size[0]]
    return x * math.cos(angle) + y * math.sin(angle)


def alone_or_crossed(angle: float, dice: random.Random) -> list[float]:
    """One time in three lines also run across."""
    return dice.choice([[angle], [angle], [angle, angle + math.pi / 2]])


def colour_over(image: Image.Image, dice: random.Random, places: np.ndarray, weakest: float, strongest: float) -> Image.Image:
    """Some colour shines as strongly as drawn, between the two shares, where `places` [height, width] are 1, and not where they are 0."""
    strength = Image.fromarray((places * 255 * dice.uniform(weakest, strongest)).astype(np.uint8))
    return Image.composite(Image.new("RGB", image.size, any_colour(dice)), image, strength)


def fine_lines(image: Image.Image, dice: random.Random) -> Image.Image:
    """A grid before the camera, a screen's, a net's or a fabric's, all over or on one part. It is sampled at the middle of each pixel: where
    it is nearly as fine as they are, bands and chequers show that nobody sees before the camera."""
    seen = np.zeros((image.height, image.width), bool)
    first = dice.choice([0.0, math.pi / 2, dice.uniform(0, math.pi)]) + dice.gauss(0, 0.05)
    period = dice.choice([dice.uniform(1.02, 1.3), dice.uniform(1.3, 3), dice.uniform(3, 6)])
    for angle in alone_or_crossed(first, dice):
        bent = dice.uniform(0, 3) * np.sin(2 * math.pi * (along(angle + math.pi / 2, image.size) / dice.uniform(60, 400) + dice.random()))
        seen |= np.sin(2 * math.pi * (along(angle, image.size) + bent) / period) > dice.uniform(-0.5, 0.5)
    if dice.random() < 0.5:
        part = Image.new("L", image.size)
        draw_part = on_one_part(ImageDraw.Draw(part), image.size, dice, (0.3, 0.9))
        draw_part(fill=255)
        seen &= np.asarray(part) > 0
    return colour_over(image, dice, seen, 0.1, 0.6)


def patterned_cloth(image: Image.Image, dice: random.Random) -> Image.Image:
    """What is of one colour, a shirt or the floor it lies on, gets fine stripes, checks or dots that bend with its folds. They are sampled
    smoothly: bands and chequers come when the picture is made small without care."""
    cloth = one_colour(image, dice)
    scale = max(image.size) / 320
    first = dice.choice([0.0, math.pi / 2, dice.uniform(0, math.pi)]) + dice.gauss(0, 0.1)
    period, thick, soft = dice.uniform(2.3, 9) * scale, dice.uniform(-0.5, 0.5), dice.uniform(0.3, 1)
    folds = np.zeros(cloth.shape)
    for _ in range(3):
        height = dice.uniform(0, 5) * scale
        folds += height * np.sin(2 * math.pi * (along(dice.uniform(0, math.pi), image.size) / (dice.uniform(40, 250) * scale) + dice.random()))
    stripes = []
    for angle in alone_or_crossed(first, dice):
        wave = np.sin(2 * math.pi * (along(angle, image.size) + folds) / period)
        stripes.append(np.clip((wave - thick) / soft, 0, 1))
    # Where stripes cross: lines over lines, dots, or a gingham.
    woven = dice.choice([np.max, np.min, np.mean])(stripes, axis=0)
    return colour_over(image, dice, woven * cloth, 0.3, 1)


def one_colour(image: Image.Image, dice: random.Random) -> np.ndarray:
    """Where a picture is of about the colour that it has at a point drawn at random, 0 to 1, [height, width]. Of four points, the one whose
    colour most of the picture shares."""
    colours = np.asarray(image.filter(ImageFilter.GaussianBlur(2)), np.float32)
    nearness = dice.uniform(20, 60)
    parts = []
    for _ in range(4):
        at = colours[dice.randrange(image.height), dice.randrange(image.width)]
        parts.append(np.clip((nearness - np.abs(colours - at).max(2)) / 8, 0, 1))
    return max(parts, key=np.sum)


# Each with its weight: what happens often, and what is hard, more often.
RANDOM_EDITS: list[tuple[Edit, float]] = [
    (random_crop, 4),
    (mirror, 1.5),
    (quarter_turn, 2),
    (tilt, 1.5),
    (light, 2),
    (grey, 1),
    (colour_filter, 0.7),
    (blur, 1),
    (sharpen, 0.3),
    (recompress, 1.5),
    (make_small, 1.5),
    (shrink_unsmoothed, 2),
    (fine_lines, 1.5),
    (caption, 1.5),
    (border, 1.5),
    (screenshot, 2),
    (paste_over, 0.7),
]


def random_edits(image: Image.Image, dice: random.Random) -> Image.Image:
    """None to four edits, in any order."""
    count = dice.choices([0, 1, 2, 3, 4], [0.06, 0.22, 0.29, 0.26, 0.17])[0]
    edits, weights = zip(*RANDOM_EDITS)
    for edit in dice.choices(edits, weights, k=count):
        image = edit(image, dice)
        if max(image.size) > 800:
            image.thumbnail((640, 640))
    return image


def passed_on(image: Image.Image, dice: random.Random) -> Image.Image:
    """What becomes of a picture that many people passed on: a part of it, small, lettered over, its colours changed or lost."""
    steps: list[tuple[Edit, float]] = [
        (lambda image, dice: crop_to_share(image, dice, dice.uniform(0.3, 0.75), dice.uniform(0.75, 1.33)), 0.9),
        (mirror, 0.2),
        (dice.choice([quarter_turn, tilt]), 0.15),
        (dice.choice([make_small, shrink_unsmoothed]), 0.7),
        (dice.choice([grey, grey, colour_filter]), 0.6),
        (light, 0.7),
        (caption, 0.7),
        (dice.choice([border, screenshot, paste_over, blur, fine_lines]), 0.35),
        (recompress, 0.5),
    ]
    for edit, likely in steps:
        if dice.random() < likely:
            image = edit(image, dice)
    return image


def overlay(image: Image.Image, dice: random.Random) -> Image.Image:
    """Letters or a screen around it, as the same joke or the same app puts on many pictures."""
    return dice.choice([caption, caption, screenshot, border])(image, dice)


def blend_with(image: Image.Image, other: Image.Image, share: float) -> Image.Image:
    return Image.blend(image, other.resize(image.size), share)
