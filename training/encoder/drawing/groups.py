"""Stage 0, drawn pictures of groups of people, as families, classes, teams and friends are photographed: alike in all but who is there.

    python -m drawing.groups --photos FOLDER

Writes FOLDER/drawn-groups/<kind>/<number>.jpg. Each picture follows from its kind and number alone.
"""

import random
from dataclasses import replace

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from config import parse
from drawing.drawn import Draw, camera_noise, draw_all, falling, frame, mix, noise, to_image
from drawing.people import HATS, Clothes, Light, Pose, clothes, person
from drawing.players import CLOTHES, FINER, GROUNDS, Camera, clear_sky, finer, grass, ground, hills, sea, stand, trees, wall
from drawing.rooms import FURNITURE, paint, room, shade


def curtain(dice: random.Random, size: tuple[int, int]) -> np.ndarray:
    dark = dice.choice([(110, 20, 30), (30, 40, 80), (40, 40, 42), (190, 180, 165), (60, 80, 60)])
    return mix(noise(dice, size, dice.uniform(3, 8), 0.05) ** 1.5, shade(dark, 0.6), shade(dark, 1.3))


def lamps(dice: random.Random, size: tuple[int, int]) -> np.ndarray:
    """A dark place with lights out of focus."""
    image = to_image(falling(size, shade(paint(dice), 0.25), shade(paint(dice), 0.35)))
    draw = ImageDraw.Draw(image, "RGBA")
    for _ in range(dice.randint(10, 60)):
        x, y, r = dice.uniform(0, size[0]), dice.uniform(0, size[1] * 0.7), dice.uniform(2, 14)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(255, dice.randint(120, 240), dice.randint(60, 220), dice.randint(60, 200)))
    return np.asarray(image, float)


def plaster(dice: random.Random, size: tuple[int, int]) -> np.ndarray:
    """An even wall, perhaps in two colours, with things pinned to it."""
    image = to_image(falling(size, paint(dice), paint(dice)) * (0.9 + 0.2 * noise(dice, size, 3)[..., None]))
    draw = ImageDraw.Draw(image)
    if dice.random() < 0.4:
        draw.rectangle((0, size[1] * dice.uniform(0.4, 0.8), *size), fill=paint(dice))
    for _ in range(dice.choice([0, 0, 3, 9, 25])):
        x, y, w, h = dice.uniform(0, size[0]), dice.uniform(0, size[1] * 0.6), dice.uniform(8, 60), dice.uniform(8, 50)
        draw.rectangle((x, y, x + w, y + h), fill=dice.choice([paint(dice), dice.choice(CLOTHES)]), outline=shade(paint(dice), 0.6))
    return np.asarray(image, float)


def place(dice: random.Random, size: tuple[int, int], indoors: float, blurred: float) -> Image.Image:
    width, height = size
    if dice.random() < indoors:
        inside = dice.choice(["room", "room", "even", "even", "curtain", "lamps"])
        if inside == "room":
            image = room(dice.choice([kind for kind in FURNITURE if kind != "bathroom"]), dice).resize(size)
        else:
            pixels = {"even": plaster, "curtain": curtain, "lamps": lamps}[inside](dice, size)
            floor, tone = int(height * dice.uniform(0.6, 1.1)), shade(paint(dice), dice.uniform(0.3, 0.9) if inside != "lamps" else 0.25)
            pixels[floor:] = mix(noise(dice, size, dice.uniform(4, 30), 5), tone, shade(tone, 1.2))[floor:]
            image = to_image(pixels)
    elif dice.random() < 0.7:
        look, horizon = dice.choice(list(GROUNDS.values())), height * dice.uniform(0.2, 0.75)
        pixels = ground(dice, Camera(size, horizon, dice.uniform(1.2, 3), width * dice.uniform(0.7, 2)), look)
        pixels[: int(horizon)] = dice.choice([*look.backs, trees, wall])(dice, (width, int(horizon)))
        image = to_image(pixels)
    else:
        image = to_image(dice.choice([trees, trees, wall, stand, hills, sea, clear_sky, grass])(dice, size))
    return image.filter(ImageFilter.GaussianBlur(dice.uniform(0, blurred)))


def lit(dice: random.Random) -> Light:
    cloth, strands = (to_image(255 * noise(dice, (256, 256), *look)) for look in ((dice.uniform(2, 5), 1.0), (4.0, 0.12)))
    return Light((dice.choice([-1, 1]) * dice.uniform(0.1, 1.3), dice.uniform(-0.1, 1)), dice.uniform(0.4, 1.4), cloth, strands)


def pose(dice: random.Random, arms: list[str], child: bool = False, turned: float = 0.25) -> Pose:
    return Pose(dice.gauss(0, turned), dice.gauss(0, 0.1), dice.choices(arms, k=2), child)


