"""Stage 0, drawn pictures of what hangs in the sky: planes, birds, balloons and moons, which differ in little but their shape.

    python -m drawing.flying --photos FOLDER

Writes FOLDER/drawn-flying/<kind>/<number>.jpg. What flies is a solid of four-cornered faces, turned, lit by the sun and the sky
and painted from back to front. Each picture follows from its kind and number alone. A solid is about as long as 1; x to its
right, y up, z to its tail.
"""

import math
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from config import parse
from drawing.drawn import Colour, Draw, camera_noise, draw_all, falling, frame, mix, noise, sky, to_image

# Painted this many times as large and made smaller, for smooth edges.
FINER = 3
PAINTS: list[Colour] = [
    (240, 240, 242), (240, 240, 242), (150, 155, 160), (95, 100, 108), (70, 80, 60), (190, 40, 40), (30, 60, 140), (235, 190, 40), (40, 44, 50),
]  # fmt: skip
FEATHERS: list[Colour] = [(240, 240, 240), (225, 225, 225), (130, 130, 135), (95, 75, 55), (150, 120, 85), (45, 40, 38), (25, 25, 28), (170, 95, 50)]
SKIES: list[tuple[Colour, Colour]] = [
    ((60, 120, 200), (150, 195, 235)), ((30, 75, 160), (75, 130, 205)), ((110, 165, 220), (205, 225, 240)), ((150, 160, 175), (205, 210, 215)),
    ((225, 228, 232), (240, 240, 240)), ((120, 125, 130), (165, 168, 170)), ((60, 70, 120), (245, 170, 110)), ((20, 40, 95), (50, 90, 160)),
]  # fmt: skip

# Of moons and planets: grey ones twice, then one with seas, a red one and a pale one.
GROUNDS: list[tuple[Colour, Colour]] = [
    ((110, 108, 105), (225, 222, 215)), ((110, 108, 105), (225, 222, 215)), ((20, 50, 120), (190, 200, 170)), ((150, 80, 50), (230, 180, 130)),
    ((200, 170, 120), (245, 230, 200)),
]  # fmt: skip

# Corners [faces, 4, 3], colours [faces, 3].
Solid = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Ring:
    """An ellipse across a tube, at `z`."""

    z: float
    wide: float
    high: float
    y: float = 0.0


def joined(*solids: Solid) -> Solid:
    return np.concatenate([corners for corners, _ in solids]), np.concatenate([colours for _, colours in solids])


def tube(rings: list[Ring], above: Colour, below: Colour, x: float = 0.0, sectors: int = 16) -> Solid:
    """A skin over rings; faces that look down have the colour `below`."""
    angles = np.linspace(0, 2 * math.pi, sectors + 1)
    circles = np.stack([np.stack([x + r.wide * np.cos(angles), r.y + r.high * np.sin(angles), np.full_like(angles, r.z)], 1) for r in rings])
    corners = np.stack([circles[:-1, :-1], circles[:-1, 1:], circles[1:, 1:], circles[1:, :-1]], 2).reshape(-1, 4, 3)
    upper = np.tile(np.sin((angles[1:] + angles[:-1]) / 2) > -0.3, len(rings) - 1)
    return corners, np.where(upper[:, None], np.array(above), np.array(below)).astype(float)


def sheet(edge: list[tuple[np.ndarray, np.ndarray]], colours: list[Colour]) -> Solid:
    """Strips from the root of a wing to its tip; each of `edge` has a point of the leading and one of the trailing edge."""
    corners = np.stack([np.stack([a[0], b[0], b[1], a[1]]) for a, b in zip(edge, edge[1:])])
    return corners, np.array(colours, float)


def both_sides(wing: Solid) -> Solid:
    corners, colours = wing
    return joined(wing, (corners * np.array([-1.0, 1, 1]), colours))


