"""Who speaks, by the words beside the cue: for what the parser missed or read into the wrong clause."""

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.names import PERSON_ROLES
from secondsource.analysis.spans import clip, inside, range_of, without
from secondsource.analysis.speakers import speaks
from secondsource.analysis.subjects import Speaker
from secondsource.analysis.tree import quote_of
from secondsource.language.parse import names_within, text_of
from secondsource.model import Label

_SENTENCE_ENDS = frozenset(".?!;")
_QUOTE_BEFORE, _QUOTE_BEHIND = 14, 22
"""Tokens before and behind a cue within which a quotation is its own."""
_LONGEST_BEFORE, _LONGEST_BEHIND = 40, 45
"""Tokens that a speaker with appositives takes up before and behind the cue; more is another clause."""
_CLIMB = 5
"""Steps up the parse from a verb to the relative clause it is in."""
_INITIAL = 3
"""A word before a full stop with no more letters than this may be abbreviated: "Gov.", "J."."""
_NAME_BEHIND, _NAME_BEFORE = 12, 14
"""Tokens behind and before a cue among which the name of its speaker is looked for."""
_TITLE_REACH, _TITLE_NAME, _TITLE_WORDS = 30, 8, 4
"""Tokens from a source's head to its end, from there to the end of the name behind it, and words between them."""

_FINITE = ("VBD", "VBZ", "VBP")
_NOMINAL = ("NOUN", "PROPN", "PRON")
_TITLES = frozenset("the mr. ms. mrs. dr.".split())
_TIMES_AND_PLACES = frozenset("in on after during at when as while before about to by".split())
"""Prepositions that end a speaker behind the cue when they hang on the cue: "said Smith | in a statement"."""
_ACTIVE = frozenset("clause quote parenthetical infinitive object predicate preposition object-infinitive".split())
"""Rules whose cue is an active verb, so that it has a speaker."""


def touches_quote(v: Token) -> bool:
    """Whether a quotation ends or begins within a few words of this cue, in the same sentence of the page."""
    doc = v.doc
    for step, limit in ((-1, _QUOTE_BEFORE), (1, _QUOTE_BEHIND)):
        i, n = v.i + step, 0
        while 0 <= i < len(doc) and n < limit:
            t = doc[i]
            if quote_of(t) >= 0:
                return True
            initial = t.text == "." and i > 0 and len(doc[i - 1]) == 1
            if "\n" in t.text or (t.text in _SENTENCE_ENDS and not initial):
                break
            i, n = i + step, n + 1
    return False


def speaker_beside(v: Token) -> Speaker:
    """The speaker by the words alone: the noun phrase between quotation and cue, or right behind the cue."""
    return _before(v) or _behind(v)


def _before(v: Token) -> Speaker | None:
    """`"…," the mayor of Pellerton later said`: what stands between the quotation or sentence before and the cue."""
    doc = v.doc
    left = v.i
    while (
        left > 0
        and quote_of(doc[left - 1]) < 0
        and doc[left - 1].text not in (".", "?", "!", ";", ":")
        and "\n" not in doc[left - 1].text
    ):
        left -= 1
    while left < v.i and (doc[left].is_punct or doc[left].pos_ in ("CCONJ", "SCONJ") or doc[left].is_space):
        left += 1
    stop = v.i
    while stop > left and (doc[stop - 1].pos_ in ("AUX", "ADV", "PART") or doc[stop - 1].text == ","):
        stop -= 1
    words = doc[left:stop]
    if stop - left >= _LONGEST_BEFORE or not any(t.pos_ in _NOMINAL for t in words):
        return None
    if any(t.tag_ in _FINITE and t.dep_ != "relcl" and t.head.dep_ != "relcl" for t in words):
        return None
    return _phrase_head(doc, left, stop), [clip(doc, left, stop)]


