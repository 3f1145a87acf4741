"""Tiny tokenizers that follow the rules of CLIP, SigLIP and SigLIP 2 (Gemma), learned from `corpus.py`.

Each `write_…` function puts tokenizer.json and tokenizer_config.json into a folder and returns the tokenizer that the
Python library gives for that family. That one, not ours, makes the ids the tests compare with.
"""

import json
import re
import string
from collections import Counter
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import CLIPTokenizer, Siglip2Tokenizer, SiglipTokenizer

CLIP_CONTEXT = 77
SIGLIP_CONTEXT = 64
CLIP_MERGES = 320
GEMMA_MERGES = 320
SIGLIP_PIECES = 600

SPACE_MARK = "▁"
NO_LENGTH_LIMIT = int(1e30)


def learn_merges(words: Counter, count: int) -> list[tuple[str, str]]:
    """Byte-pair encoding: the `count` most useful merges. `words` maps a tuple of symbols to how often it occurs."""
    merges = []
    for _ in range(count):
        pairs = Counter()
        for symbols, frequency in words.items():
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += frequency
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        words = Counter({_merge(symbols, best): frequency for symbols, frequency in words.items()})
    return merges


def _merge(symbols: tuple[str, ...], pair: tuple[str, str]) -> tuple[str, ...]:
    merged, position = [], 0
    while position < len(symbols):
        if symbols[position : position + 2] == pair:
            merged.append(pair[0] + pair[1])
            position += 2
        else:
            merged.append(symbols[position])
            position += 1
    return tuple(merged)


def write_clip(folder: Path, sentences: list[str]) -> CLIPTokenizer:
    """Byte-level BPE with a word-end mark; ids as in CLIP: bytes, bytes that end a word, merges, start, end."""
    start, end = "<|startoftext|>", "<|endoftext|>"
    rules = CLIPTokenizer().backend_tokenizer
    words = Counter()
    for sentence in sentences:
        for word, _ in rules.pre_tokenizer.pre_tokenize_str(rules.normalizer.normalize_str(sentence)):
            words[(*word[:-1], word[-1] + "</w>")] += 1
    merges = learn_merges(words, CLIP_MERGES)
    byte_symbols = sorted(pre_tokenizers.ByteLevel.alphabet())
    pieces = byte_symbols + [symbol + "</w>" for symbol in byte_symbols] + [a + b for a, b in merges] + [start, end]
    tokenizer = CLIPTokenizer(vocab={piece: index for index, piece in enumerate(pieces)}, merges=merges)
    config = {
        "add_prefix_space": False,
        "bos_token": start,
        "clean_up_tokenization_spaces": True,
        "do_lower_case": True,
        "eos_token": end,
        "errors": "replace",
        "model_max_length": CLIP_CONTEXT,
        "pad_token": end,
        "tokenizer_class": "CLIPTokenizer",
        "unk_token": end,
    }
    _write(folder, tokenizer.backend_tokenizer, config)
    return CLIPTokenizer.from_pretrained(folder)