def wing(root: float, chord: float, span: float, sweep: float, taper: float, rise: float, paints: list[Colour], y: float = 0.0) -> Solid:
    """A pair of straight wings in as many strips as there are paints, from `root` (its z) on."""
    edge = []
    for share in np.linspace(0, 1, len(paints) + 1):
        front = np.array([span * share, y + rise * span * share, root + sweep * span * share])
        edge.append((front, front + np.array([0, 0, chord * (1 - (1 - taper) * share)])))
    return both_sides(sheet(edge, paints))


def fin(root: float, chord: float, high: float, sweep: float, paint: Colour, y: float, x: float = 0.0) -> Solid:
    """Upright at the tail, in the paint of the company."""
    foot, top = np.array([x, y, root]), np.array([x, y + high, root + sweep])
    along = np.array([0, 0, chord])
    return sheet([(foot, foot + along), (top, top + along * 0.5)], [paint])


def airliner(dice: random.Random) -> Solid:
    body, belly, tail = dice.choice(PAINTS), dice.choice(PAINTS), dice.choice(PAINTS)
    r, nose = dice.uniform(0.045, 0.07), dice.uniform(0.08, 0.14)
    front = [Ring(-0.5, 0.005, 0.005, -0.3 * r), Ring(-0.5 + nose * 0.4, 0.65 * r, 0.65 * r), Ring(-0.5 + nose, r, r)]
    rings = [*front, Ring(0.2, r, r), Ring(0.5, 0.15 * r, 0.2 * r, 0.6 * r)]
    parts = [tube(rings, body, belly)]
    grey = dice.choice([(190, 195, 200), (150, 155, 162), body])
    root, span, sweep = dice.uniform(-0.16, -0.02), dice.uniform(0.38, 0.52), dice.uniform(0.3, 0.65)
    parts.append(wing(root, dice.uniform(0.16, 0.22), span, sweep, dice.uniform(0.2, 0.4), dice.uniform(0, 0.12), [grey, grey, tail], y=-0.6 * r))
    parts.append(wing(0.38, 0.1, dice.uniform(0.15, 0.2), sweep, 0.4, 0.05, [grey], y=dice.choice([0.5 * r, 0.5 * r, r + 0.16])))
    parts.append(fin(0.33, 0.14, dice.uniform(0.14, 0.2), 0.1, tail, 0.5 * r))
    for at in dice.choice([[0.3], [0.3], [0.25, 0.5], []]):
        z, y, thick = root + sweep * span * at - 0.03, -1.5 * r, dice.uniform(0.02, 0.034)
        for side in (-1, 1):
            engine = [Ring(z - 0.06, thick, thick, y), Ring(z + 0.03, thick, thick, y), Ring(z + 0.09, thick / 2, thick / 2, y)]
            parts.append(tube(engine, grey, dice.choice([grey, tail]), side * span * at, 8))
    row = [z for z in np.arange(-0.5 + nose, 0.25, 0.025) if dice.random() < 0.9]
    window = np.array([[0, 0.012, 0], [0, 0.012, 0.012], [0, -0.004, 0.012], [0, -0.004, 0]])
    windows = np.array([window + np.array([side * r * 1.01, 0, z]) for side in (-1, 1) for z in row])
    return joined(*parts, (windows, np.tile(np.array([50.0, 55, 65]), (len(windows), 1))))


