"""Claims: the checkable statements of an article, with the attributions that carry or dispute each.

A claim is what an attribution reports (its content, sentence by sentence for long quotations) or what the
lead states without a source. Statements that say the same are one claim; denials and doubts attach to the
claim they are about; the headline claim comes first.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from secondsource.analysis.covering import Drafts
from secondsource.analysis.disputes import Denial, attach_contradictions, attach_denials
from secondsource.analysis.draft import Draft
from secondsource.analysis.entities import Names
from secondsource.analysis.names import is_outlet
from secondsource.analysis.phrases import role_word
from secondsource.analysis.pronouns import is_pronoun
from secondsource.analysis.statements import SAME_COSINE, Statement, facts, has_verb, pieces, same, statement
from secondsource.analysis.unverified import mark_unverified
from secondsource.language.parse import text_of
from secondsource.model import Label, Stance
from secondsource.text.denials import CALLS_FALSE
from secondsource.text.furniture import is_furniture
from secondsource.text.terms import overlap, stems, telling

__all__ = ["MAX_CLAIMS", "Statement", "facts", "find"]

MAX_CLAIMS = 40
"""Claims kept an article, the headline claim first, then in order; longer lists help nobody."""

_LEAD_SENTENCES = 4
"""Sentences of the lead, in which an article states its news."""
_LEAD_WORDS = 6
"""Words that tell a sentence from a heading or a dateline."""
_LEAD_TOKENS = 220
"""Tokens from the top within which a lead ends."""
_WORDS_OF_TITLE = 16
_ENDS = frozenset(".!?:;,…\"”’')")
"""Marks at the end of a sentence, or of a line that goes on: no title has them."""
_ALL_BUT = 3
"""Code points of a content that may stand beside the attribution it consists of, or in it: a mark, a space, "a"."""
_BY_TITLE, _BY_LEAD = 1.2, 0.5
"""Weights of likeness to title and lead in choosing the headline claim: a title is about it, a lead holds it."""
_IN_LEAD, _EARLY, _IN_FIRST = 0.5, 0.25, 0.25
"""What standing in the lead, near the top and in the first sentence adds."""

_QUOTED = re.compile(r"[\"“”„«»]")
_ECHO = 0.3
_ECHO_STEMS = 2
"""So much, or so many stems, in common with what somebody is said to have said: then the lead sums that up."""
_NEXT, _NEXT_SENTENCES = 500, 2
"""Code points and sentences behind a statement within which somebody goes on with it."""
_LEARNS = re.compile(r"\b(?:learn(?:s|ed|t)?|understand(?:s|ing)?|understood)\b", re.IGNORECASE)
"""How a newsroom puts what somebody has told it: "the Courier has learned"."""
_OF_THE_MATTER = re.compile(
    r"\b(?:familiar with|briefed on|close to|knowledge of|aware of|involved in|privy to|present at)\s"
    r"(?:the|these|those)\s",
    re.IGNORECASE,
)
"""What sources are called by what was told: "two people familiar with the talks"."""
_TAKES_UP = frozenset("he she it they this".split())
_MATTERS = frozenset(
    "accident incident crash collision blast explosion fire blaze attack shooting stabbing murder killing death strike "
    "robbery theft raid arrest verdict ruling sentence trial case decision move plan deal agreement vote result event "
    "storm flood quake earthquake eruption outbreak men women child children pair couple trio gang group suspect "
    "teenager pensioner plane aircraft helicopter train bus car lorry truck vehicle boat ship vessel building house "
    "money victim body".split()
)
"""What a text goes on to call what, or whom, it has told of."""
_DEFINITE = frozenset("the this that these those both his her its their".split())
_DENIES = frozenset({Stance.DENY, Stance.DOUBT})
_CARRIES = frozenset(
    {
        Stance.ASSERT,
        Stance.CONFIRM,
        Stance.ADMIT,
        Stance.ACCUSE,
        Stance.PREDICT,
        Stance.OTHER,
        Stance.INTEND,
        Stance.BELIEVE,
    }
)
_ABOUT_REPORTING = frozenset(
    "report cite quote say tell deny confirm comment respond decline dispute reject promise pledge vow".split()
)
_OF_WORDS = frozenset(("label", "quote", "quote-unknown"))
"""Rules of what somebody is quoted on, which is no news where it states nothing: "Haver to Lorn: 'You should go'"."""
_ABOUT_REPORTS = frozenset("report cite quote comment respond decline".split())
"""Verbs of sentences about who reported what or said nothing, which are no news by themselves."""
_DOUBTS = re.compile(
    r"(?:(?:the|any|all|such|these|those|growing)\s+)*(?:doubts?|s[ck]epticism|denials?)\s+"
    r"(?:that|about|over|whether|as to|of|on)\b",
    re.IGNORECASE,
)
_SAW = r"(?:saw|seen|witnessed|heard|counted|watched|visited|attended|observed|photographed|filmed)"
_REPORTERS = r"(?:reporter|correspondent|journalist|photographer|cameraman|witness|crew|team)(?:e?s)?"
_OWN = re.compile(
    rf"\b(?:(?:this|our)(?: own)? (?:newspaper|{_REPORTERS})(?: at the scene)? (?:has |have )?{_SAW}|"
    rf"(?:[A-Z]\w+ )+(?:{_REPORTERS}) (?:at the scene (?:has |have )?)?(?:{_SAW}|at the scene)|"
    rf"{_REPORTERS} (?:for|from|of|with) (?:this|the) \w+ {_SAW}|"
    r"(?:seen|heard|watched|witnessed|reviewed|obtained|verified|viewed) by "
    r"(?:this newspaper|our \w+|(?:the )?(?P<by>[A-Z][\w’']*(?: [A-Z]\w+)*)))"
)
"""Words by which an article says that its own people saw it, or have it before them: ``by`` whom."""


def find(doc: Doc, drafts: list[Draft], names: Names, title: str | None, by: Sequence[str | None]) -> list[Statement]:
    """The claims of an article, the headline claim first. ``by``: for each draft its source, as ``sources`` has it."""
    statements: list[Statement] = []
    denials: list[Denial] = []
    placed = Drafts(drafts)
    for i, d in enumerate(drafts):
        if not claims_something(d) or (d.stance not in _DENIES and _passes_on(i, drafts, placed, by)):
            continue  # "said he doubted that …": what is claimed is what he doubted
        if d.stance == Stance.BELIEVE and _anothers_belief(i, drafts, placed, by):
            continue  # "the rebels fear that X, an envoy said": it is the envoy who speaks
        if d.stance in _DENIES and _DOUBTS.match(_words(doc, d)):
            continue  # who dismisses doubts denies nothing
        said = _reported_by_noun(d, drafts, placed) if d.stance in _DENIES else d
        accusing = d.stance == Stance.ACCUSE
        denying = d.stance in _DENIES
        made = [s for p in pieces(doc, said) if (s := statement(doc, p, names, accusing, denying=denying)) is not None]
        if CALLS_FALSE.match(_words(doc, d)):
            denials.append((i, None))
            continue
        if d.stance in _DENIES:
            denials += [(i, s) for s in made] or [(i, None)]
            continue
        for s in made:
            s.carried_by.append(i)
            statements.append(s)
    statements += [*_unattributed(doc, drafts, names), *_without_verb(doc, drafts, names, statements, denials)]
    if not statements and not denials:
        statements += _whole_lead(doc, drafts, names) or _whole_lead(doc, drafts, names, telling=True)
    statements.sort(key=lambda s: s.at)
    merged = _merge(statements)
    stated = [(i, s) for i, s in denials if drafts[i].rule != "infinitive"]  # "denied taking it" is no sentence
    _mark_headline(doc, merged, stated, title or text_of(doc)[: title_line(text_of(doc))].strip() or None)
    attach_denials(doc, merged, denials, drafts, by)
    attach_contradictions(merged)
    merged.sort(key=lambda s: (not s.headline, s.at))
    kept = merged[:MAX_CLAIMS]
    mark_unverified(doc, kept, drafts)
    for s in kept:
        if all(_learns(doc, drafts[i]) for i in s.carried_by):
            others = ((i, d) for i, d in enumerate(drafts) if i not in s.carried_by)
            s.echoed_by = [i for i, d in others if claims_something(d) and _echoes(doc, d, s)]
    return kept


def _learns(doc: Doc, d: Draft) -> bool:
    """Whether all that an attribution says is that a newsroom has learned something."""
    return bool(d.cue) and _LEARNS.search(text_of(doc)[slice(*d.cue[0])]) is not None


def _words(doc: Doc, d: Draft) -> str:
    """The first piece of an attribution's content, without quote marks."""
    return " ".join(text_of(doc)[s:e] for s, e in d.content[:1]).strip(' "“”')