def _behind(v: Token) -> Speaker:
    """`said Owen Strandley, the fire chief, in a statement`: from the cue to where another clause begins."""
    doc = v.doc
    right = v.i + 1
    while right < len(doc) and doc[right].pos_ == "ADV":
        right += 1
    if right >= len(doc) or (
        doc[right].pos_ not in (*_NOMINAL, "DET", "ADJ", "NUM") and doc[right].dep_ not in ("poss", "compound", "amod")
    ):
        return None, []
    end = right
    while end < len(doc) and end - right < _LONGEST_BEHIND and not _ends_speaker(doc[end], right):
        end += 1
    while end > right + 1 and (
        (doc[end - 1].is_punct and doc[end - 1].text != ")") or doc[end - 1].pos_ in ("ADP", "CCONJ")
    ):
        end -= 1
    if end <= right:
        return None, []
    return _phrase_head(doc, right, end), [clip(doc, right, end)]


def _ends_speaker(t: Token, start: int) -> bool:
    """Whether a speaker that begins at ``start``, behind the cue, ends before this token."""
    doc = t.doc
    if quote_of(t) >= 0 or "\n" in t.text or t.text in (";", ":", "?", "!"):
        return True
    if t.text == "." and t.i + 1 < len(doc) and (doc[t.i + 1].is_sent_start or len(doc[t.i - 1]) > _INITIAL):
        return True
    if t.pos_ == "ADP" and t.lower_ in _TIMES_AND_PLACES and t.head.i < start:
        return True
    return t.pos_ == "SCONJ" or (t.tag_ in (*_FINITE, "VBG") and not _in_relative(t, start))


def _in_relative(t: Token, start: int) -> bool:
    """Whether a verb belongs to a relative or participle clause of the noun phrase that begins at ``start``."""
    at = t
    for _ in range(_CLIMB):
        if at.dep_ in ("relcl", "acl") and at.head.i >= start:
            return True
        if at.head == at:
            return False
        at = at.head
    return False


def _phrase_head(doc: Doc, left: int, right: int) -> Token:
    """The head of a noun phrase: the name in it if there is one before the first comma, else its highest noun."""
    for ent in names_within(doc, left, right):
        if ent.label_ == "PERSON" and "," not in doc[left : ent.start].text:
            return ent.root
    nouns = [t for t in doc[left:right] if t.pos_ in _NOMINAL]
    tops = [t for t in nouns if not left <= t.head.i < right or t.head == t]
    return (tops or nouns or [doc[left]])[0]


def find_subject(doc: Doc, d: Draft) -> None:
    """A speaker for an active past-tense cue that the parser gave no subject: the name right behind or before it."""
    v = d.head
    if d.source or v is None or d.rule not in _ACTIVE or v.tag_ not in _FINITE or d.label != Label.SPEECH:
        return
    after = v.i + 1
    while after < len(doc) and (doc[after].lower_ in _TITLES or doc[after].lower_ in PERSON_ROLES):
        after += 1
    for ent in names_within(doc, v.i, v.i + _NAME_BEHIND):
        if (
            ent.start == after
            and ent.label_ in ("PERSON", "ORG")
            and ent.start_char > v.idx
            and not inside(ent.start_char, d.content)
        ):
            d.source, d.source_head = [(doc[v.i + 1].idx, ent.end_char)], ent.root
            return
    if after < len(doc) and doc[after].pos_ == "PROPN" and not inside(doc[after].idx, d.content):
        d.source, d.source_head = [range_of(doc[after])], doc[after]
        return
    left = min(c[0] for c in d.cue)
    for ent in names_within(doc, max(0, v.i - _NAME_BEFORE), v.i):
        gap = text_of(doc)[ent.end_char : left]
        if ent.label_ in ("PERSON", "ORG") and gap.strip(" ,") == "" and not inside(ent.start_char, d.content):
            d.source, d.source_head = [(ent.start_char, ent.end_char)], ent.root
            return


def extend_source(doc: Doc, d: Draft) -> None:
    """Take in a name that stands right behind its title: "Niger's president | Mahamadou Issoufou said"."""
    head = d.source_head
    if not d.source or head is None or head.ent_type_ == "PERSON":
        return
    s, e = d.source[-1]
    begin = next((t.i for t in doc[head.i : min(len(doc), head.i + _TITLE_REACH)] if t.idx >= e), None)
    if begin is None:
        return
    name = next((x for x in names_within(doc, begin, begin + _TITLE_NAME) if x.label_ == "PERSON"), None)
    if name is None or not _is_title_of(head, doc[begin : name.start]):
        return
    if inside(name.start_char, d.content) and d.rule not in ("according-to", "clause", "quote"):
        return
    extended: Range = (s, name.end_char)
    d.source[-1] = extended
    d.content = without(text_of(doc), d.content, extended)
    if not _is_role(head):
        d.source_head = name.root


