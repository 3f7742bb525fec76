"""A claim as its flags see it, from reports made by hand."""

from collections.abc import Callable, Sequence

from secondsource.corpus.origins import trace
from secondsource.flags.case import Case
from secondsource.model import Flag, NotAssessable, Occurrence, Stake
from tests.unit.corpus.reports import texts, words

Found = list[Flag | NotAssessable]


def case(*occurrences: Occurrence, stakes: Sequence[Stake] = ()) -> Case:
    """The claim that these articles carry or deny; ``stakes``: those of their sources, shown by words of any of them."""
    return Case(occurrences, trace(occurrences), tuple(_shown(stake) for stake in stakes))


def _shown(stake: Stake) -> Stake:
    """The stake with its evidence where it stands in the text of its article."""
    found = [
        words(stake.article_id, text, e.exact, e.shows)
        for e in stake.evidence
        for text in sorted(texts[stake.article_id])
        if e.exact in text
    ]
    return stake.model_copy(update={"evidence": tuple(dict.fromkeys(found))})


def raised(assess: Callable[[Case], Found], *occurrences: Occurrence, stakes: Sequence[Stake] = ()) -> list[Flag]:
    """The flags that a rule raises; what it could not assess left out. Their evidence is looked up."""
    found = [f for f in assess(case(*occurrences, stakes=stakes)) if isinstance(f, Flag)]
    for flag in found:
        check_evidence(flag)
    return found


def not_assessed(assess: Callable[[Case], Found], *occurrences: Occurrence) -> list[str]:
    """Why a rule could not look."""
    return [f.reason for f in assess(case(*occurrences)) if isinstance(f, NotAssessable)]


def check_evidence(flag: Flag) -> None:
    """Every flag shows words, and they stand verbatim in the article that it names."""
    assert flag.evidence, f"{flag.code} shows nothing"
    assert not flag.reason[0].islower() and flag.reason.endswith(".")
    assert 0 < flag.confidence <= 1 and not flag.calibrated
    name, _, version = flag.rule.id.partition("/")
    assert name in (flag.code.value, "one_sided_sources") and version == flag.rule.version
    for shown in flag.evidence:
        assert any(text[shown.start : shown.end] == shown.exact for text in texts[shown.article_id]), shown


def quotes(flag: Flag) -> list[str]:
    """The words that a flag shows."""
    return [shown.exact for shown in flag.evidence]