def _echoes(doc: Doc, d: Draft, s: Statement) -> bool:
    """Whether an attribution speaks of what a statement without a source is about, its own words set aside.

    Also where it goes on with it: "A cyclist has died in Tarn. The man was hit by a lorry, police said."
    """
    if _goes_on(doc, d, s):
        return True
    said = frozenset(stems(" ".join(text_of(doc)[a:b] for a, b in [*d.source, *d.content])))
    about = s.core or s.stems
    return overlap(about, said)[1] >= _ECHO or len(about & said) >= _ECHO_STEMS


def _goes_on(doc: Doc, d: Draft, s: Statement) -> bool:
    """Whether what somebody says in one of the next sentences is of "the man", "it" or a name that a statement has."""
    begin = d.content[0][0]
    if not 0 <= begin - s.spans[-1][1] <= _NEXT:
        return False
    between = doc.char_span(s.spans[-1][1], begin, alignment_mode="contract")
    first = doc.char_span(*d.content[0], alignment_mode="contract")
    if first is None or (between is not None and sum(bool(t.is_sent_start) for t in between) > _NEXT_SENTENCES):
        return False
    root = first.root
    if any(_OF_THE_MATTER.search(text_of(doc)[s:e]) for s, e in d.source):
        return True
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass") and c in first), None)
    if subject is None:
        return False
    if subject.pos_ == "PRON":
        return subject.lower_ in _TAKES_UP
    definite = any(c.dep_ in ("det", "poss") and c.lower_ in _DEFINITE for c in subject.children)
    of_the_matter = subject.lemma_.lower() in _MATTERS or role_word(subject)
    shared = s.terms & frozenset(stems(doc[subject.left_edge.i : subject.i + 1].text))
    return bool(shared) or (definite and of_the_matter)


