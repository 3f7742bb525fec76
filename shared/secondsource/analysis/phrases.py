"""The words of a noun phrase, as a source is called by them: "the minister of labour", a name without "Mr"."""

import re

from spacy.tokens import Span, Token

from secondsource.analysis.names import PERSON_ROLES
from secondsource.analysis.titles import name_start

_SUFFIX = re.compile(r"(?:,? (?:Jr|Sr|II|III|IV)\.?|['’]s?)$")
_LONGEST = 160
"""Code points of a source's name or description at most."""
_LONGEST_CLAUSE = 25
"""Tokens from the head on that a description takes in at most."""


def role_word(t: Token) -> bool:
    """Whether a word is what a person does or is: "minister", "witness"."""
    return t.lemma_.lower() in PERSON_ROLES or t.lower_ in PERSON_ROLES


def np_text(h: Token, full: bool = False, long: bool = False, person_root: Token | None = None) -> str:
    """A short text of the noun phrase: to its head, with "of …" for full; with clauses for long."""
    doc = h.doc
    start, end = h.left_edge.i, h.i + 1
    if doc[start].dep_ == "preconj":
        start += 1  # "both the company and the union"
    if person_root is not None and start <= person_root.i < h.i:
        start = person_root.i + 1
    if full or person_root is not None:
        for c in h.children:
            if (
                c.dep_ == "prep"
                and c.i == end
                and c.lower_ in ("of", "for", "at", "from", "in", "with", "to", "on", "by", "about")
            ):
                end = c.right_edge.i + 1
                if person_root is not None and c.i < person_root.i < end:
                    end = person_root.i
            elif full and c.dep_ == "amod" and c.i == end:
                end = c.right_edge.i + 1
    if long:
        end = max(end, min(h.right_edge.i + 1, h.i + _LONGEST_CLAUSE))
    tokens = doc[start:end]
    text = tokens.text.strip(' ,;:—–-\n"“”')
    for mark in (", who", ", which", "\n"):
        if not long and mark in text:
            text = text.split(mark)[0]
    return re.sub(r"  +", " ", text)[:_LONGEST]


_SPEAKS = re.compile(r"\s+(?:told|tells|said|says)(?:\s.*)?$", re.DOTALL)
"""What is part of nobody's name, whatever the model takes the name for: "Venning told the Courier"."""
_FULL_NAME = re.compile(
    r"(?!(?:What|How|When|Why|Who|Where|As|If|Mother|Father|Uncle|Mama|Papa)\s)"
    r"[^\W\d_a-z][\w.’'-]*(?:\s+(?:de|da|di|du|von|van|bin|al|el)\b)*(?:\s+(?:al-|el-)?[^\W\d_a-z][\w.’'-]*){1,3}"
)
"""What has to stand before such words where the model takes the whole for no person: works are called "What Ana Lorn
said"."""
_RUNS_ON = re.compile(r"\s+(?:who|which|via)(?:\s.*)?$|\s[-–—]\s.*$|['’]s\s+[a-z].*$")
"""What the model takes into a person's name: "Venning - who", "Venning's dismissal"; not "Venning's lawyer", who is
another one."""


def _unless_a_role(found: re.Match[str]) -> str:
    """What is left of words that run on behind a name: all where they are whose lawyer or mother somebody is."""
    of_somebody = found[0][0] in "'’" and any(word in PERSON_ROLES for word in re.findall(r"\w+", found[0]))
    return found[0] if of_somebody else ""


def name_length(ent: Span) -> int:
    """How many code points of a name as found are the name's: of "Venning told" those of "Venning"."""
    spoken = _SPEAKS.search(ent.text)
    named = spoken is not None and _FULL_NAME.fullmatch(ent.text[: spoken.start()]) is not None
    if spoken is None or not (ent.label_ == "PERSON" or named):
        return len(ent.text.rstrip())
    return spoken.start()


def clean_name(ent: Span, person: bool | None = None) -> str:
    """A name as found, without title, possessive and "Jr"; a person's without the words that follow it.

    ``person``: whether it is a person's, whatever the model says.
    """
    text = re.sub(r"\s+", " ", ent.text[: name_length(ent)])
    if person or (person is None and ent.label_ == "PERSON"):
        text = re.sub(r"\s+", " ", ent.text[ent.doc[name_start(ent)].idx - ent.start_char : name_length(ent)])
        text = _RUNS_ON.sub(_unless_a_role, text, count=1)
    text = text.strip(" ,.;:\"“”'’()")
    text = _SUFFIX.sub("", text)
    return re.sub(r"^(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Prof|Sir|Dame|Mx)\.? ", "", text)


def strip_the(text: str) -> str:
    """A name without its article: "the Council" is "Council"."""
    return re.sub(r"^[Tt]he\s+", "", text)


def bare(text: str) -> str:
    """A name in lower case without its article, to compare by."""
    return strip_the(text).lower()


def initials(name: str) -> str:
    """The capitals that a name's words begin with: "VFF" for "Valley Farmers Front"."""
    return "".join(w[0] for w in name.split() if w[0].isupper())
