"""The tagger: for every word of a text, how likely it is to be source, cue or content of an attribution.

A small transformer (layers of MiniLM, fine-tuned by infra/train_tagger.py on openly licensed news only; see
data/CREDITS.md) run by onnxruntime on one core. It proposes; the rules of the analysis decide. What it answers:

- for each word the probability of each head (HEADS): independent yes/no questions, except the last two groups, which
  sum to one: "kind:*" means something at words of a source and at anchors, "stance:*" at anchors; "speech" is the
  probability that the word is an anchor and its attribution a statement, so speech / anchor is that of a statement;
- for each *anchor* (the cue's main word; without a cue, the content's first word) and each word nearby, the
  probability that the word belongs to the source, or to the content, of that very attribution.

A long text is read in windows of whole words: each word is judged in one window only, with neighbours around it.
So the time is linear in the text's length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from secondsource.language.wordpiece import LONGEST_RUN, WordPiece, case_of, paragraph_starts, quote_states, words

DATA = Path(__file__).parent / "data"

KINDS = (
    "named_person", "unnamed_person", "named_group", "unnamed_group", "document", "poll", "outlet", "post", "none",
)  # fmt: skip
STANCES = (
    "assert", "deny", "doubt", "accuse", "confirm", "admit", "order", "predict", "ask", "believe", "intend", "other",
)  # fmt: skip
SPAN_HEADS = (
    "content_begin", "content_in", "content_end", "content_deep",
    "source_begin", "source_in", "source_end", "cue_in", "anchor", "speech",
)  # fmt: skip
HEADS = SPAN_HEADS + tuple(f"kind:{kind}" for kind in KINDS) + tuple(f"stance:{stance}" for stance in STANCES)
LINKS = ("source", "content")

CORE_PIECES = 192  # pieces judged in one window; with the margins 256 positions, where attention is still cheap
MARGIN_PIECES = 30  # pieces of context kept on either side of them
SURE_ANCHOR = 0.1  # below this an anchor's links are not kept

SURE_SOURCE = 0.2  # a word linked less than this is not read as the anchor's source

SENTENCE_ENDS = frozenset(".!?")

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Encoded:
    """A text as the tagger reads it: one entry a word."""

    spans: list[tuple[int, int]]
    tokens: list[str]
    pieces: list[tuple[int, ...]]
    starts: list[bool]
    cases: list[int]
    quotes: list[int]


@dataclass(frozen=True)
class Window:
    """Words [begin, end) are read together; [core_begin, core_end) among them are judged here."""

    begin: int
    core_begin: int
    core_end: int
    end: int


@dataclass(frozen=True)
class Tags:
    """What the tagger answers for one text.

    `words`: [start, end) code-point offsets. `p`: one row a word, one column a head of `heads`.
    `anchors`: the indexes of the words whose "anchor" probability is at least SURE_ANCHOR, ascending.
    `reach[i]`: the words [begin, end) that anchor i was compared with. `links[i]`: for anchor i an array
    [2, end - begin] of probabilities, its rows as LINKS: the word is in this attribution's source, in its content.
    """

    words: list[tuple[int, int]]
    p: Floats
    anchors: list[int]
    reach: list[tuple[int, int]]
    links: list[Floats]
    heads: tuple[str, ...] = HEADS

    @cached_property
    def column(self) -> dict[str, int]:
        """The column of each head in `p`."""
        return {head: i for i, head in enumerate(self.heads)}

    def head(self, name: str) -> Floats:
        """The probabilities of one head, one a word."""
        return self.p[:, self.column[name]]

    def link(self, i: int, name: str) -> Floats:
        """The probabilities, one for every word of the text, that it is in the source or content of anchor i."""
        full = np.zeros(len(self.words), np.float32)
        begin, end = self.reach[i]
        full[begin:end] = self.links[i][LINKS.index(name)]
        return full

    def kind(self, i: int) -> Floats:
        """The probabilities of KINDS for the source of anchor i: the mean over the words linked to it as its source.

        Where none is likely linked, what the anchor itself says.
        """
        columns = self.p[:, len(SPAN_HEADS) : len(SPAN_HEADS) + len(KINDS)]
        weights = self.link(i, "source")
        if weights.max() < SURE_SOURCE:
            alone: Floats = columns[self.anchors[i]]
            return alone
        weights[weights < SURE_SOURCE] = 0
        mean: Floats = np.average(columns, axis=0, weights=weights).astype(np.float32)
        return mean


def encode(text: str, wordpiece: WordPiece) -> Encoded:
    """The words of `text` with their pieces, cases and quote states."""
    spans = words(text)
    tokens = [text[a : min(b, a + LONGEST_RUN + 1)] for a, b in spans]
    starts = paragraph_starts(text, spans)
    return Encoded(
        spans, tokens, [wordpiece.pieces(t) for t in tokens], starts,
        [case_of(t) for t in tokens], quote_states(tokens, starts),
    )  # fmt: skip


def windows(
    sizes: Sequence[int],
    starts: Sequence[bool],
    tokens: Sequence[str],
    core: int = CORE_PIECES,
    margin: int = MARGIN_PIECES,
) -> list[Window]:
    """Cut words into windows: every word is in the core of exactly one.

    A core holds at most `core` pieces and ends, where that leaves it at least half full, with a paragraph, else
    with a sentence. `sizes` are pieces a word (a paragraph's first word counts one more: the break before it).
    """
    total, cuts, n = [0], [], len(sizes)
    for size in sizes:
        total.append(total[-1] + size)
    a = 0
    while a < n:
        b = a + 1
        while b < n and total[b + 1] - total[a] <= core:
            b += 1
        if b < n:
            half = a + 1
            while half < b and total[half] - total[a] < core // 2:
                half += 1
            paragraph = next((i for i in range(b, half, -1) if starts[i]), None)
            sentence = next((i for i in range(b, half, -1) if tokens[i - 1] in SENTENCE_ENDS), None)
            b = paragraph or sentence or b
        cuts.append((a, b))
        a = b
    out = []
    for a, b in cuts:
        begin, end = a, b
        while begin > 0 and total[a] - total[begin - 1] <= margin:
            begin -= 1
        while end < n and total[end + 1] - total[b] <= margin:
            end += 1
        out.append(Window(begin, a, b, end))
    return out


def sizes_of(encoded: Encoded) -> list[int]:
    """Pieces a word, the paragraph's break counted with its first word."""
    return [len(p) + s for p, s in zip(encoded.pieces, encoded.starts, strict=True)]


def inputs(encoded: Encoded, window: Window, wordpiece: WordPiece) -> dict[str, npt.NDArray[np.int64]]:
    """The network's input for one window: per piece its row, case and quote state; per word its first piece."""
    rows, cases, quotes, first = [wordpiece.first], [5], [0], []
    for i in range(window.begin, window.end):
        if encoded.starts[i] and i > window.begin:
            rows.append(wordpiece.last)  # a separator stands for the paragraph's break
            cases.append(5)
            quotes.append(0)
        first.append(len(rows))
        pieces = encoded.pieces[i]
        rows += pieces
        cases += [encoded.cases[i]] * len(pieces)
        quotes += [encoded.quotes[i]] * len(pieces)
    rows.append(wordpiece.last)
    cases.append(5)
    quotes.append(0)
    named = {"rows": rows, "cases": cases, "quotes": quotes, "first": first}
    return {name: np.asarray(values, np.int64) for name, values in named.items()}


class Tagger:
    """The trained tagger, loaded once and safe to call from several threads."""

    def __init__(self, path: Path | None = None, threads: int = 1) -> None:
        """`path`: the folder with tagger.onnx and vocab.txt (the bundled one by default); `threads`: cores used."""
        folder = path or DATA
        self._wordpiece = WordPiece.read(folder / "vocab.txt")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "tagger.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def tag(self, text: str) -> Tags:
        """The probabilities of every head for every word of `text`; an empty answer for a text without words."""
        encoded = encode(text, self._wordpiece)
        p = np.zeros((len(encoded.spans), len(HEADS)), np.float32)
        anchors: list[int] = []
        reach: list[tuple[int, int]] = []
        links: list[Floats] = []
        anchor = HEADS.index("anchor")
        for window in windows(sizes_of(encoded), encoded.starts, encoded.tokens):
            heads, scores = self._session.run(None, inputs(encoded, window, self._wordpiece))
            offset, core = window.begin, slice(window.core_begin, window.core_end)
            p[core] = heads[core.start - offset : core.stop - offset]
            for i in range(core.start, core.stop):
                if p[i, anchor] >= SURE_ANCHOR:
                    anchors.append(i)
                    reach.append((window.begin, window.end))
                    links.append(scores[:, i - offset])
        return Tags(encoded.spans, p, anchors, reach, links)