def claims_something(d: Draft) -> bool:
    """Whether an attribution states or denies something: orders and wishes do not, nor what was never said."""
    if d.label == Label.STANCE and d.stance not in (Stance.BELIEVE, Stance.DOUBT):
        return False
    if d.rule == "infinitive" and d.stance == Stance.INTEND:
        return False  # "declined to comment on the report that …"
    return d.factual and (d.stance in _DENIES or d.stance in _CARRIES)


def _reported_by_noun(d: Draft, drafts: list[Draft], placed: Drafts) -> Draft:
    """What a denial denies: in "rejected claims that X" it is X, which the noun reports."""
    s, e = d.content[0]
    nouns = (n for n in placed.cued_within(s, e) if drafts[n].rule in ("noun", "noun-apart"))
    within = [n for n in nouns if drafts[n].content[-1][1] <= e]
    return drafts[min(within)] if within else d


def _passes_on(number: int, drafts: list[Draft], placed: Drafts, by: Sequence[str | None]) -> bool:
    """Whether all that an attribution says is that somebody says something, as another attribution has it.

    Or what its own source believes: that somebody else believes or knows it is what is said.
    """
    d = drafts[number]
    if len(d.content) != 1:
        return False
    return any(
        _only_reports(d, drafts[n])
        for n in placed.cued_within(*d.content[0])
        if n != number
        and (
            drafts[n].stance in _DENIES
            or (claims_something(drafts[n]) and not _believed_by_another(n, number, drafts, by))
        )
    )


def _anothers_belief(number: int, drafts: list[Draft], placed: Drafts, by: Sequence[str | None]) -> bool:
    """Whether somebody is said to believe or know something by somebody else, who has it from an own attribution."""
    d = drafts[number]
    if not d.cue:
        return False
    at = d.cue[0][0]
    return any(
        n != number
        and any(s <= at < e for s, e in drafts[n].content)
        and claims_something(drafts[n])
        and _believed_by_another(number, n, drafts, by)
        for n in placed.near(at)
    )


def _believed_by_another(inner: int, outer: int, drafts: list[Draft], by: Sequence[str | None]) -> bool:
    """Whether an attribution within another one tells what somebody else than its source believes.

    In "Ana Lorn said she believed that", where all that is said is that, "she" is who speaks, whoever else she may be.
    """
    d, believed = drafts[outer], drafts[inner]
    if believed.stance != Stance.BELIEVE or by[outer] is None or by[inner] == by[outer]:
        return False
    head = believed.source_head
    own = head is not None and is_pronoun(head) and bool(d.cue) and d.cue[0][1] <= head.idx
    return not (own and _only_reports(d, believed))