def fighter(dice: random.Random) -> Solid:
    body = dice.choice(PAINTS[2:])
    belly = tuple(min(255, c + dice.randint(0, 40)) for c in body)
    r, mark = dice.uniform(0.045, 0.06), dice.choice([body, body, (200, 60, 60), (240, 240, 240)])
    rings = [Ring(-0.5, 0.003, 0.003), Ring(-0.3, 0.7 * r, 0.7 * r), Ring(-0.05, 1.3 * r, r), Ring(0.35, 1.3 * r, r), Ring(0.5, 0.8 * r, 0.7 * r)]
    glass = (60, 70, 80)
    canopy = tube([Ring(-0.3, 0.01, 0.01, 0.6 * r), Ring(-0.22, 0.5 * r, 0.8 * r, 0.7 * r), Ring(-0.08, 0.01, 0.1 * r, 0.9 * r)], glass, glass, 0.0, 8)
    parts = [tube(rings, body, belly, sectors=12), canopy]
    root, delta = dice.uniform(-0.15, 0.0), dice.random() < 0.4
    chord, span = dice.uniform(0.5, 0.55) if delta else dice.uniform(0.26, 0.34), dice.uniform(0.26, 0.36)
    sweep = dice.uniform(0.9, 1.4) if delta else dice.uniform(0.4, 0.9)
    parts.append(wing(root, chord, span, sweep, dice.uniform(0.05, 0.4), dice.uniform(-0.1, 0.05), [body, body, mark]))
    if not delta:
        parts.append(wing(0.34, 0.16, 0.18, 0.7, 0.4, dice.uniform(-0.2, 0.1), [body]))
    for x in dice.choice([[0.0], [0.0], [-0.08, 0.08]]):
        parts.append(fin(0.25, 0.2, dice.uniform(0.13, 0.19), 0.13, mark, 0.5 * r, x))
    for at in dice.sample([0.1, 0.16, 0.22, 0.28], dice.randint(0, 3)):
        for side in (-1, 1):
            load = [Ring(root + 0.12, 0.002, 0.002, -0.03), Ring(root + 0.18, 0.013, 0.013, -0.03), Ring(root + 0.36, 0.013, 0.013, -0.03)]
            parts.append(tube(load, belly, belly, side * at, 6))
    return joined(*parts)


def light_plane(dice: random.Random) -> Solid:
    """High or low straight wings, or two pairs of them, and a propeller."""
    body, stripe = dice.choice(PAINTS), dice.choice(PAINTS)
    r = dice.uniform(0.06, 0.08)
    rings = [Ring(-0.42, 0.5 * r, 0.5 * r), Ring(-0.36, 0.8 * r, 0.8 * r), Ring(-0.1, r, 1.3 * r, 0.2 * r), Ring(0.1, 0.8 * r, r, 0.1 * r), Ring(0.5, 0.15 * r, 0.3 * r)]
    parts = [tube(rings, body, stripe, sectors=10)]
    heights = dice.choice([[1.4 * r], [-0.8 * r], [1.8 * r, -0.8 * r]])
    for y in heights:
        chord, span, sweep = dice.uniform(0.14, 0.19), dice.uniform(0.48, 0.62), dice.uniform(-0.05, 0.08)
        parts.append(wing(-0.22, chord, span, sweep, dice.uniform(0.6, 1), dice.uniform(0, 0.08), [body, body, stripe], y=y))
    if len(heights) == 2:
        for x in (-0.38, 0.38):
            parts.append(fin(-0.16, 0.03, 2.6 * r, 0.0, (60, 50, 40), -0.8 * r, x))
    parts.append(wing(0.38, 0.11, 0.18, 0.2, 0.7, 0, [body]))
    parts.append(fin(0.36, 0.14, 0.16, 0.08, stripe, 0.2 * r))
    angle = dice.uniform(0, math.pi)
    blade = np.array([math.cos(angle), math.sin(angle), 0]) * 0.15
    thick = np.array([-math.sin(angle), math.cos(angle), 0]) * 0.012
    propeller = np.array([[-blade - thick, blade - thick, blade + thick, -blade + thick]]) + np.array([0, 0, -0.44])
    return joined(*parts, (propeller, np.array([[40.0, 40, 40]])))


