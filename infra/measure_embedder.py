"""Print what rounding costs sentence vectors, in the network and in storage.

    PYTHONPATH=shared:. python -m infra.measure_embedder model.safetensors [SENTENCES]

`model.safetensors`: the published weights of all-MiniLM-L6-v2. The sentences are those of the openly licensed articles
in tests/eval, the first SENTENCES of them (default 358: all of 21 to 399 characters). They are read by the built
network, and by the plain forward pass in double precision that its references were made with.
"""

import json
import re
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from infra.embedder_reference import vector_of, weights_of
from secondsource.language.embed import DATA, Embedder, pieces
from secondsource.language.wordpiece import WordPiece
from secondsource.text.vectors import pack, unpack

ARTICLES = Path(__file__).resolve().parents[1] / "tests" / "eval" / "open_gate.jsonl"
SENTENCES = 358
END = re.compile(r"(?<=[.!?”])\s+")
SHORTEST, LONGEST = 21, 399  # characters: neither initials nor what was not cut

Array = npt.NDArray[np.floating]


def sentences(most: int) -> list[str]:
    """Sentences of the open articles, cut roughly."""
    articles = [json.loads(line)["text"] for line in ARTICLES.read_text("utf-8").splitlines()]
    found = [sentence for text in articles for sentence in END.split(text)]
    return [sentence for sentence in found if SHORTEST <= len(sentence) <= LONGEST][:most]


def compare(name: str, vectors: Array, others: Array) -> None:
    """Print how near each vector is to its other, and by how much the cosine of two of them moves."""
    cosines = (vectors * others).sum(1)
    moved = np.abs(vectors @ vectors.T - others @ others.T)[np.triu_indices(len(vectors), 1)]
    print(
        f"{name:28s} cosine mean {cosines.mean():.5f} min {cosines.min():.5f}   cosine of two moves by "
        f"mean {moved.mean():.5f} p99 {np.quantile(moved, 0.99):.5f} max {moved.max():.5f}"
    )


def main(weights: Path, most: int) -> None:
    """Measure and print."""
    texts = sentences(most)
    wordpiece = WordPiece.read(DATA / "vocab.txt")
    embedder = Embedder()
    vectors = embedder(texts)
    arrays = weights_of(weights)
    exact = np.asarray([vector_of(pieces(text, wordpiece), arrays) for text in texts])
    print(f"{len(texts)} sentences")
    compare("unrounded and rounded", exact, vectors)
    compare("rounded and stored", vectors, np.asarray([unpack(pack(vector)) for vector in vectors]))
    compare("in a batch and alone", vectors, np.concatenate([embedder([text]) for text in texts]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else SENTENCES)
