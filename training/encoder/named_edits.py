"""What the benchmark measures one by one. Letters and screens are drawn in another way than in training, so that no encoder
can have learned them by heart.

Every function takes an RGB picture and a random.Random, and returns a new RGB picture.
"""

import random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from edits import Edit, crop_to_share, grey, make_small, mirror, recompress

PHRASES = "When the weekend comes|Best day of my life|Greetings from the coast|One does not simply|Summer 2021|Not for sale".split("|")


def meme(image: Image.Image, dice: random.Random) -> Image.Image:
    """White letters with a black edge across the top and the foot."""
    image = image.copy()
    draw = ImageDraw.Draw(image)
    width, height = image.size
    for at in dice.sample([0.04, 0.84], dice.randint(1, 2)):
        phrase = dice.choice(PHRASES).upper()
        size = max(9, min(int(height * 0.12), int(1.6 * width / len(phrase))))
        font = ImageFont.load_default(size=size)
        x = (width - draw.textlength(phrase, font)) / 2
        draw.text((x, height * at), phrase, fill="white", stroke_fill="black", stroke_width=max(1, size // 12), font=font)
    return image


def desktop_screenshot(image: Image.Image, dice: random.Random) -> Image.Image:
    """The photo in a viewer on a desk's screen: a title bar, margins at the sides, small pictures along the foot."""
    width, height = image.size
    side, bar, foot = int(width * dice.uniform(0.05, 0.3)), max(12, height // 12), int(height * dice.uniform(0.12, 0.25))
    dark = dice.random() < 0.5
    background, ink = ((32, 32, 34), (220, 220, 220)) if dark else ((236, 236, 238), (40, 40, 40))
    canvas = Image.new("RGB", (width + 2 * side, bar + height + foot), background)
    canvas.paste(image, (side, bar))
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, canvas.width, bar - 1), fill=(60, 60, 64) if dark else (205, 210, 218))
    draw.text((6, bar * 0.2), f"DSC_{dice.randrange(10000):04d}.JPG", fill=ink, font=ImageFont.load_default(size=max(8, bar // 2)))
    for number, colour in enumerate([(232, 88, 80), (240, 190, 70), (96, 190, 92)]):
        draw.ellipse((canvas.width - (number + 1) * bar, bar * 0.3, canvas.width - (number + 0.6) * bar, bar * 0.7), fill=colour)
    edge = int(foot * 0.7)
    for x in range(side, canvas.width - side - edge, edge + 6):
        colour = tuple(dice.randrange(40, 216) for _ in range(3))
        draw.rectangle((x, bar + height + foot * 0.15, x + edge, bar + height + foot * 0.15 + edge), fill=colour)
    return canvas


def combination(image: Image.Image, dice: random.Random) -> Image.Image:
    """Cropped, small, captioned, grey and of higher contrast, all at once."""
    image = crop_to_share(image, dice, 0.5)
    image = meme(make_small(image, dice, 160), dice)
    return ImageEnhance.Contrast(grey(image, dice)).enhance(1.4)


# Each version of a photo is one of these, or the photo as it is.
NAMED_EDITS: dict[str, Edit] = {
    "recompressed": lambda image, dice: recompress(image, dice, 20),
    "small": lambda image, dice: make_small(image, dice, 96),
    "cropped to 80 %": lambda image, dice: crop_to_share(image, dice, 0.8),
    "cropped to 50 %": lambda image, dice: crop_to_share(image, dice, 0.5),
    "mirrored": mirror,
    "turned by 90°": lambda image, _dice: image.transpose(Image.Transpose.ROTATE_90),
    "rotated by 10°": lambda image, _dice: image.rotate(10, Image.Resampling.BICUBIC, expand=True),
    "brighter": lambda image, _dice: ImageEnhance.Brightness(image).enhance(1.45),
    "grey": grey,
    "blurred": lambda image, _dice: image.filter(ImageFilter.GaussianBlur(2.5)),
    "captioned": meme,
    "screenshot": desktop_screenshot,
    "combination": combination,
}
