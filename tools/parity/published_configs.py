"""The preprocessor_config.json of each published repository, rebuilt to the byte and checked by its pinned SHA-256.

They are settings that the encoder lock repeats; the fixtures carry the exact files so that the Python library reads
what a user's download holds.
"""

import hashlib
import json

_SCALE = 1 / 255
_SQUARE = {"height": 224, "width": 224}
_HALF = [0.5, 0.5, 0.5]

_CLIP = {
    "crop_size": _SQUARE,
    "do_center_crop": True,
    "do_convert_rgb": True,
    "do_normalize": True,
    "do_rescale": True,
    "do_resize": True,
    "feature_extractor_type": "CLIPFeatureExtractor",
    "image_mean": [0.48145466, 0.4578275, 0.40821073],
    "image_processor_type": "CLIPFeatureExtractor",
    "image_std": [0.26862954, 0.26130258, 0.27577711],
    "resample": 3,
    "rescale_factor": _SCALE,
    "size": {"shortest_edge": 224},
}

_DINOV2 = {
    "crop_size": _SQUARE,
    "do_center_crop": True,
    "do_convert_rgb": True,
    "do_normalize": True,
    "do_rescale": True,
    "do_resize": True,
    "image_mean": [0.485, 0.456, 0.406],
    "image_processor_type": "BitImageProcessor",
    "image_std": [0.229, 0.224, 0.225],
    "resample": 3,
    "rescale_factor": _SCALE,
    "size": {"shortest_edge": 256},
}

_SIGLIP = {
    "do_normalize": True,
    "do_rescale": True,
    "do_resize": True,
    "image_processor_type": "SiglipImageProcessor",
    "image_mean": _HALF,
    "processor_class": "SiglipProcessor",
    "resample": 3,
    "rescale_factor": _SCALE,
    "size": _SQUARE,
    "image_std": _HALF,
}

_SIGLIP2 = {
    "do_convert_rgb": None,
    "do_normalize": True,
    "do_rescale": True,
    "do_resize": True,
    "image_mean": _HALF,
    "image_processor_type": "SiglipImageProcessor",
    "image_std": _HALF,
    "processor_class": "SiglipProcessor",
    "resample": 2,
    "rescale_factor": _SCALE,
    "size": _SQUARE,
}

_PUBLISHED = {
    "clip": (_CLIP, "6f638fb9401a6d6296feff533ee7efe657b787c49f954f82f5906b36ef2a1b1f"),
    "dinov2": (_DINOV2, "14e780d86fa1861f8751f868d7f45425b5feb55c38ca26f152ca5097ab30f828"),
    "siglip": (_SIGLIP, "21ee046a8a52a65e5f9c177bf840bfb39ea66c9c54cf2760630efd58e0a3ec80"),
    "siglip2": (_SIGLIP2, "9b36b57ebaf20f09bf4c22100ccc21877ea6bfe5aead0c00c59f8af8ccefacfc"),
}


def preprocessor_config(family: str) -> bytes:
    """The bytes of the published preprocessor_config.json of `family`."""
    settings, pinned = _PUBLISHED[family]
    content = (json.dumps(settings, indent=2) + "\n").encode()
    found = hashlib.sha256(content).hexdigest()
    if found != pinned:
        raise ValueError(f"preprocessor_config.json of {family} should have SHA-256 {pinned}, but has {found}.")
    return content
