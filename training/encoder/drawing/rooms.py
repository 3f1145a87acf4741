"""Stage 0, drawn rooms: kitchens, bathrooms, bedrooms, offices, which resemble each other and which photo sets lack.

    python -m drawing.rooms --photos FOLDER

Writes FOLDER/drawn-rooms/<kind>/<number>.jpg. A room is a box with boxes in it, seen through a camera that looks at the far
wall and lit through its windows and by a lamp: one ray a pixel, and one more to each light. Each picture follows from its kind
and number alone. Lengths are in metres, x to the right, y up, z away from the camera.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from PIL import Image

from config import parse
from drawing.drawn import Colour, camera_noise, draw_all, frame, noise, sky, to_image

# Colours [n, 3] of points on a face that lie at (u, v) [n] on it.
Surface = Callable[[np.ndarray, np.ndarray], np.ndarray]
FAR = 1e9


@dataclass(frozen=True)
class Box:
    low: np.ndarray
    high: np.ndarray
    surface: Surface
    # Shines by itself, as windows and lamps do.
    shines: bool = False


@dataclass(frozen=True)
class Room:
    size: np.ndarray
    floor: Surface
    ceiling: Surface
    walls: Surface
    boxes: list[Box]
    # Where light comes from [lights, 3], and how much of it.
    lights: list[tuple[np.ndarray, float]]


# Surfaces ----------------------------------------------------------------------------------------------------------------


def plain(colour: Colour) -> Surface:
    return lambda u, _v: np.tile(np.array(colour, np.float32), (len(u), 1))


def tiles(dice: random.Random, colour: Colour, wide: float, high: float) -> Surface:
    joint, gap, varies = shade(colour, dice.uniform(0.6, 1.15)), dice.uniform(0.004, 0.012), dice.uniform(0, 0.12)
    grey = np.random.default_rng(dice.getrandbits(64)).uniform(1 - varies, 1 + varies, (64, 64)).astype(np.float32)
    offset = dice.choice([0, 0, 0.5])

    def at(u: np.ndarray, v: np.ndarray) -> np.ndarray:
        row = np.floor(v / high)
        across = u / wide + offset * (row % 2)
        edge = ((across % 1) * wide < gap) | (v % high < gap)
        tone = grey[np.floor(across).astype(int) % 64, row.astype(int) % 64]
        return np.where(edge[:, None], np.array(joint, np.float32), np.array(colour, np.float32) * tone[:, None])

    return at


def grained(dice: random.Random, one: Colour, other: Colour, stretch: float, across: float) -> Surface:
    """Wood, stone or cloth: noise that repeats every `across` metres."""
    picture = noise(dice, (256, 256), dice.uniform(4, 16), stretch).astype(np.float32)

    def at(u: np.ndarray, v: np.ndarray) -> np.ndarray:
        share = picture[(v / across * 256).astype(int) % 256, (u / across * 256).astype(int) % 256][:, None]
        return (1 - share) * np.array(one, np.float32) + share * np.array(other, np.float32)

    return at


def front(dice: random.Random, colour: Colour, wide: float, high: float) -> Surface:
    """Doors of a cupboard, each with a frame and a handle."""
    frame_width, handle = dice.choice([0.0, 0.05, 0.08]), dice.choice([(40, 40, 40), (190, 190, 190), (150, 110, 60)])
    low = dice.uniform(0.1, 0.9)

    def at(u: np.ndarray, v: np.ndarray) -> np.ndarray:
        x, y = u % wide, v % high
        colours = np.tile(np.array(colour, np.float32), (len(u), 1))
        inside = (np.minimum(x, wide - x) > frame_width) & (np.minimum(y, high - y) > frame_width)
        colours[~inside] *= 0.9
        colours[(x < 0.008) | (y < 0.008)] *= 0.45
        colours[(np.abs(x - wide * 0.85) < 0.012) & (np.abs(y - high * low) < 0.07)] = handle
        return colours

    return at


def pictured(picture: Image.Image, wide: float, high: float, left: float, low: float) -> Surface:
    """A picture as wide and high as its face, whose corner lies at (left, low)."""
    pixels = np.asarray(picture.convert("RGB"), np.float32)

    def at(u: np.ndarray, v: np.ndarray) -> np.ndarray:
        x = np.clip((u - left) / wide * pixels.shape[1], 0, pixels.shape[1] - 1).astype(int)
        y = np.clip((1 - (v - low) / high) * pixels.shape[0], 0, pixels.shape[0] - 1).astype(int)
        return pixels[y, x]

    return at


def shade(colour: Colour, share: float) -> Colour:
    red, green, blue = (max(0, min(255, round(c * share))) for c in colour)
    return red, green, blue


def paint(dice: random.Random) -> Colour:
    """What walls and fronts are painted with: pale more often than strong."""
    pale = dice.randint(170, 245)
    if dice.random() < 0.8:
        return shade((pale, pale - dice.randint(0, 15), pale - dice.randint(0, 30)), 1)
    grey, strong = dice.randint(40, 200), dice.uniform(0.2, 1)
    return shade((round(grey + strong * dice.randint(-90, 90)), round(grey + strong * dice.randint(-90, 90)), round(grey + strong * dice.randint(-90, 90))), 1)


def wood(dice: random.Random) -> Surface:
    dark = dice.choice([(60, 38, 22), (110, 70, 40), (150, 110, 70), (190, 160, 120), (120, 115, 110)])
    return grained(dice, dark, shade(dark, dice.uniform(1.15, 1.5)), dice.choice([0.1, 8]), dice.uniform(0.6, 2))


def stone(dice: random.Random) -> Surface:
    grey = dice.choice([(40, 40, 42), (120, 118, 112), (200, 196, 190), (225, 222, 218), (90, 75, 60)])
    return grained(dice, grey, shade(grey, dice.uniform(1.05, 1.6)), 1, dice.uniform(0.3, 1.5))


def cloth(dice: random.Random) -> Surface:
    colour = paint(dice)
    return dice.choice([plain(colour), grained(dice, colour, shade(colour, dice.uniform(0.6, 0.9)), 1, dice.uniform(0.1, 0.8))])


def floor(dice: random.Random) -> Surface:
    kind = dice.choice(["tiles", "wood", "cloth", "stone"])
    edge = dice.uniform(0.2, 0.7)
    return {"tiles": tiles(dice, paint(dice), edge, edge), "wood": wood(dice), "cloth": cloth(dice), "stone": stone(dice)}[kind]


# Furniture ---------------------------------------------------------------------------------------------------------------


class Wall:
    """One of the walls in sight: furniture stands along it, from `taken` metres on."""

    def __init__(self, room: np.ndarray, side: str, boxes: list[Box]):
        self.room, self.side, self.boxes = room, side, boxes
        self.length = float(room[0] if side == "far" else room[2])
        self.taken = 0.0

    def put(self, along: tuple[float, float], up: tuple[float, float], out: tuple[float, float], surface: Surface, shines: bool = False) -> None:
        """A box from and to so many metres along the wall, above the floor and out into the room."""
        (a, b), (c, d), (e, f) = along, up, out
        if self.side == "far":
            low, high = (a, c, self.room[2] - f), (b, d, self.room[2] - e)
        elif self.side == "left":
            low, high = (e, c, a), (f, d, b)
        else:
            low, high = (self.room[0] - f, c, a), (self.room[0] - e, d, b)
        self.boxes.append(Box(np.array(low, np.float32), np.array(high, np.float32), surface, shines))


def counter(wall: Wall, at: float, long: float, dice: random.Random) -> None:
    colour, top, door = paint(dice), dice.choice([stone, wood])(dice), dice.uniform(0.35, 0.7)
    high, deep = dice.uniform(0.85, 0.95), dice.uniform(0.55, 0.7)
    wall.put((at, at + long), (0.1, high), (0, deep - 0.03), front(dice, colour, door, dice.choice([high, high / 2, high / 3])))
    wall.put((at - 0.01, at + long + 0.01), (high, high + 0.04), (0, deep), top)
    above = high + dice.uniform(0.4, 0.6)
    wall.put((at, at + long), (high + 0.04, above), (0, 0.01), dice.choice([tiles(dice, paint(dice), dice.uniform(0.05, 0.3), dice.uniform(0.05, 0.2)), stone(dice)]))
    if dice.random() < 0.7:
        upper = colour if dice.random() < 0.7 else paint(dice)
        first = at + (0 if dice.random() < 0.5 else long * dice.uniform(0.2, 0.5))
        wall.put((first, at + long), (above, above + dice.uniform(0.5, 0.9)), (0, 0.35), front(dice, upper, door, 2))
    steel = dice.choice([(60, 60, 62), (170, 172, 175), (25, 25, 27)])
    stove = at + dice.uniform(0, max(0.05, long - 0.65))
    wall.put((stove, stove + 0.6), (0.15, high - 0.05), (0, deep), front(dice, steel, 0.6, 0.6))
    wall.put((stove, stove + 0.6), (high + 0.04, high + 0.05), (0.08, deep - 0.05), plain((20, 20, 22)))
    for _ in range(dice.randint(0, 5)):
        thing = at + dice.uniform(0, max(0.05, long - 0.2))
        wall.put((thing, thing + dice.uniform(0.06, 0.35)), (high + 0.04, high + dice.uniform(0.1, 0.4)), (0.1, dice.uniform(0.2, 0.4)), cloth(dice))


def fridge(wall: Wall, at: float, _long: float, dice: random.Random) -> None:
    colour = dice.choice([(235, 235, 235), (165, 168, 172), (35, 35, 38), paint(dice)])
    wall.put((at, at + dice.uniform(0.6, 0.95)), (0.02, dice.uniform(1.4, 2.0)), (0, 0.7), front(dice, colour, dice.choice([0.45, 1.0]), dice.choice([2.0, 1.1])))


def tub(wall: Wall, at: float, long: float, dice: random.Random) -> None:
    high = dice.uniform(0.5, 0.62)
    wall.put((at, at + long), (0, high), (0, 0.75), dice.choice([plain((238, 238, 236)), tiles(dice, paint(dice), 0.2, 0.2)]))
    wall.put((at + 0.08, at + long - 0.08), (high, high + 0.005), (0.08, 0.67), plain((205, 208, 210)))
    if dice.random() < 0.6:
        edge = dice.uniform(0.08, 0.3)
        wall.put((at, at + long), (high, 2.1), (0, 0.01), tiles(dice, paint(dice), edge, edge * dice.choice([0.5, 1])))
    if dice.random() < 0.4:
        wall.put((at, at + dice.uniform(0.3, 0.8)), (0.3, 2.0), (0.74, 0.77), cloth(dice))


def toilet(wall: Wall, at: float, _long: float, dice: random.Random) -> None:
    white = plain(dice.choice([(242, 242, 240), (225, 220, 205)]))
    wall.put((at + 0.1, at + 0.5), (0.4, 0.8), (0, 0.2), white)
    wall.put((at + 0.15, at + 0.45), (0, 0.38), (0.15, 0.55), white)
    wall.put((at + 0.11, at + 0.49), (0.38, 0.42), (0.2, 0.65), white)


def basin(wall: Wall, at: float, long: float, dice: random.Random) -> None:
    long = min(long, dice.uniform(0.6, 1.5))
    wall.put((at, at + long), (dice.choice([0.1, 0.4]), 0.8), (0, 0.48), front(dice, paint(dice), dice.uniform(0.3, 0.6), 0.8))
    wall.put((at, at + long), (0.8, dice.uniform(0.84, 0.95)), (0, 0.5), dice.choice([plain((240, 240, 240)), stone(dice)]))
    wall.put((at + long * 0.3, at + long * 0.7), (0.955, 0.96), (0.1, 0.4), plain((200, 202, 205)))
    wall.put((at, at + long), (1.1, dice.uniform(1.7, 2.1)), (0, 0.03), grained(dice, (130, 140, 150), (215, 220, 222), dice.uniform(0.5, 4), 3))
    if dice.random() < 0.6:
        wall.put((at + long * 0.2, at + long * 0.8), (2.1, 2.2), (0, 0.12), plain((255, 246, 225)), True)


def bed(wall: Wall, at: float, _long: float, dice: random.Random) -> None:
    wide, sheet = dice.choice([0.9, 1.4, 1.8]), cloth(dice)
    wall.put((at, at + wide), (0, dice.uniform(0.8, 1.3)), (0, 0.08), dice.choice([wood, cloth])(dice))
    wall.put((at, at + wide), (0.1, 0.35), (0.05, 2.0), wood(dice))
    wall.put((at, at + wide), (0.35, 0.55), (0.05, 2.0), sheet)
    wall.put((at - 0.03, at + wide + 0.03), (0.3, 0.6), (dice.uniform(0.6, 1.2), 2.03), cloth(dice))
    for pillow in range(round(wide / 0.8)):
        left = at + 0.08 + pillow * 0.8
        wall.put((left, left + 0.62), (0.55, 0.72), (0.12, 0.5), cloth(dice))


def sofa(wall: Wall, at: float, long: float, dice: random.Random) -> None:
    long, cover = min(long, dice.uniform(1.4, 2.4)), cloth(dice)
    wall.put((at, at + long), (0.08, 0.42), (0.1, 0.9), cover)
    wall.put((at, at + long), (0.08, dice.uniform(0.75, 0.95)), (0.05, 0.3), cover)
    for side in (at, at + long - 0.18):
        wall.put((side, side + 0.18), (0.08, 0.62), (0.1, 0.9), cover)
    for _ in range(dice.randint(0, 4)):
        left = at + dice.uniform(0.2, max(0.25, long - 0.6))
        wall.put((left, left + 0.4), (0.42, 0.8), (0.3, 0.42), cloth(dice))


def shelf(wall: Wall, at: float, long: float, dice: random.Random) -> None:
    long, deep, board = min(long, dice.uniform(0.6, 1.6)), dice.uniform(0.25, 0.35), wood(dice)
    rows, step = dice.randint(2, 5), dice.uniform(0.32, 0.42)
    wall.put((at, at + long), (0, rows * step), (0, 0.02), board)
    for row in range(rows + 1):
        wall.put((at, at + long), (row * step, row * step + 0.025), (0, deep), board)
    for row in range(rows):
        left = at + 0.03
        while left < at + long - 0.2 and dice.random() < 0.9:
            wide = dice.uniform(0.06, 0.4)
            books = tiles(dice, paint(dice), dice.uniform(0.025, 0.05), 1)
            wall.put((left, min(left + wide, at + long)), (row * step + 0.025, row * step + dice.uniform(0.15, 0.3)), (0.02, deep - 0.04), books)
            left += wide + dice.choice([0.0, 0.1])


def desk(wall: Wall, at: float, long: float, dice: random.Random) -> None:
    long, top = min(long, dice.uniform(1.0, 1.8)), wood(dice)
    wall.put((at, at + long), (0.71, 0.75), (0.02, 0.75), top)
    for leg in (at + 0.03, at + long - 0.08):
        wall.put((leg, leg + 0.05), (0, 0.71), (0.6, 0.65), top)
    screen = at + dice.uniform(0.1, long - 0.7)
    wall.put((screen, screen + 0.55), (0.85, 1.2), (0.2, 0.23), plain((18, 18, 20)))
    wall.put((screen + 0.02, screen + 0.53), (0.87, 1.18), (0.225, 0.235), cloth(dice), True)
    wall.put((screen + 0.1, screen + 0.5), (0, dice.uniform(0.8, 1.0)), (0.9, 1.0), cloth(dice))
    wall.put((screen + 0.05, screen + 0.55), (0.42, 0.48), (0.8, 1.25), cloth(dice))


def cupboard(wall: Wall, at: float, long: float, dice: random.Random) -> None:
    high = dice.uniform(0.5, 2.2)
    wall.put((at, at + min(long, dice.uniform(0.6, 1.8))), (0.05, high), (0, dice.uniform(0.35, 0.6)), front(dice, paint(dice), dice.uniform(0.35, 0.6), dice.choice([high, high / 2, high / 4])))


def window(wall: Wall, at: float, long: float, dice: random.Random) -> None:
    long, low = min(long, dice.uniform(0.8, 2.2)), dice.choice([0.1, 0.9, 1.1])
    high = dice.uniform(1.8, 2.2)
    if wall.side == "far":
        outside = pictured(sky(dice), long, high - low, at, low)
    else:
        outside = plain(dice.choice([(235, 242, 250), (255, 250, 235), (150, 185, 220)]))
    wall.put((at, at + long), (low, high), (0, 0.015), outside, True)
    bar = plain(dice.choice([(240, 240, 240), (90, 60, 40), (60, 60, 60)]))
    panes = dice.randint(1, 4)
    for pane in range(panes + 1):
        x = at + long * pane / panes
        wall.put((x - 0.025, x + 0.025), (low - 0.03, high + 0.03), (0, 0.05), bar)
    for y in (low, high):
        wall.put((at, at + long), (y - 0.03, y + 0.03), (0, 0.06), bar)
    if dice.random() < 0.4:
        curtain = grained(dice, paint(dice), paint(dice), 0.05, 0.8)
        wide = dice.uniform(0.2, 0.5)
        for side in (at - wide, at + long):
            wall.put((side, side + wide), (0.05, high + 0.15), (0.06, 0.12), curtain)


def door(wall: Wall, at: float, _long: float, dice: random.Random) -> None:
    wall.put((at, at + 0.9), (0, 2.05), (0, 0.04), dice.choice([front(dice, paint(dice), 0.9, dice.choice([0.7, 1.0, 2.05])), wood(dice)]))


def hanging(wall: Wall, at: float, long: float, dice: random.Random) -> None:
    wide, high, low = min(long, dice.uniform(0.3, 1.2)), dice.uniform(0.3, 0.8), dice.uniform(1.1, 1.5)
    wall.put((at - 0.03, at + wide + 0.03), (low - 0.03, low + high + 0.03), (0, 0.02), plain(paint(dice)))
    wall.put((at, at + wide), (low, low + high), (0, 0.025), grained(dice, paint(dice), paint(dice), dice.uniform(0.3, 3), wide))


Furniture = Callable[[Wall, float, float, random.Random], None]
# What stands in a room, and how many metres of wall it takes at least.
FURNITURE: dict[str, list[tuple[Furniture, float]]] = {
    "kitchen": [(counter, 1.6), (counter, 2.4), (counter, 1.2), (fridge, 0.95), (window, 1.0), (door, 0.95)],
    "bathroom": [(tub, 1.6), (toilet, 0.6), (basin, 1.2), (basin, 0.8), (window, 0.8), (cupboard, 0.6)],
    "living room": [(sofa, 1.8), (shelf, 1.0), (window, 1.6), (hanging, 0.8), (cupboard, 1.0), (door, 0.95)],
    "bedroom": [(bed, 1.9), (cupboard, 1.0), (window, 1.3), (hanging, 0.7), (desk, 1.2), (door, 0.95)],
    "office": [(desk, 1.3), (desk, 1.3), (shelf, 0.9), (window, 1.8), (cupboard, 0.8), (hanging, 0.7)],
}


def furnished(kind: str, dice: random.Random) -> Room:
    size = np.array([dice.uniform(2.2, 4.4), dice.uniform(2.3, 2.8), dice.uniform(2.4, 4.6)], np.float32)
    boxes: list[Box] = []
    walls = [Wall(size, side, boxes) for side in ("far", "left", "right")]
    for _ in range(dice.randint(6, 12)):
        furniture, long = dice.choice(FURNITURE[kind])
        wall = dice.choice([walls[0], *walls])
        start = wall.taken + dice.uniform(0, 0.3)
        if start + long < wall.length:
            furniture(wall, start, min(long * 1.8, wall.length - start), dice)
            wall.taken = start + long * 1.05
    middle = size / 2
    if dice.random() < 0.4:
        table(boxes, middle, dice)
    if dice.random() < 0.35:
        wide, deep = dice.uniform(0.5, 1), dice.uniform(0.5, 1)
        boxes.append(Box(np.array([middle[0] - wide, 0, middle[2] - deep], np.float32), np.array([middle[0] + wide, 0.01, middle[2] + deep], np.float32), cloth(dice)))
    lamp = np.array([middle[0], size[1] - 0.2, middle[2] * dice.uniform(0.8, 1.4)], np.float32)
    boxes.append(Box(lamp - dice.uniform(0.05, 0.25), lamp + np.array([0.15, 0.19, 0.15], np.float32), plain((255, 244, 220)), True))
    lights = [(lamp - np.array([0, 0.4, 0], np.float32), dice.uniform(0.2, 1.2))]
    for box in boxes[:-1]:
        if box.shines and len(lights) < 3:
            centre = (box.low + box.high) / 2
            lights.append((centre + (middle - centre) * 0.15, dice.uniform(0.5, 1.8)))
    walled = paint(dice)
    surface = plain(walled) if kind != "bathroom" else dice.choice([plain(walled), tiles(dice, walled, dice.uniform(0.1, 0.4), dice.uniform(0.1, 0.4))])
    return Room(size, floor(dice), plain(dice.choice([(245, 245, 242), paint(dice)])), surface, boxes, lights)


def table(boxes: list[Box], middle: np.ndarray, dice: random.Random) -> None:
    wide, deep, high, top = dice.uniform(0.4, 0.9), dice.uniform(0.3, 0.5), dice.choice([0.4, 0.75]), dice.choice([wood, stone])(dice)
    x, z = float(middle[0]) + dice.uniform(-0.5, 0.5), float(middle[2]) + dice.uniform(0, 0.6)
    boxes.append(Box(np.array([x - wide, high - 0.04, z - deep], np.float32), np.array([x + wide, high, z + deep], np.float32), top))
    for right in (-1, 1):
        for far in (-1, 1):
            leg = np.array([x + right * (wide - 0.06), 0, z + far * (deep - 0.06)], np.float32)
            boxes.append(Box(leg - np.array([0.025, 0, 0.025], np.float32), leg + np.array([0.025, high - 0.04, 0.025], np.float32), top))
    for _ in range(dice.randint(0, 3)):
        thing = np.array([x + dice.uniform(-wide, wide) * 0.8, high, z + dice.uniform(-deep, deep) * 0.8], np.float32)
        boxes.append(Box(thing, thing + np.array([dice.uniform(0.05, 0.3), dice.uniform(0.02, 0.3), dice.uniform(0.05, 0.2)], np.float32), cloth(dice)))


# Light -------------------------------------------------------------------------------------------------------------------


def entry(origin: np.ndarray, direction: np.ndarray, box: Box) -> tuple[np.ndarray, np.ndarray]:
    """How far rays [3, rays] go until they enter a box (FAR: never) and the axis of the face they enter by; the slab method."""
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (box.low[:, None] - origin) / direction, (box.high[:, None] - origin) / direction
    near, far = np.minimum(one, other), np.maximum(one, other)
    enters = near.max(0)
    axis = np.where(near[0] == enters, 0, np.where(near[1] == enters, 1, 2))
    return np.where((enters < far.min(0)) & (enters > 1e-4), enters, np.float32(FAR)), axis


def shadowed(points: np.ndarray, light: np.ndarray, boxes: list[Box]) -> np.ndarray:
    hidden, way = np.zeros(points.shape[1], bool), light[:, None] - points
    for box in boxes:
        if not box.shines:
            hidden |= entry(points, way, box)[0] < 1
    return hidden


def render(room: Room, dice: random.Random) -> Image.Image:
    width, height = frame(dice)
    origin = np.array([[room.size[0] * dice.uniform(0.25, 0.75)], [dice.uniform(1.1, 1.7)], [0.05]], np.float32)
    direction = rays(width, height, dice)
    # The walls are what is left when no box is in the way.
    with np.errstate(divide="ignore", invalid="ignore"):
        leaves = np.maximum(-origin / direction, (room.size[:, None] - origin) / direction)
    best, axis, which = leaves.min(0), leaves.argmin(0), np.full(direction.shape[1], -1)
    for number, box in enumerate(room.boxes):
        distance, face = entry(origin, direction, box)
        nearer = distance < best
        best, axis, which = np.where(nearer, distance, best), np.where(nearer, face, axis), np.where(nearer, number, which)
    points = origin + best * direction
    towards = -np.sign(np.take_along_axis(direction, axis[None], 0)[0])
    albedo = colours(room, points, axis, which)
    # A little in front of its face, so that no face hides itself.
    light = brightness(room, points + 1e-3 * towards * np.eye(3, dtype=np.float32)[:, axis], axis, towards, dice)
    shining = np.array([box.shines for box in room.boxes] + [False])[which]
    tint = np.array([dice.uniform(0.9, 1.1), 1, dice.uniform(0.85, 1.1)])
    pixels = albedo * np.where(shining, 1.05, light)[:, None] * tint
    # Bright parts run into white softly, as they do on film.
    pixels = 255 * (1 - np.exp(-pixels / 255 * dice.uniform(1.2, 2)))
    grain = camera_noise(dice, 5, (len(pixels), 1))
    return to_image((pixels + grain).reshape(height, width, 3))


def rays(width: int, height: int, dice: random.Random) -> np.ndarray:
    """Directions [3, pixels], turned a little to the side and down."""
    wide = dice.uniform(0.5, 0.95) * max(1, width / height)
    x, y = np.meshgrid(np.linspace(-wide, wide, width), np.linspace(wide, -wide, height) * height / width)
    flat = np.stack([x, y, np.ones_like(x)]).reshape(3, -1)
    side, down = dice.uniform(-0.45, 0.45), dice.uniform(-0.02, 0.3)
    tilt = np.array([[1, 0, 0], [0, np.cos(down), -np.sin(down)], [0, np.sin(down), np.cos(down)]])
    turn = np.array([[np.cos(side), 0, np.sin(side)], [0, 1, 0], [-np.sin(side), 0, np.cos(side)]])
    return (turn @ tilt @ flat).astype(np.float32)


def colours(room: Room, points: np.ndarray, axis: np.ndarray, which: np.ndarray) -> np.ndarray:
    """Of the faces that the points [3, rays] lie on, without light: [rays, 3]."""
    albedo = np.zeros((points.shape[1], 3), np.float32)
    for number in np.unique(which):
        for face in range(3):
            here = np.flatnonzero((which == number) & (axis == face))
            x, y, z = points[:, here]
            u, v = (z if face == 0 else x), (z if face == 1 else y)
            if number >= 0:
                albedo[here] = room.boxes[number].surface(u, v)
            elif face == 1:
                albedo[here] = np.where(y[:, None] < 1, room.floor(u, v), room.ceiling(u, v))
            else:
                albedo[here] = room.walls(u, v)
    return albedo


def brightness(room: Room, points: np.ndarray, axis: np.ndarray, towards: np.ndarray, dice: random.Random) -> np.ndarray:
    """Light that falls on points, as a share: from each light that is in sight, and from all around, less of it in corners."""
    corner = np.minimum(points, room.size[:, None] - points)
    np.put_along_axis(corner, axis[None], 1, 0)
    total = dice.uniform(0.25, 0.5) * np.clip(0.55 + corner.min(0), 0, 1)
    for light, strength in room.lights:
        way = light[:, None] - points
        distance = np.sqrt((way * way).sum(0))
        facing = np.clip(np.take_along_axis(way, axis[None], 0)[0] * towards / distance, 0, 1)
        total = total + np.where(shadowed(points, light, room.boxes), 0, strength * (0.15 + facing) / (0.6 + 0.25 * distance**2))
    return total


def room(kind: str, dice: random.Random) -> Image.Image:
    return render(furnished(kind, dice), dice)


if __name__ == "__main__":
    run = parse(__doc__)
    draw_all(run.photos / "drawn-rooms", "rooms", {kind: partial(room, kind) for kind in FURNITURE}, run.config["drawn"]["rooms"])
