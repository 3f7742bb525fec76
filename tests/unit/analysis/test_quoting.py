"""Which attribution a quotation belongs to is asked of those near it alone."""

import pytest

from secondsource.analysis import attribution, quoting
from secondsource.analysis.draft import Draft
from secondsource.analysis.quotes import Quote, quotes
from secondsource.language.parse import spacy_parser


def test_a_quotation_is_compared_with_the_cues_near_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Draft] = []
    distance = quoting._distance

    def counted(text: str, q: Quote, d: Draft, acting: bool) -> int | None:
        compared.append(d)
        return distance(text, q, d, acting)

    monkeypatch.setattr(quoting, "_distance", counted)
    paragraphs = 30
    text = "“It fell in May.” Lorn did not say so again.\n\n" * paragraphs
    attribution.draft(spacy_parser(text), quotes(text))

    assert 0 < len(compared) <= 8 * paragraphs
