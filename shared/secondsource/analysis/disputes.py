"""Which claim each denial and contradiction is about."""

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from secondsource.analysis.draft import Draft
from secondsource.analysis.statements import Statement, goes_against, speak_alike
from secondsource.analysis.valence import rating
from secondsource.language.parse import text_of
from secondsource.model import Stance
from secondsource.text.denials import CALLS_FALSE
from secondsource.text.terms import overlap, stems

Denial = tuple[int, Statement | None]
"""The number of a draft that denies or doubts, and the statement it denies; None for "denied the report"."""

_ABOUT_CONTAINMENT, _ABOUT_COSINE = 0.5, 0.25
"""Overlaps of what is denied with a claim from which the denial is of that claim."""
_FEW_STEMS = 3
"""Stems of what is denied below which it is of a claim that has all of them, or of none: "that he would resign"."""
_AGAINST_CONTAINMENT, _AGAINST_COSINE = 0.6, 0.3
"""Overlaps of a negated statement with another from which it contradicts that one."""
_NEAR_HEADLINE = 0.2
"""Overlap of the last claim before a denial with the headline claim from which both are one story."""
_SHORT_STORY = 12
"""Claims before a denial up to which "the report" still is the headline claim."""
_ITSELF = 0.5
"""Overlap of what was said just before with the headline claim from which that is told again, further down."""
_CLOSE = 1200
"""Code points, some three paragraphs, within which a denial refers back."""

_ANAPHORA = re.compile(
    r"^(?:(?:the|this|that|these|those|all|any|such|his|her|their|its|both)\s+)*"
    r"(?:it|this|that|them|reports?|claims?|allegations?|accusations?|accounts?|story|stories|charges?|rumou?rs?|"
    r"suggestions?|article|involvement|wrongdoing|responsibility)\b[^,]{0,25}$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^(?:that\s+)?(?:it|this|that|these|those|them|all|they)\b", re.IGNORECASE)
_NO_MORE = re.compile(
    r"^(?:that\s+)?(?:it|this|that|these)\s+(?:(?:has|have|had|ever|really|even)\s+)*"
    r"(?:happened|occurred|took place|taken place|(?:is|are|was|were|been)\s+(?:so|true|the case|what happened))\b",
    re.IGNORECASE,
)
"""What says no more than "it" alone: "denied that this was the case"."""
_FINITE = frozenset("VBD VBP VBZ MD".split())
_SAYS = frozenset({Stance.ASSERT, Stance.CONFIRM, Stance.ADMIT, Stance.ACCUSE, Stance.PREDICT})
"""What is done in a sentence that somebody may deny in the next."""
_TELLING = re.compile(r"\b(?:reports?|story|stories|article|rumou?rs?|accounts?)\b", re.IGNORECASE)
"""What an article as a whole is about."""
_SEVERAL = re.compile(r"\b(?:claims|allegations|accusations|suggestions)\b", re.IGNORECASE)
"""What may be all that an article tells of somebody, as well as what was said just before."""
_GUILT = re.compile(r"\b(?:wrongdoing|charges?|involvement|responsibility)\b", re.IGNORECASE)
"""What is denied by those who are blamed."""
_BLAMED = re.compile(r"\b(?:allegations?|accusations?)\b", re.IGNORECASE)
"""The same, and also what anybody says without proof."""
_BOTH = re.compile(
    r"\b(?:the two|both|the) (?:groups?|sides?|parties|companies|countries|men|women|firms|governments|leaders)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:the two|the groups?|both|the (?:report|story|claim|deal|pact|alliance|plan|account)s?|such)\b",
    re.IGNORECASE,
)


def attach_denials(
    doc: Doc, statements: list[Statement], denials: list[Denial], drafts: list[Draft], by: Sequence[str | None]
) -> None:
    """Note each denial at the claim that it is about; what nobody else states becomes a claim that is only denied.

    ``by``: for each draft its source. Nobody disputes what nobody but themselves has said.
    """
    headline = next((s for s in statements if s.headline), None)
    for i, denied in denials:
        d = drafts[i]
        content = " ".join(text_of(doc)[s:e] for s, e in d.content)
        at = d.content[0][0]
        target = _nearest(denied, statements) if denied is not None else None
        if target is None and _points_back(doc, d, content):
            target = _meant(doc, statements, headline, d, drafts)
            if target is not None and target.carried_by and {by[n] for n in target.carried_by} == {by[i]}:
                continue
        if target is None and denied is not None and len(denied.core) >= _FEW_STEMS and d.rule != "infinitive":
            if headline is not None and _of_headline(denied, content, at, headline, drafts):
                target = headline
            else:
                statements.append(denied)
                target = denied
        if target is not None and i not in target.disputed_by:
            target.disputed_by.append(i)
        if (
            headline is not None
            and target is not headline
            and headline.disputed_by
            and len(headline.actors) > 1
            and _BOTH.search(content)
            and _close(at, headline, drafts)
        ):
            headline.disputed_by.append(i)  # "the two groups": those of the headline claim