def bird(dice: random.Random) -> Solid:
    """A body, a fan of a tail, and wings of two parts that beat, with long feathers at their ends."""
    back, breast, tips = (dice.choice(FEATHERS) for _ in range(3))
    thick, neck = dice.uniform(0.06, 0.1), dice.choice([0.0, 0.0, dice.uniform(0.1, 0.3)])
    head = [Ring(-0.34 - neck, 0.004, 0.004), Ring(-0.28 - neck, 0.035, 0.035), Ring(-0.22 - neck, 0.03, 0.03)]
    rump = [Ring(-0.18, 0.5 * thick, 0.5 * thick), Ring(-0.02, thick, thick), Ring(0.18, 0.5 * thick, 0.4 * thick), Ring(0.26, 0.02, 0.015)]
    parts = [tube([*head, *rump], back, breast, sectors=10)]
    beak = dice.choice([(230, 170, 40), (60, 55, 50)])
    parts.append(tube([Ring(-0.42 - neck, 0.002, 0.002, -0.01), Ring(-0.33 - neck, 0.014, 0.014)], beak, beak, 0.0, 6))
    fan = dice.uniform(0.05, 0.16)
    ends = [(-0.02, -fan, 0.42), (0.0, 0.0, dice.uniform(0.38, 0.48)), (0.02, fan, 0.42)]
    parts.append(sheet([(np.array([root, 0, 0.2]), np.array([x, 0, z])) for root, x, z in ends], [back, tips]))
    inner, outer, chord = dice.uniform(0.22, 0.34), dice.uniform(0.3, 0.55), dice.uniform(0.12, 0.24)
    lift, bend, back_swept = dice.uniform(-0.5, 0.9), dice.uniform(-0.7, 0.3), dice.uniform(0.0, 0.5)
    for side in (-1, 1):
        rolled = dice.uniform(-0.15, 0.15)
        wrist = np.array([side * (0.04 + inner * math.cos(lift + rolled)), inner * math.sin(lift + rolled), -0.14 - dice.uniform(0, 0.08)])
        tip = wrist + np.array([side * outer * math.cos(lift + bend), outer * math.sin(lift + bend), outer * back_swept])
        edge = [(np.array([side * 0.04, 0.01, -0.1]), np.array([side * 0.04, 0.01, -0.1 + chord])), (wrist, wrist + np.array([0, 0, chord * 1.05]))]
        for share in (0.4, 0.75):
            at = wrist + (tip - wrist) * share
            edge.append((at, at + np.array([0, 0, chord * (1 - 0.6 * share)])))
        edge.append((tip, tip + np.array([0, 0, 0.015])))
        parts.append(sheet(edge, [back, breast if lift > 0.3 else back, dice.choice([back, tips]), tips]))
        hand = wrist + (tip - wrist) * 0.7
        for finger in range(dice.choice([0, 0, 4, 6])):
            end = hand + (tip - wrist) * dice.uniform(0.2, 0.35) + np.array([0, 0, 0.03 + 0.035 * finger])
            root = hand + np.array([0, 0, 0.012 * finger])
            parts.append((np.array([[root, end, end + np.array([0, 0, 0.012]), root + np.array([0, 0, 0.02])]]), np.array([tips], float)))
    return joined(*parts)


