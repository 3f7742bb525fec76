"""Which source is behind each attribution: persons by name, role or pronoun, groups, outlets, documents."""

from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from secondsource.analysis.affiliations import role_affiliations
from secondsource.analysis.cast import Cast
from secondsource.analysis.common_sources import CommonNouns
from secondsource.analysis.coordination import in_a_row, speaking_with, trimmed
from secondsource.analysis.cues import DOCUMENT_NOUNS
from secondsource.analysis.definites import Definites
from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.gathering import Known
from secondsource.analysis.named_sources import Named
from secondsource.analysis.names import BODY_ROLES, PERSON_ROLES
from secondsource.analysis.phrases import np_text, role_word
from secondsource.analysis.places import place_of
from secondsource.analysis.pronouns import Pronouns, is_pronoun
from secondsource.analysis.resolved import Resolved
from secondsource.language.parse import text_of


class Resolver:
    """Reads the attributions of a document in order; each may stand on those before.

    ``known``: the sources found so far.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.cast = Cast(doc)
        self.known = Known()
        self.drafts: list[Draft] = []
        self.by_draft: dict[int, Resolved | None] = {}
        self._named: dict[int, dict[str, list[Range]]] = {}
        self.named = Named(doc, self.cast, self.known)
        self.definites = Definites(doc, self.named)
        self.common = CommonNouns(doc, self.named)
        self.pronouns = Pronouns(doc, self.named, self.drafts, self.by_draft, lambda t: self._head(t, None))

    def resolve(self, d: Draft) -> Resolved | None:
        """The source of the next attribution, or None if it has none."""
        self.drafts.append(d)
        found: Resolved | None = None
        if d.speaker_of is not None:
            found = self.by_draft.get(id(d.speaker_of))
        elif d.source_head is not None and d.source:
            found = self._each(d.source_head, d)
        self.by_draft[id(d)] = found
        if found is not None:
            position = d.source[0][0] if d.source else d.content[0][0]
            self.known.recent.append((position, found))
            if found.place is None and (place := place_of(self.doc, d)) is not None:
                found.place = place
                found.affiliations.pop(place.name, None)
        return found

    def named_by(self, d: Draft) -> dict[str, list[Range]]:
        """Whom the source of an attribution names, by their keys, and the words that do; the first is its source."""
        return self._named.get(id(d), {})

    def _each(self, h: Token, d: Draft) -> Resolved | None:
        """The source of an attribution: of "X and Y said" the first; ``named_by`` has all."""
        row = in_a_row(self.doc, self.cast, d.source)
        heads = [head for head, _ in row] or [h, *speaking_with(h, d.source)]
        ends = [(title or [head])[0].idx for head, title in row[1:]] or [other.left_edge.idx for other in heads[1:]]
        named: dict[str, list[Range]] = {}
        if len(heads) == 1 and (several := self.named.named_after(h)):
            people = [self.named.person(e, h) for e in several]
            for person in people:
                person.mentions.update(d.source)
            self._named[id(d)] = {person.key: list(d.source) for person in people}
            return people[0]
        for n, head in enumerate(heads):
            begin = ends[n - 1] if n else 0
            end = ends[n] if n < len(ends) else len(text_of(self.doc))
            words = [(max(s, begin), min(e, end)) for s, e in d.source if s < end and begin < e]
            words = [trimmed(self.doc, s, e) for s, e in words] if len(heads) > 1 else words
            found = self._head(head, replace(d, source=words))
            if found is None:
                continue
            if row:
                self._told_apart(found, row, row[n][1])
            found.mentions.update(words)
            named.setdefault(found.key, []).extend(words)
        self._named[id(d)] = named
        return self.known.by_key[next(iter(named))] if named else None

    def _told_apart(self, found: Resolved, row: list[tuple[Token, Span]], title: Span) -> None:
        """Of two people in a row the parse takes the role of one for the other's, and the other for a body."""
        new = found.entity is not None and found.entity.mentions[0][0] >= row[0][0].left_edge.idx
        if new and any(t.text.islower() or role_word(t) for t in title):
            found.role = title.text
        others = [self.cast.at[other.i].name for other, _ in row]
        for body in [a for a in found.affiliations if any(a.endswith(name) for name in others)]:
            del found.affiliations[body]

    def _head(self, h: Token, d: Draft | None) -> Resolved | None:
        """Which source a phrase with this head means; ``d``: its attribution, None if it is only mentioned."""
        if is_pronoun(h):
            return self.pronouns.resolve(h)
        appos = next(
            (
                c
                for c in h.children
                if c.dep_ == "appos"
                and c.i in self.cast.at
                and self.cast.at[c.i].kind == "person"
                and not _told_beside(h, c)
            ),
            None,
        )
        if h.i in self.cast.at and self.cast.at[h.i].kind == "person":
            return self.named.person(self.cast.at[h.i], h)
        if appos is None and (role_word(h) or h.pos_ == "NOUN" or (h.pos_ == "PROPN" and h.i not in self.cast.at)):
            appos = self.named.within(h, d)
        if appos is not None and (h.pos_ != "PROPN" or role_word(h)) and self.cast.at[appos.i].kind == "person":
            person = self.cast.at[appos.i]
            found = self.named.person(person, appos)
            if h.lemma_.lower() == "one":
                if (group := self.known.group_of(h)) is not None:
                    group.one = found.name
                return found
            found.role = found.role or np_text(h, person_root=appos)
            for name, entry in role_affiliations(h, skip=appos).items():
                found.affiliations.setdefault(name, entry)
            return found
        body = next(
            (c for c in h.children if c.dep_ == "appos" and c.i in self.cast.at and self.cast.at[c.i].kind == "group"),
            None,
        )
        if (
            body is not None
            and h.pos_ == "NOUN"
            and (h.lemma_.lower() not in PERSON_ROLES or h.lemma_.lower() in BODY_ROLES)
            and h.lemma_.lower() not in DOCUMENT_NOUNS
        ):
            return self.named.group(self.cast.at[body.i], body)  # "its manufacturer, Brellin Foods"
        if h.i in self.cast.at and (
            h.pos_ == "PROPN" or (not role_word(h) and h.lemma_.lower() not in ("parent", "supporter"))
        ):
            return self.named.group(self.cast.at[h.i], h)
        if (known_person := self.named.by_text(h, d)) is not None:
            return self.named.person(known_person, h)
        # "Mr. Abboud" missed by the model but known by last name
        if h.pos_ == "PROPN":
            known = self.cast.called(h.lower_, h)
            if known is not None:
                return self.named.person(known, h)
            return self.definites.resolve(h) or self.named.proper(h) or self.common.resolve(h)
        return self.definites.resolve(h) or self.common.resolve(h)


def _told_beside(h: Token, name: Token) -> bool:
    """Whether a name that the parse takes for that of several people is that of one told of beside.

    "Allies of the minister, Karl Voss,"; but "two analysts, Karl Voss and Ana Lorn,".
    """
    several = h.tag_ in ("NNS", "NNPS") and not name.conjuncts
    return several and any(role_word(t) and t.tag_ == "NN" for t in h.doc[h.i + 1 : name.left_edge.i])