def _nearest(denied: Statement, statements: list[Statement]) -> Statement | None:
    """The claim that says what is denied, if one does; who denies that it is not so denies no claim that it is."""
    best: Statement | None = None
    most = 0.0
    brief = len(denied.core) < _FEW_STEMS
    for s in statements:
        undone = (denied.denied or frozenset()) - (s.denied or frozenset())
        if s.negated != denied.negated or not speak_alike(s, denied) or undone & s.core:
            continue
        cosine, contained = overlap(denied.terms, s.terms)
        if denied.core <= s.stems and s.carried_by:
            cosine, contained = max(cosine, _ABOUT_COSINE), 1.0  # also where it names whom the claim has in an aside
        elif brief:
            continue
        if contained >= _ABOUT_CONTAINMENT and cosine >= _ABOUT_COSINE and cosine + contained > most:
            best, most = s, cosine + contained
    return best


def _points_back(doc: Doc, d: Draft, content: str) -> bool:
    """Whether what is denied only stands for what was said before: "it", "that this was so", "the claim".

    Not where "it" has a verb of its own, and so is what is told of: "it was over budget".
    """
    words = content.strip(' "“”')
    if CALLS_FALSE.match(words) or _NO_MORE.match(words):
        return True
    if not _ANAPHORA.match(content.strip()):
        return False
    spans = (doc.char_span(s, e, alignment_mode="contract") for s, e in d.content)
    return not (_PRONOUN.match(words) and any(t.tag_ in _FINITE for span in spans if span is not None for t in span))


def _meant(
    doc: Doc, statements: list[Statement], headline: Statement | None, d: Draft, drafts: list[Draft]
) -> Statement | None:
    """What "the report" or "the allegations" stands for: the headline claim, or the last one before.

    Of "wrongdoing" and the like, what somebody is accused of; of anything else, too, where that was said just before.
    """
    text, at = text_of(doc), d.content[0][0]
    before = [s for s in statements if s.at < at and s.carried_by]
    accusations = [s for s in before if any(drafts[i].stance == Stance.ACCUSE for i in s.carried_by)]
    guilt = any(_GUILT.search(text[s:e]) for s, e in d.content)
    blamed = guilt or any(_BLAMED.search(text[s:e]) for s, e in d.content)
    if accusations and (blamed or "\n" not in text[accusations[-1].spans[-1][1] : at]):
        last = accusations[-1]
        if blamed or last is before[-1]:
            return last
    if guilt:
        bad = [s for s in ([headline] if headline is not None else []) + before[::-1] if _tells_ill(doc, s, d)]
        return bad[0] if bad else None
    if not any(_TELLING.search(text[s:e]) for s, e in d.content):
        several = any(_SEVERAL.search(text[s:e]) for s, e in d.content)
        near = _JustBefore(doc, statements, headline, d, drafts)
        if not (near.leads or (several and near.opens)):
            return near.statement()
    if not before:
        return headline
    last = before[-1]
    if headline is not None and (
        last is headline or overlap(last.stems, headline.stems)[1] > _NEAR_HEADLINE or len(before) <= _SHORT_STORY
    ):
        return headline
    return last


