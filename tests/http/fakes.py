"""Ways out that answer at once: an analysis without a language model, and a web of a few pages."""

import re
from dataclasses import dataclass

from secondsource.errors import FetchFailed
from secondsource.model import Analysis, Attribution, Claim, Extracted, Label
from tests.unit.services import newsroom

_LABELS = {"said": Label.SPEECH, "believed": Label.STANCE}


def analyse(extracted: Extracted, article_id: str) -> Analysis:
    """The first sentence is the headline claim; no text, no claim. Each cue that is known is an attribution."""
    first = extracted.text.partition(".")[0]
    if not first.strip():
        return Analysis(reason="The text is empty.")
    claim = Claim(id="c1", text=first, spans=((0, len(first)),), headline=True)
    cues = enumerate(re.finditer(r"\b(said|believed)\b", extracted.text), start=1)
    attributions = tuple(
        Attribution(id=f"a{n}", source=None, cue=(cue.span(),), content=None, label=_LABELS[cue[0]]) for n, cue in cues
    )
    return Analysis(claims=(claim,), attributions=attributions, language="en")


def state(sentence: str) -> Claim | None:
    """What a sentence states; what ends with a question mark states nothing."""
    if sentence.endswith("?"):
        return None
    return Claim(id="c1", text=sentence, spans=(), facts=newsroom.facts(sentence))


@dataclass(frozen=True)
class Page:
    """A fetched page."""

    url: str
    body: str
    media_type: str = "text/html"


class Web:
    """Pages and failures by URL; an unknown URL is not allowed. ``asked`` lists what was fetched."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.pages: dict[str, str] = {}
        self.failures: dict[str, FetchFailed] = {}
        self.asked: list[str] = []

    def fetch(self, url: str, deadline_seconds: float | None = None) -> Page:
        self.asked.append(url)
        if url in self.failures:
            raise self.failures[url]
        if url not in self.pages:
            raise FetchFailed("url-not-allowed", "This URL is not allowed.")
        return Page(url, self.pages[url])