def balloon(dice: random.Random) -> Solid:
    """Upright along y: gores in a few paints above a basket."""
    paints = [dice.choice([*PAINTS, (220, 90, 30), (60, 140, 70), (130, 60, 150)]) for _ in range(dice.randint(2, 5))]
    gores, plan = dice.choice([12, 16, 24]), dice.choice(["gores", "bands", "spiral"])
    heights = np.linspace(0, 1, 13)
    radii = 0.4 * np.sin(np.pi * heights ** dice.uniform(1.3, 1.7)).clip(0) ** 0.8 + 0.04 * (1 - heights)
    corners, colours = [], []
    for row in range(12):
        for gore in range(gores):
            corner = []
            for level, turn in ((row, gore), (row, gore + 1), (row + 1, gore + 1), (row + 1, gore)):
                angle = 2 * math.pi * turn / gores
                corner.append([radii[level] * math.cos(angle), heights[level] - 0.4, radii[level] * math.sin(angle)])
            corners.append(corner)
            colours.append(paints[{"gores": gore, "bands": row // 2, "spiral": gore + row}[plan] % len(paints)])
    basket = tube([Ring(-0.04, 0.05, 0.045, -0.55), Ring(0.04, 0.05, 0.045, -0.55)], (110, 75, 40), (80, 55, 30), 0.0, 4)
    return joined((np.array(corners), np.array(colours, float)), basket)


def turned(corners: np.ndarray, yaw: float, pitch: float, roll: float) -> np.ndarray:
    a, b, c = (np.array([math.cos(t), math.sin(t)]) for t in (yaw, pitch, roll))
    about_y = np.array([[a[0], 0, a[1]], [0, 1, 0], [-a[1], 0, a[0]]])
    about_x = np.array([[1, 0, 0], [0, b[0], -b[1]], [0, b[1], b[0]]])
    about_z = np.array([[c[0], -c[1], 0], [c[1], c[0], 0], [0, 0, 1]])
    return corners @ (about_x @ about_y @ about_z).T


def paint(image: Image.Image, solid: Solid, sun: np.ndarray, place: tuple[float, float], scale: float, air: tuple[Colour, float]) -> Image.Image:
    """The turned solid on the picture: `place` and `scale` in pixels; `air` says towards what colour, and how far, distance pales it."""
    corners, colours = solid
    order = np.argsort(-corners[:, :, 2].mean(1))
    normals = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True) + 1e-9
    # Seen from inside or outside, a face is lit on the side that is seen.
    normals *= -np.sign(normals[:, 2:3] + 1e-9)
    light = 0.45 + 0.15 * normals[:, 1] + 0.6 * np.clip(normals @ sun, 0, 1)
    shown = np.clip(colours * light[:, None], 0, 255) * (1 - air[1]) + np.array(air[0]) * air[1]
    near = 1 / (1 + 0.25 * corners[:, :, 2:])
    flat = (np.array(place) + corners[:, :, :2] * np.array([1, -1]) * near * scale) * FINER
    large = Image.new("RGBA", (image.width * FINER, image.height * FINER))
    draw = ImageDraw.Draw(large)
    for face in order:
        draw.polygon([tuple(point) for point in flat[face]], fill=(*(int(c) for c in shown[face]), 255))
    small = large.resize(image.size, Image.Resampling.BOX)
    image.paste(small, (0, 0), small)
    return image


def open_sky(dice: random.Random, size: tuple[int, int]) -> tuple[Image.Image, Colour]:
    """Mostly clear, sometimes with clouds; and its colour."""
    above, below = dice.choice(SKIES)
    shift = dice.randint(-18, 18)
    above, below = (tuple(min(255, max(0, c + shift)) for c in colour) for colour in (above, below))
    if dice.random() < 0.15:
        return sky(dice).resize(size), below
    pixels = falling(size, above, below if dice.random() < 0.7 else above)
    if dice.random() < 0.45:
        clouds = np.clip((noise(dice, size, dice.uniform(1.5, 5), dice.uniform(0.7, 2)) - dice.uniform(0.4, 0.75)) * dice.uniform(1, 5), 0, 1)[..., None]
        pixels = pixels * (1 - clouds) + clouds * np.array(dice.choice([(255, 255, 255), (235, 238, 242), (190, 195, 205)]))
    grain = camera_noise(dice, 2.5, pixels.shape)
    return to_image(pixels + grain), below


def before_the_sky(dice: random.Random, solid: Solid, upright: bool, count: int, largest: float) -> Image.Image:
    """`count` copies of a solid, each turned a little otherwise, in one sky."""
    size = frame(dice)
    image, far = open_sky(dice, size)
    sun = np.array([dice.uniform(-1, 1), dice.uniform(-0.2, 1), dice.uniform(-1, 0.4)])
    sun /= np.linalg.norm(sun)
    corners, colours = solid
    yaw, pitch, roll = dice.uniform(0, 2 * math.pi), dice.uniform(-1.2, 1.2), dice.gauss(0, 0.5)
    if upright:
        pitch, roll = dice.uniform(-0.4, 0.1), 0.0
    against_the_light = dice.random() < 0.2
    scale = min(size) * dice.uniform(0.3, largest) / count**0.5
    for _ in range(count):
        wobble = 0.05 if count > 1 else 0.0
        pose = turned(corners, yaw + dice.gauss(0, wobble), pitch + dice.gauss(0, wobble), roll + dice.gauss(0, wobble))
        place = size[0] * (0.5 + dice.gauss(0, 0.12 if count == 1 else 0.25)), size[1] * (0.5 + dice.gauss(0, 0.1 if count == 1 else 0.2))
        image = paint(image, (pose, colours * (0.25 if against_the_light else 1)), sun, place, scale * dice.uniform(0.9, 1.1), (far, dice.uniform(0, 0.25)))
    return image.filter(ImageFilter.GaussianBlur(dice.choice([0, 0, 0.5, 0.8])))


def planes(dice: random.Random) -> Image.Image:
    kind = dice.choice([airliner, airliner, fighter, fighter, light_plane])
    return before_the_sky(dice, kind(dice), False, dice.choice([1, 1, 1, 1, 1, 3, 5]), 1.1)


def birds(dice: random.Random) -> Image.Image:
    return before_the_sky(dice, bird(dice), False, dice.choice([1, 1, 1, 1, 1, 2, 7, 15]), 1.0)


def balloons(dice: random.Random) -> Image.Image:
    return before_the_sky(dice, balloon(dice), True, dice.choice([1, 1, 2]), 0.8)


def moons(dice: random.Random) -> Image.Image:
    """A moon or a planet in one of its phases, with seas or clouds, before the dark or the day."""
    size = frame(dice)
    width, height = size
    radius, middle = min(size) * dice.uniform(0.08, 0.47), (width * (0.5 + dice.gauss(0, 0.06)), height * (0.5 + dice.gauss(0, 0.06)))
    x, y = np.meshgrid((np.arange(width) - middle[0]) / radius, (np.arange(height) - middle[1]) / radius)
    inside = np.clip((1 - np.hypot(x, y)) * radius, 0, 1)
    z = np.sqrt(np.clip(1 - x**2 - y**2, 0, 1))
    # The picture of the ground, wrapped around: points near the rim lie far apart on it.
    ground = noise(dice, (256, 256), dice.uniform(2, 6), dice.choice([1, 1, 1, 4])) ** dice.uniform(0.7, 2)
    across, down = (np.arctan2(x, z + 1e-6) / math.pi + 0.5) * 255, (np.arcsin(np.clip(y, -1, 1)) / math.pi + 0.5) * 255
    low, high = dice.choice(GROUNDS)
    skin = mix(ground[down.astype(int), across.astype(int)], low, high)
    if low[2] > low[0]:
        white = np.clip((noise(dice, (256, 256), 3, 2)[down.astype(int), across.astype(int)] - 0.5) * 4, 0, 1)[..., None]
        skin = skin * (1 - white) + 245 * white
    phase, tilt = dice.choice([0.0, dice.uniform(-2.6, 2.6)]), dice.uniform(-0.6, 0.6)
    sun = np.array([math.sin(phase) * math.cos(tilt), math.sin(phase) * math.sin(tilt), math.cos(phase)])
    light = np.clip((x * sun[0] + y * sun[1] + z * sun[2]) * dice.uniform(1.2, 3), 0, 1) * inside
    behind = dice.choice([(0, 0, 0), (0, 0, 0), (8, 8, 14), (16, 20, 42), (95, 140, 195)])
    pixels = np.array(behind) * (1 - light[..., None]) + skin * light[..., None]
    grain = camera_noise(dice, 3, pixels.shape)
    return to_image(pixels + grain).filter(ImageFilter.GaussianBlur(dice.choice([0, 0, 0.6, 1])))


KINDS: dict[str, Draw] = {"planes": planes, "birds": birds, "more-planes": planes, "more-birds": birds, "balloons": balloons, "moons": moons}


if __name__ == "__main__":
    run = parse(__doc__)
    draw_all(run.photos / "drawn-flying", "flying", KINDS, run.config["drawn"]["flying"])