class _JustBefore:
    """What was said before a denial that only points back, in its own paragraph or in the one before.

    ``opens``: whether the denial opens its paragraph. ``leads``: whether it follows so closely on the headline claim
    that all between belongs to the same story.
    """

    def __init__(
        self, doc: Doc, statements: list[Statement], headline: Statement | None, d: Draft, drafts: list[Draft]
    ) -> None:
        self.text, self.headline, self.own, self.drafts = text_of(doc), headline, d, drafts
        self.at = d.content[0][0]
        self.statements = [s for s in statements if s.at < self.at and (s.carried_by or s.headline)]
        span = doc.char_span(self.at, self.at + 1, alignment_mode="expand")
        first = span.sent.start if span is not None else 0
        self.start = doc[first].idx
        self.before = doc[first - 1].sent.start_char if first else 0
        """Where the sentence before begins; it ends where that of the denial does begin."""
        self.opens = not first or "\n\n" in self.text[doc[first - 1].idx : self.start]
        self.leads = headline in self.statements and not self._says_something_else() and self._leads(headline)

    def statement(self) -> Statement | None:
        """The statement that is meant; None where somebody said something there that makes no claim."""
        denied = next((s for s in self.statements[::-1] if any(self._in_before(i) for i in s.disputed_by)), None)
        if denied is not None or not self.statements or self._says_something_else():
            return denied
        last = self.statements[-1]
        if self._paragraphs_from(last) > self.opens:
            return None
        again = self.headline is not None and overlap(last.stems, self.headline.stems)[1] > _ITSELF
        return self.headline if again else last

    def _leads(self, headline: Statement) -> bool:
        """Whether nothing but the story of the headline claim stands between that and the denial.

        Where a whole paragraph is between, it is so if those go on who make the claim, and somebody denies it who is
        in it: "The Front has sealed a pact, three members said. / … one of the members said. / The Front denied it."
        """
        apart = self._paragraphs_from(headline)
        if apart <= self.opens:
            return True
        sources = self._sources(headline.carried_by)
        between = (s for s in self.statements if s.at > headline.at)
        return (
            apart <= 1 + self.opens
            and bool(self._words(self.own) & headline.stems)
            and all(self._sources(s.carried_by) & sources for s in between)
        )

    def _sources(self, numbers: Iterable[int]) -> frozenset[str]:
        """The words for who says it in these attributions."""
        return frozenset().union(*(self._words(self.drafts[i]) for i in numbers))

    def _words(self, d: Draft) -> frozenset[str]:
        return frozenset(stems(" ".join(self.text[s:e] for s, e in d.source)))

    def _paragraphs_from(self, s: Statement) -> int:
        """How many paragraphs on from a statement the denial is."""
        return self.text.count("\n\n", s.at, self.start)

    def _in_before(self, number: int) -> bool:
        """Whether an attribution has its cue in the sentence before."""
        return any(self.before <= s < self.start for s, _ in self.drafts[number].cue)

    def _says_something_else(self) -> bool:
        """Whether somebody is said to state or allege something in the sentence before that makes no claim."""
        if any(e > self.before for s in self.statements for _, e in s.spans):
            return False
        return any(
            d is not self.own and d.factual and d.stance in _SAYS and self._in_before(i)
            for i, d in enumerate(self.drafts)
        )


def _tells_ill(doc: Doc, s: Statement, d: Draft) -> bool:
    """Whether a claim says what somebody may be blamed for, by a word that is rated so.

    Not what is done to who denies: who was suspended and denies wrongdoing does not deny that.
    """
    who = " ".join(text_of(doc)[a:b] for a, b in d.source).split()
    if s.done_to is not None and s.done_to.name.split()[-1] in who:
        return False
    spans = (doc.char_span(a, b, alignment_mode="contract") for a, b in s.spans)
    return any(rating(t) < 0 for span in spans if span is not None for t in span)


def _of_headline(denied: Statement, content: str, at: int, headline: Statement, drafts: list[Draft]) -> bool:
    """Whether "there is no such pact" is about the headline claim, by a word that refers back and shared terms."""
    if not _BACK.search(content):
        return False
    return bool(denied.core & headline.core) or (bool(headline.disputed_by) and _close(at, headline, drafts))


def _close(at: int, headline: Statement, drafts: list[Draft]) -> bool:
    """Whether the denial follows closely on the claim or on another denial of it."""
    places = [headline.at, *[drafts[i].content[0][0] for i in headline.disputed_by]]
    return any(0 <= at - p < _CLOSE for p in places)


def attach_contradictions(statements: list[Statement]) -> None:
    """A carried statement that negates another one disputes it: "There is no alliance between …"."""
    for s in statements:
        if not s.carried_by or not (s.negated or s.also_denied):
            continue
        for other in statements:
            if (
                (s.negated or goes_against(s, other))
                and not other.negated
                and s.core & other.actors
                and _contradicts(s, other)
            ):
                other.disputed_by += [
                    i for i in s.carried_by if i not in other.disputed_by and i not in other.carried_by
                ]


def _contradicts(s: Statement, other: Statement) -> bool:
    """Whether two statements, one of them negated, are alike in more than their names, and in what is denied."""
    cosine, contained = overlap(s.core, other.core)
    shared = (s.core - s.actors) & (other.core - other.actors)
    if s.denied is not None and (not s.denied & other.core or s.denied & (other.denied or frozenset())):
        return False
    if s.negated and s.whom and other.whom and not (s.whom & other.stems or other.whom & s.stems):
        return False  # who has not met the king may have met the minister
    return bool(shared) and contained >= _AGAINST_CONTAINMENT and cosine >= _AGAINST_COSINE