def _is_title_of(head: Token, between: DocSpan) -> bool:
    """Whether a source's head and the words between its end and a person's name are a title of that person."""
    words = [t for t in between if not t.is_punct and not t.is_space]
    if any(t.pos_ in ("VERB", "AUX") and t.lower_ not in PERSON_ROLES for t in words):
        return False
    if any(t.text in '.;:"”“' for t in between) or len(words) > _TITLE_WORDS:
        return False
    if words:
        return any(_is_role(t) for t in words)
    return _is_role(head) or head.ent_type_ in ("GPE", "ORG", "NORP")


def _is_role(t: Token) -> bool:
    """Whether a word is a person's role: "president"."""
    return t.lemma_.lower() in PERSON_ROLES


_PLAIN_CUES = frozenset(
    "say add note explain announce report confirm warn state claim insist argue tell declare".split()
)
_TAIL = 12
"""Tokens behind a trailing cue at the most: "on Monday", "in a statement"."""
_LONGEST_SPEAKER = 16
"""Tokens from the comma to the cue at the most."""
_BEGINS_SPEAKER = frozenset("DET PROPN NOUN ADJ PRON NUM VERB".split())


def trailing_speaker(doc: Doc, d: Draft) -> None:
    """ "X has formed an alliance with Y, a commander of Z said on Monday.": the words alone tell who said it.

    The parser likes to take such a speaker for an apposition to the last name of what is said.
    """
    v = d.head
    if v is None or v.tag_ not in ("VBD", "VBZ") or v.lemma_.lower() not in _PLAIN_CUES or quote_of(v) >= 0:
        return
    beside = d.source and d.source[-1][1] <= v.idx and not text_of(doc)[d.source[-1][1] : d.cue[0][0]].strip(" ,")
    if beside and d.content:
        return
    sentence = v.sent
    comma = _before_speaker(v)
    if comma is None or not comma + 1 < v.i <= comma + _LONGEST_SPEAKER or sentence.end - v.i > _TAIL:
        return
    speaker, said, tail = doc[comma + 1 : v.i], doc[sentence.start : comma], doc[v.i + 1 : sentence.end]
    if any(quote_of(t) >= 0 or (t.tag_ in _FINITE and t.lower_ not in PERSON_ROLES) for t in speaker):
        return
    if any(t.tag_ in _FINITE for t in tail) or not any(t.tag_ in (*_FINITE, "MD") for t in said):
        return
    if beside and any(quote_of(t) >= 0 for t in said):
        return  # the quotation is what is said
    if speaker[0].pos_ not in _BEGINS_SPEAKER or speaker[0].tag_ in ("VBG", "VBN", "IN"):
        return
    head = _phrase_head(doc, comma + 1, v.i)
    if not (speaks(head) or head.ent_type_ or _is_role(head)):
        return
    content = clip(doc, sentence.start, comma)
    if content[1] > content[0]:
        d.content, d.source, d.source_head = [content], [clip(doc, comma + 1, v.i)], head
        d.rule = "clause"


def _before_speaker(v: Token) -> int | None:
    """The comma between what is said and its speaker, before the cue; of "…, the mayor, Ana Lorn, said" the first."""
    doc, first = v.doc, v.sent.start + 3
    commas = [i for i in range(v.i - 1, first, -1) if doc[i].text == ","]
    if not commas or commas[0] != v.i - 1:
        return commas[0] if commas else None
    if len(commas) < 3:
        return None
    name = doc[commas[1] + 1 : commas[0]]
    role = doc[commas[2] + 1 : commas[1]]
    named = any(ent.label_ == "PERSON" for ent in names_within(doc, name.start, name.end))
    return commas[2] if named and len(role) and _is_role(role[-1]) else None