def stands(dice: random.Random, image: Image.Image, light: Light, wears: Clothes, how: Pose, head: tuple[float, float, float]) -> None:
    """One person in the picture, its head (x, y, height) there, with its shadow on what is behind."""
    x, y, high = head
    down = max(0.8, min(7.0, (image.height - y) / high + 0.3))
    figure = person(dice, wears, how, light, high, down)
    corner = (round(x - figure.width / 2), round(y - 1.1 * high))
    cast = to_image(np.asarray(figure.getchannel("A").filter(ImageFilter.GaussianBlur(0.1 * high)), np.float32) * 0.28 * light.depth)
    image.paste((12, 12, 16), (corner[0] - round(light.sun[0] * 0.2 * high), corner[1] + round(0.1 * high)), cast)
    image.paste(figure, corner, figure)


def finished(dice: random.Random, image: Image.Image) -> Image.Image:
    """With the light, the tint, the softness and the grain of a camera."""
    width, height = image.size
    if dice.random() < 0.6:
        image = image.filter(ImageFilter.GaussianBlur(dice.uniform(0.3, 0.9)))
    tint = np.array([dice.uniform(0.85, 1.12), 1, dice.uniform(0.8, 1.15)]) * dice.uniform(0.8, 1.2)
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    fall = 1 - dice.choice([0, 0.05, 0.2]) * ((x - dice.uniform(-0.4, 0.4)) ** 2 + y * y) + dice.uniform(-0.15, 0.15) * x
    pixels = 128 + (np.asarray(image, float) - 128) * dice.uniform(0.75, 1.2)
    if dice.random() < 0.04:
        pixels = np.repeat(pixels.mean(2, keepdims=True), 3, 2)
    grain = camera_noise(dice, 6, (height, width, 3))
    return to_image(pixels * tint * fall[..., None] + grain)