def _only_reports(d: Draft, inner: Draft) -> bool:
    """Whether all that an attribution says is that its source says, doubts or denies something."""
    if not inner.cue or not inner.content or d.cue == inner.cue or len(d.content) != 1:
        return False
    s, e = d.content[0]
    if not (s <= inner.cue[0][0] and inner.cue[0][1] <= e):
        return False
    before = [r for r in inner.source if r[1] <= inner.cue[0][0]]
    if before and inner.cue[0][0] - before[-1][1] > _ALL_BUT:
        return False  # "she heard shouting and then saw that …"
    left = min([inner.cue[0][0], *[r[0] for r in inner.source], *[r[0] for r in inner.content]])
    right = max(r[1] for r in inner.content)
    return left - s <= _ALL_BUT and e - right <= _ALL_BUT


def _unattributed(doc: Doc, drafts: list[Draft], names: Names) -> list[Statement]:
    """What the first sentences state as fact: only these can be headline claims without a source."""
    out = []
    for n, sentence in enumerate(_lead(doc)):
        s, e = sentence.start_char, sentence.start_char + len(sentence.text.rstrip())
        if _reporting(drafts, s, e):
            continue
        if any(t.lemma_ in _ABOUT_REPORTING and t.pos_ == "VERB" for t in sentence):
            continue  # a sentence about who reported what is no claim of its own
        made = statement(doc, [(s, e)], names)
        if made is not None:
            made.lead_rank = n
            made.own_witness = _seen(doc, sentence, made)
            out.append(made)
    return out


def _seen(doc: Doc, sentence: DocSpan, said: Statement) -> bool:
    """Whether the newsroom says that it saw what a sentence states: there, or in the next one."""
    found = _OWN.search(sentence.text)
    if found is None and sentence.end < len(doc):
        after = doc[sentence.end].sent
        found = _OWN.search(after.text)
        if found is not None and found["by"] and not said.terms & frozenset(stems(after.text)):
            return False
    return found is not None and (found["by"] is None or is_outlet(found["by"]))


def _whole_lead(doc: Doc, drafts: list[Draft], names: Names, telling: bool = False) -> list[Statement]:
    """The first sentence that can be checked as a whole, where nothing else states anything.

    So "The UK confirmed the death of X", whose content has no verb, is a claim that the UK carries. ``telling``: also
    a flash of one line in which the parse finds no verb, and what somebody tells of themselves.
    """
    for sentence in _lead(doc) or (_first(doc) if telling else []):
        s, e = sentence.start_char, sentence.start_char + len(sentence.text.rstrip())
        within = _reporting(drafts, s, e)
        if _QUOTED.search(sentence.text) or not all(_tells(drafts[i]) for i in within):
            continue
        made = statement(doc, [(s, e)], names, telling=telling)
        if made is not None:
            made.lead_rank = 0
            made.carried_by = [i for i in within if drafts[i].source]
            return [made]
    return []


def _reporting(drafts: list[Draft], start: int, end: int) -> list[int]:
    """The attributions whose content or cue lies in these code points, wholly or in part."""
    return [i for i, d in enumerate(drafts) if any(a < end and b > start for a, b in [*d.content, *d.cue])]


def _without_verb(
    doc: Doc, drafts: list[Draft], names: Names, statements: list[Statement], denials: list[Denial]
) -> list[Statement]:
    """Sentences of the lead whose attribution has no verb in what it reports, each as a whole.

    "The ministry announced the dismissal of an engineer": that is the news, and the ministry carries it. Of those that
    report a clause, but a short one, it is that.
    """
    found = []
    denied = {i for i, _ in denials}
    for sentence in _lead(doc):
        s, e = sentence.start_char, sentence.start_char + len(sentence.text.rstrip())
        within = _reporting(drafts, s, e)
        carried = [i for i in within if drafts[i].source]
        if (
            not carried
            or denied.intersection(within)
            or _QUOTED.search(sentence.text)
            or not all(_tells(drafts[i]) and drafts[i].rule not in _OF_WORDS for i in within)
            or any(t.lemma_ in _ABOUT_REPORTS and t.pos_ == "VERB" for t in sentence)
            or any(a < e and b > s for made in statements for a, b in made.spans)
        ):
            continue
        clauses = [i for i in carried if has_verb(doc, drafts[i].content)]
        short = [(statement(doc, drafts[i].content, names, brief=True), [i]) for i in clauses]
        whole = statement(doc, [(s, e)], names) if not any(made for made, _ in short) else None
        for made, by in [*short, (whole, carried)]:
            if made is not None:
                made.carried_by = by
                found.append(made)
    return found


