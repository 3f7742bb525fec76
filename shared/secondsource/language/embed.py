"""The embedder: a sentence to a vector, so that sentences that say alike in other words lie close together.

all-MiniLM-L6-v2 (see data/CREDITS.md), with its weights in eight bits, run by onnxruntime on one core. The cosine of
two vectors is their dot product. The network is not in the repository: infra/build_embedder.py makes it, once, when
the environment is set up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime

from secondsource.language.plain_words import plain_words
from secondsource.language.wordpiece import WordPiece
from secondsource.text.vectors import WIDTH, Floats

DATA = Path(__file__).parent / "data"

LONGEST = 128  # pieces read of a sentence, [CLS] and [SEP] among them; the network was trained on no more
PIECES_AT_ONCE = 192  # in one run: about six sentences. More at once is slower on one core, and takes more memory


class Embedder:
    """Sentence vectors; loads its network at the first sentence, once, and is safe to call from several threads."""

    def __init__(self, path: Path | None = None, threads: int = 1, longest: int = LONGEST) -> None:
        """`path`: the folder with embedder.onnx and vocab.txt (the bundled one by default); `threads`: cores used.

        `longest`: pieces read of a sentence, [CLS] and [SEP] among them, 2 to 512. What is longer is cut there.
        """
        if not 2 <= longest <= 512:
            raise ValueError(f"longest is {longest}, not 2 to 512")
        self._folder = path or DATA
        self._threads = threads
        self._longest = longest
        self._lock = Lock()
        self._loaded: tuple[WordPiece, onnxruntime.InferenceSession] | None = None

    def __call__(self, texts: Sequence[str]) -> Floats:
        """The vectors of `texts`, one a row, WIDTH numbers each, at length one; an empty text has a vector too.

        A text's vector does not depend on the others but for what rounding does: their cosine is 0.999 or more.
        Raises FileNotFoundError when the network was not built.
        """
        vectors = np.zeros((len(texts), WIDTH), np.float32)
        if not texts:
            return vectors
        wordpiece, session = self._load()
        sentences = [pieces(text, wordpiece, self._longest) for text in texts]
        for batch in batches([len(sentence) for sentence in sentences]):
            widest = len(sentences[batch[-1]])
            rows = np.zeros((len(batch), widest), np.int64)
            mask = np.zeros_like(rows)
            for row, index in enumerate(batch):
                rows[row, : len(sentences[index])] = sentences[index]
                mask[row, : len(sentences[index])] = 1
            (vectors[batch],) = session.run(["vectors"], {"input_ids": rows, "attention_mask": mask})
        return vectors

    def _load(self) -> tuple[WordPiece, onnxruntime.InferenceSession]:
        with self._lock:
            if self._loaded is None:
                model = self._folder / "embedder.onnx"
                if not model.is_file():
                    raise FileNotFoundError(f"{model} is not there: `make embedder` builds it.")
                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = self._threads
                options.inter_op_num_threads = 1
                options.log_severity_level = 3
                session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
                self._loaded = WordPiece.read(self._folder / "vocab.txt"), session
            return self._loaded


def pieces(text: str, wordpiece: WordPiece, longest: int = LONGEST) -> list[int]:
    """The rows of the pieces of `text` between [CLS] and [SEP], cut after `longest` of them with these two.

    A "[SEP]" in the text is read as the three words it looks like, not as the piece: no text ends itself.
    """
    rows = [wordpiece.first]
    for word in plain_words(text):
        if len(rows) >= longest - 1:
            break
        rows += wordpiece.longest_first(word)
    return [*rows[: longest - 1], wordpiece.last]


def batches(lengths: Sequence[int], most: int = PIECES_AT_ONCE) -> Iterator[list[int]]:
    """The indexes of `lengths`, shortest first, in batches that hold at most `most` pieces with the padding.

    A single sentence that is longer makes a batch of its own.
    """
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[index] > most:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