def rows(dice: random.Random) -> Image.Image:
    """A class or a team, perhaps in uniform; those in front sit or kneel."""
    size = frame(dice)
    width, height = size
    image, light, count = place(dice, size, 0.4, 2), lit(dice), dice.randint(2, 4)
    per_row = dice.randint(max(3, 8 // count), min(10, 30 // count) + (2 if width > height else -1))
    high = min(width * dice.uniform(0.75, 1.05) / (per_row * dice.uniform(1.5, 2.1)), height / (count * 1.4 + 2))
    step, uniform, children = high * dice.uniform(1.2, 1.8), dice.choice(["all", "all", "two", "none"]), dice.random() < 0.5
    suits = [replace(clothes(dice), hat=dice.choice([None, None, None, *HATS])) for _ in range(2)]
    feet = dice.choice([height * dice.uniform(0.88, 0.99), height + high * dice.uniform(0.5, 4)])
    top = max(high, feet - 5.8 * high - (count - 1) * step)
    arms = dice.choice([["down"], ["clasped", "down"], ["folded"], ["folded", "down", "clasped"], ["around"], ["up", "sign", "around", "down"]])
    for row in range(count):
        here = per_row - dice.choice([0, 0, 1, 2])
        for place_in_row in range(here):
            x = width / 2 + (place_in_row - (here - 1) / 2 + dice.gauss(0, 0.08)) * width * 0.9 / per_row
            y = top + row * step + dice.gauss(0, 0.14) * high
            wears = clothes(dice)
            if uniform != "none" and dice.random() < 0.95:
                suit = suits[0 if uniform == "all" else (row + place_in_row) % 2]
                wears = replace(suit, skirt=wears.skirt and suit.skirt, word=wears.word)
            how = replace(pose(dice, arms, children and dice.random() < 0.95, 0.15), seated=row == count - 1)
            stands(dice, image, light, wears, how, (x, y, high * (0.9 + 0.06 * row + dice.gauss(0, 0.03))))
    return finished(dice, image)


def family(dice: random.Random) -> Image.Image:
    """Large and small people close together, children before the others."""
    size = frame(dice)
    width, height = size
    image, light, count = place(dice, size, 0.35, 3), lit(dice), dice.randint(3, 8)
    adults = max(1, round(count * dice.uniform(0.3, 0.8)))
    high = min(width * dice.uniform(0.75, 1.0) / (max(2, adults) * 1.9), height * dice.choice([dice.uniform(0.11, 0.15), dice.uniform(0.18, 0.3)]))
    whole = high * 7.5 < height
    eyes_at = height * dice.uniform(0.9, 0.99) - 6.6 * high if whole else max(high, height * dice.uniform(0.2, 0.45) - high)
    alike = clothes(dice) if dice.random() < 0.2 else None
    # How many heads lower than the tallest they are: where feet are seen, all stand on one ground.
    lower_child = (0.9, 1.6) if whole else (0.9, 2.6)
    people = [(dice.gauss(0, 0.2), False) for _ in range(adults)] + [(dice.uniform(*lower_child), True) for _ in range(count - adults)]
    taken = {False: 0, True: 0}
    for lower, child in sorted(people):
        beside = count - adults if child else adults
        across = (taken[child] - (beside - 1) / 2 + dice.gauss(0, 0.15)) * high * dice.uniform(1.6, 2.1)
        taken[child] += 1
        how = pose(dice, ["down", "around", "clasped", "hip", "up"] if not child else ["down", "down", "clasped", "up", "sign"], child, 0.3)
        head = (width / 2 + across, eyes_at + lower * high, high * (dice.uniform(0.78, 0.95) if child else dice.uniform(0.92, 1.05)))
        stands(dice, image, light, alike or clothes(dice), how, head)
    return finished(dice, image)


def things(dice: random.Random, draw: ImageDraw.ImageDraw, x: float, y: float, wide: float) -> None:
    """A plate, a cup, a bottle or a cake at a place on a table."""
    kind, ink = dice.choice(["plate", "plate", "plate", "cup", "glass", "bottle", "cake"]), dice.choice(CLOTHES)
    flat = wide * dice.uniform(0.3, 0.5)
    if kind == "plate":
        draw.ellipse((x - wide, y - flat, x + wide, y + flat), fill=dice.choice([(240, 240, 236), ink]), outline=(150, 150, 150, 160))
        for _ in range(dice.randint(1, 9)):
            u, v, r = x + dice.gauss(0, 0.3) * wide, y + dice.gauss(0, 0.25) * flat, wide * dice.uniform(0.08, 0.3)
            food = dice.choice([(170, 110, 50), (200, 60, 40), (90, 140, 50), (235, 200, 110), (110, 65, 35)])
            draw.ellipse((u - r, v - r * 0.6, u + r, v + r * 0.6), fill=shade(food, dice.uniform(0.7, 1.2)))
        return
    r, tall = {"cup": (0.35, 0.7), "glass": (0.3, 1.0), "bottle": (0.28, 1.5), "cake": (0.9, 0.7)}[kind]
    r, tall = r * wide, tall * wide * dice.uniform(0.8, 1.3)
    look = (*dice.choice([(210, 225, 235), (200, 120, 30), (120, 20, 40)]), 150) if kind == "glass" else (*ink, 255)
    draw.rectangle((x - r, y - tall, x + r, y), fill=look)
    draw.rectangle((x + r * 0.3, y - tall, x + r, y), fill=(0, 0, 0, 50))
    draw.ellipse((x - r, y - r * 0.35, x + r, y + r * 0.35), fill=look)
    draw.ellipse((x - r, y - tall - r * 0.35, x + r, y - tall + r * 0.35), fill=(*shade(ink, 0.7), 160))
    if kind == "bottle":
        draw.rectangle((x - r * 0.4, y - tall * 1.6, x + r * 0.4, y - tall), fill=look)
        draw.rectangle((x - r, y - tall * 0.7, x + r, y - tall * 0.3), fill=dice.choice(CLOTHES))
    for candle in range(dice.randint(2, 7) if kind == "cake" else 0):
        u = x - r * 0.7 + candle * r * 0.23
        draw.line((u, y - tall, u, y - tall - wide * 0.3), fill=dice.choice(CLOTHES), width=2)
        draw.ellipse((u - 2, y - tall - wide * 0.3 - 6, u + 2, y - tall - wide * 0.3), fill=(255, 220, 120))


def table(dice: random.Random) -> Image.Image:
    """Friends at a table, seen from its long side, or from its end with people along both sides."""
    size = frame(dice)
    width, height = size
    image, light, count = place(dice, size, 0.8, 3), lit(dice), dice.randint(2, 8)
    edge, at_end = height * dice.uniform(0.5, 0.72), dice.random() < 0.5
    arms = ["table", "table", "cup", "folded", "around", "sign"]
    if at_end:
        far, near = height * dice.uniform(0.09, 0.14), height * dice.uniform(0.2, 0.34)
        for seat in range(count):
            depth, side = (seat // 2 + 1) / ((count + 1) // 2), -1 if seat % 2 else 1
            high = far + (near - far) * depth**1.5
            x = width / 2 + side * width * (0.12 + 0.32 * depth) + dice.gauss(0, 4)
            how = replace(pose(dice, arms), turn=-side * dice.uniform(-0.2, 0.8))
            stands(dice, image, light, clothes(dice), how, (x, edge - high * dice.uniform(1.2, 1.9) - height * 0.1 * (1 - depth), high))
    else:
        behind = count // 2 if count > 3 and dice.random() < 0.6 else 0
        high = min(width * dice.uniform(0.85, 1.15) / ((count - behind) * 1.8), height * dice.uniform(0.18, 0.34))
        edge = height * dice.uniform(0.6, 0.85)
        for seat in range(count):
            row, first, beside = (0, 0, behind) if seat < behind else (1, behind, count - behind)
            x = width / 2 + (seat - first - (beside - 1) / 2) * high * dice.uniform(1.75, 2.0)
            y = max(high * 0.7, edge - high * (dice.uniform(1.3, 1.9) + (1 - row) * dice.uniform(1, 1.5)))
            stands(dice, image, light, clothes(dice), pose(dice, arms, dice.random() < 0.15, 0.4), (x, y, high * dice.uniform(0.9, 1.05)))
    laid(dice, image, edge, dice.uniform(0.1, 0.35) if at_end else dice.uniform(0.45, 0.8))
    return finished(dice, image)


def laid(dice: random.Random, image: Image.Image, edge: float, far: float) -> None:
    """The table from its far edge, so much of the picture wide there to either side, down to the foot of the picture."""
    width, height = image.size
    near, slack = max(far, dice.uniform(0.4, 0.9)), dice.uniform(-0.05, 0.05)
    top = dice.choice([(120, 80, 50), (160, 115, 75), (235, 235, 232), (60, 45, 38), paint(dice)])
    wood = mix(noise(dice, image.size, 6, dice.choice([0.1, 1, 8])), shade(top, 0.8), top)
    corners = [(width * (0.5 + x), y) for x, y in ((slack - far, edge), (slack + far, edge), (near, height), (-near, height))]
    inside = Image.new("L", image.size)
    ImageDraw.Draw(inside).polygon(corners, fill=255)
    image.paste((15, 12, 10), (0, 2), inside.filter(ImageFilter.GaussianBlur(4)).point(lambda value: value // 2))
    image.paste(to_image(wood), (0, 0), inside)
    with finer(image, "RGBA") as sheet:
        for down in sorted(dice.random() for _ in range(dice.randint(4, 18))):
            across, y = dice.uniform(-0.9, 0.9) * (far + (near - far) * down), edge + (height - edge) * (0.08 + 0.9 * down)
            things(dice, sheet, width * (0.5 + across) * FINER, y * FINER, width * FINER * (0.035 + 0.075 * down))


def close(dice: random.Random) -> Image.Image:
    """Faces as they take themselves: near, tilted, some of them cut off by the edge."""
    size = frame(dice)
    width, height = size
    image, light, count = place(dice, size, 0.5, 6), lit(dice), dice.randint(1, 4)
    high = min(height * dice.uniform(0.4, 0.85), width / count * dice.uniform(0.85, 1.4))
    seats = list(range(count))
    dice.shuffle(seats)
    for near, seat in enumerate(seats):
        x = width / 2 + (seat - (count - 1) / 2) * width * dice.uniform(0.75, 1.0) / count + dice.gauss(0, 0.04) * width
        y = height * dice.uniform(0.38, 0.6)
        how = replace(pose(dice, ["down", "around", "around", "sign", "cup", "up"], dice.random() < 0.15, 0.35), tilt=dice.gauss(0, 0.2))
        stands(dice, image, light, clothes(dice), how, (x, y, high * (0.75 + 0.1 * near) * dice.uniform(0.9, 1.1)))
    return finished(dice, image)


def crowd(dice: random.Random) -> Image.Image:
    """People who stand about at several distances, some of them turned away."""
    size = frame(dice)
    width, height = size
    image, light, eye_level = place(dice, size, 0.4, 2), lit(dice), height * dice.uniform(0.2, 0.45)
    nearest, count = dice.uniform(0.1, 0.38), dice.randint(5, 22)
    for share in sorted(dice.uniform(0.05, 1) ** 1.5 for _ in range(count)):
        high = max(7.0, height * nearest * share)
        x, y = dice.uniform(-0.03, 1.03) * width, eye_level + high * dice.gauss(0, 0.35) + (dice.uniform(0, 0.05) * height)
        how = pose(dice, ["down", "down", "cup", "folded", "hip", "up", "clasped"], dice.random() < 0.12, 0.7)
        how = replace(how, turn=max(-1.1, min(1.1, how.turn)), from_behind=dice.random() < 0.3)
        stands(dice, image, light, clothes(dice), how, (x, y, high))
    return finished(dice, image)


KINDS: dict[str, Draw] = {"rows": rows, "family": family, "table": table, "close": close, "crowd": crowd}


if __name__ == "__main__":
    run = parse(__doc__)
    draw_all(run.photos / "drawn-groups", "groups", KINDS, run.config["drawn"]["groups"])
