"""The text the tiny tokenizers learn from and the texts whose ids are compared. All of it was written for this project."""

from itertools import product

_SUBJECTS = ["a cat", "two dogs", "an old bicycle", "my grandmother", "three red boats", "the white church", "a birthday cake"]
_ACTIONS = ["sleeping", "waiting", "standing", "shining", "playing"]
_PLACES = ["on the beach", "in the snow", "under a tree", "near the station", "behind the house", "at the market"]
_TIMES = ["at sunset", "in the morning", "last summer", "before the rain", "during the holidays"]

_SENTENCES = [
    "a photo of a mountain lake with clear water and a wooden boat",
    "don't move, I'm taking a picture and we're all in it",
    "they've seen it, he'd like it, she'll print it, it's mine",
    "IMG_2019.jpg was taken on 14 May 2019 at 07:35 with a 50 mm lens",
    "the price is 3.50 euros (or 4 dollars), 20% less than yesterday!",
    "the café in Zürich, the crème brûlée, the piñata and the smörgåsbord",
    "in Ålesund we ate fish; in Kraków, pierogi; in São Paulo, pão de queijo",
    "東京の桜と富士山の写真 日本の春 海の上の月",
    "who's there? what is this: a screenshot, a scan, or a copy of a copy?",
    "handwritten notes - page 2 of 12 - do not throw away",
    "landscape, portrait, panorama, close-up, black & white, colour",
    "unknown faces, lucky finds, thank you notes and a junk drawer",
]


def training_sentences() -> list[str]:
    """Sentences with enough variety to learn a few hundred subwords from; the same list on every run."""
    scenes = [" ".join(words) for words in product(_SUBJECTS, _ACTIONS, _PLACES, _TIMES)]
    return scenes[::3] + _SENTENCES * 12


def compared_texts() -> list[str]:
    """One text for each rule in which tokenizers are known to differ."""
    return [
        "a photo of a cat",
        "MIXED-case: TeSt 123 IN THE SNOW",
        "don't say it's theirs; they've, we're, I'm, he'd, she'll",
        "café in Zürich, smörgåsbord",
        "cafe\u0301 with a combining accent",
        "20% off: €3.50 (was $4.37) #sale @market!?",
        "東京の桜 at sunset",
        "a cat 🐈 and a snowman ☃️",
        "  many   spaces,\ta tab\nand a new line  ",
        "ﬁne print ½ № ＡＢＣ",
        "",
        "!!!",
        " ".join(["a long walk past the old station and the white church in the rain"] * 8),
    ]