def _tells(d: Draft) -> bool:
    """Whether an attribution tells that something is so: no question, demand, promise, feeling or supposition."""
    return d.label == Label.SPEECH and d.factual and d.stance in _CARRIES - {Stance.INTEND, Stance.BELIEVE}


def _lead(doc: Doc) -> list[DocSpan]:
    """The first real sentences; headings, datelines and what belongs to the page are passed over."""
    found = []
    begin = title_line(text_of(doc))
    for sentence in doc.sents:
        if is_furniture(sentence.text) or sentence.start_char < begin:
            continue
        if len([t for t in sentence if t.is_alpha]) >= _LEAD_WORDS and any(t.pos_ in ("VERB", "AUX") for t in sentence):
            found.append(sentence)
        if len(found) == _LEAD_SENTENCES or sentence.start > _LEAD_TOKENS:
            break
    return found


def title_line(text: str) -> int:
    """Where the first line of a text ends that is its title: a short one without a full stop; 0 where it is none."""
    line, mark, more = text.lstrip().partition("\n")
    line = line.rstrip()
    if not mark or not more.strip() or not line or line[-1] in _ENDS or len(line.split()) > _WORDS_OF_TITLE:
        return 0
    return text.index(line) + len(line)


def _first(doc: Doc) -> list[DocSpan]:
    """The first sentence of some length, where the parse finds a verb in none: "Official identifies gunman as X"."""
    long = (s for s in doc.sents if not is_furniture(s.text) and len([t for t in s if t.is_alpha]) >= _LEAD_WORDS)
    return list(islice(long, 1))


def _merge(statements: list[Statement]) -> list[Statement]:
    """Statements that say the same made one, which all their attributions carry."""
    merged: list[Statement] = []
    # Those that share a telling term, and a number where both have one: no others can say the same, and a text may
    # state thousands of things.
    holders: defaultdict[str, list[int]] = defaultdict(list)
    counted: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for s in statements:
        terms = telling(s.terms, SAME_COSINE)
        if s.numbers:
            alike = sorted({n for term in terms for number in (*s.numbers, "") for n in counted[term, number]})
        else:
            alike = sorted({n for term in terms for n in holders[term]})
        home = next((merged[n] for n in alike if same(merged[n], s)), None)
        if home is None:
            for term in s.terms:
                holders[term].append(len(merged))
                for number in s.numbers or ("",):
                    counted[term, number].append(len(merged))
            merged.append(s)
            continue
        home.carried_by += [i for i in s.carried_by if i not in home.carried_by]
        home.spans += [r for r in s.spans if not any(r[0] < b and a < r[1] for a, b in home.spans)]
        home.own_witness = home.own_witness or s.own_witness
        if home.lead_rank is None:
            home.lead_rank = s.lead_rank
    return merged


def _mark_headline(doc: Doc, statements: list[Statement], denials: list[Denial], title: str | None) -> None:
    """The claim that the headline is about: nearest to the title, and near the top."""
    candidates = list(statements)
    for _, denied in denials:
        if denied is not None and not any(same(denied, s) for s in statements):
            candidates.append(denied)
    if not candidates:
        return
    title_stems = frozenset(stems(title)) if title else frozenset()
    lead = _lead(doc)
    lead_stems = frozenset(stems(" ".join(s.text for s in lead[:2])))
    lead_end = lead[:2][-1].end_char if lead else 0
    length = max(1, len(text_of(doc)))

    def score(s: Statement) -> float:
        by_title = overlap(s.terms, title_stems)[0] if title_stems else 0.0
        by_lead = overlap(s.terms, lead_stems)[0]
        early = _IN_LEAD if s.at < lead_end else _EARLY * (1 - s.at / length)
        if lead and s.at < lead[0].end_char:
            early += _IN_FIRST
        return by_title * _BY_TITLE + by_lead * _BY_LEAD + early

    best = max(candidates, key=score)
    if best not in statements:
        statements.append(best)
    best.headline = True