def write_siglip2(folder: Path, sentences: list[str]) -> Siglip2Tokenizer:
    """Gemma's BPE: spaces become marks, no other normalising, unknown characters become bytes, <eos> at the end.

    tokenizer.json keeps upper case, as Gemma's does: SigLIP 2 was trained on lower case, which the Python library sees to
    in `Siglip2Tokenizer` and any other caller must see to itself. No length limit is set either: callers pass 64.
    """
    special = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"]
    words = Counter()
    for sentence in sentences:
        for word in re.findall(f"{SPACE_MARK}?[^{SPACE_MARK}]+", sentence.lower().replace(" ", SPACE_MARK)):
            words[tuple(word)] += 1
    merges = learn_merges(words, GEMMA_MERGES)
    characters = sorted({symbol for word in words for symbol in word} | set(string.ascii_letters + string.digits))
    byte_pieces = [f"<0x{value:02X}>" for value in range(256)]
    merged = list(dict.fromkeys(a + b for a, b in merges))
    pieces = special + byte_pieces + merged + characters
    vocab = {piece: index for index, piece in enumerate(pieces)}
    backend = Tokenizer(models.BPE(vocab=vocab, merges=merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    backend.normalizer = normalizers.Replace(" ", SPACE_MARK)
    backend.pre_tokenizer = pre_tokenizers.Split(" ", behavior="merged_with_previous")
    backend.post_processor = processors.TemplateProcessing(single="$A <eos>", special_tokens=[("<eos>", vocab["<eos>"])])
    backend.add_special_tokens([AddedToken(token, normalized=False, special=True) for token in special])
    config = {
        "add_bos_token": False,
        "add_eos_token": True,
        "bos_token": "<bos>",
        "clean_up_tokenization_spaces": False,
        "eos_token": "<eos>",
        "model_input_names": ["input_ids"],
        "model_max_length": NO_LENGTH_LIMIT,
        "pad_token": "<pad>",
        "padding_side": "right",
        "tokenizer_class": "GemmaTokenizer",
        "unk_token": "<unk>",
    }
    _write(folder, backend, config)
    return Siglip2Tokenizer.from_pretrained(folder)


def write_siglip(folder: Path, sentences: list[str], workspace: Path) -> SiglipTokenizer:
    """SentencePiece unigram: lower case, ASCII punctuation removed; </s> (id 1) ends a text and fills it up.

    The Python tokenizer reads the SentencePiece model in `workspace`; tokenizer.json says the same for others.
    """
    model_file = _train_sentencepiece(sentences, workspace)
    reference = SiglipTokenizer(str(model_file))
    model = sentencepiece_model_pb2.ModelProto()
    model.ParseFromString(model_file.read_bytes())
    backend = Tokenizer(models.Unigram([(piece.piece, piece.score) for piece in model.pieces], unk_id=reference.unk_token_id))
    backend.normalizer = normalizers.Sequence([
        normalizers.Lowercase(),
        normalizers.Replace(Regex(f"[{re.escape(string.punctuation)}]"), ""),
        normalizers.Replace(Regex(r"\s+"), " "),
        normalizers.Strip(),
        normalizers.Precompiled(model.normalizer_spec.precompiled_charsmap),
        normalizers.Replace(Regex(" {2,}"), " "),
    ])
    backend.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE_MARK, prepend_scheme="always")
    backend.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", reference.eos_token_id)])
    backend.add_special_tokens([AddedToken(token, normalized=False, special=True) for token in ["</s>", "<unk>"]])
    config = {
        "clean_up_tokenization_spaces": True,
        "do_lower_case": True,
        "eos_token": "</s>",
        "model_input_names": ["input_ids"],
        "model_max_length": SIGLIP_CONTEXT,
        "pad_token": "</s>",
        "tokenizer_class": "SiglipTokenizer",
        "unk_token": "<unk>",
    }
    _write(folder, backend, config)
    return reference


def _train_sentencepiece(sentences: list[str], workspace: Path) -> Path:
    """A unigram model with T5's special pieces: <pad> 0, </s> 1, <unk> 2."""
    canonicalize = str.maketrans("", "", string.punctuation)
    text = workspace / "sentences.txt"
    # SiglipTokenizer puts "<unk>" before each text and drops its pieces again, so "<" and ">" must be known characters.
    text.write_text("\n".join(sentence.lower().translate(canonicalize) for sentence in sentences) + "\n< unk >\n", "utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text), model_prefix=str(workspace / "spiece"), vocab_size=SIGLIP_PIECES, model_type="unigram",
        normalization_rule_name="nmt_nfkc", hard_vocab_limit=False, character_coverage=1.0, num_threads=1,
        pad_id=0, eos_id=1, unk_id=2, bos_id=-1, shuffle_input_sentence=False, minloglevel=2,
    )
    return workspace / "spiece.model"


def _write(folder: Path, backend: Tokenizer, config: dict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    backend.no_padding()
    backend.no_truncation()
    content = json.loads(backend.to_str())
    (folder / "tokenizer.json").write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n", "utf-8")
