"""The groups that a noun phrase ties its holder to: "member of C", "C spokesman", "C's chief", "close to C"."""

from spacy.tokens import Token

from secondsource.analysis.draft import Range
from secondsource.analysis.entities import Name, names_of
from secondsource.analysis.names import COLLECTIVE, FIRM, NO_FIRMS, PERSON_ROLES, category_of
from secondsource.analysis.phrases import role_word
from secondsource.analysis.titles import only_title

Ties = dict[str, tuple[Range | None, float, bool]]
"""By the group's name: where it is named, how strong the tie is (0 to 1), and whether it is a former one."""


def role_affiliations(n: Token, skip: Token | None, bare: bool = False) -> Ties:
    """The groups that a role noun, or with ``bare`` a name, ties its holder to.

    ``skip``: the holder's own name, which is no group.
    """
    out: Ties = {}
    former = any(
        c.dep_ in ("amod", "advmod") and c.lower_ in ("former", "ex", "onetime", "then", "retired") for c in n.children
    )
    role = role_word(n) or n.lemma_.lower() in ("source", "people", "individual", "person", "activist") or not bare

    def put(t: Token, strength: float = 1.0) -> None:
        """Note the group that a token heads, unless it is the holder's own name."""
        if skip is not None and (t == skip or (skip.is_ancestor(t) and not n.is_ancestor(t))):
            return
        name, span = group_name(t)
        holder = skip if skip is not None else n if bare else None
        if holder is not None and span is not None and span[0] <= holder.idx < span[1]:
            return  # the model takes title and name for one body: "Cllr Lorn"
        known = names_of(t.doc).of(t) or _firm_behind(t)
        if (
            known is not None
            and not (known.person and t.ent_type_ != "PERSON")
            and (not name or len(known.canonical.split()) >= len(name.split()))
        ):
            name = known.canonical
        if name and not (t.i < n.i and only_title(name, t, n)):
            out.setdefault(name, (span, strength, former))

    for c in n.children:
        if c.dep_ == "poss" and c.lower_ in ("its", "their") and role:
            owner = names_of(c.doc).owner(c)
            if owner is not None:
                out.setdefault(owner.canonical, ((c.idx, c.idx + len(c)), 0.8, former))
        if c.dep_ == "compound" and role and (firm := _firm_behind(c)) is not None:
            out.setdefault(firm.canonical, ((c.idx, c.idx + len(c)), 0.8, former))
        if bare and not role and c.dep_ == "prep" and c.lower_ in ("of", "from", "with", "at"):
            # "Tim Brand of Creative Strategies": a body, not a place
            for p in c.children:
                body = names_of(p.doc).of(p)
                if p.dep_ == "pobj" and (
                    p.ent_type_ == "ORG"
                    or (body is not None and not body.person and p.ent_type_ not in ("GPE", "LOC", "NORP"))
                ):
                    put(p)
        if c.dep_ == "prep" and c.lower_ in ("of", "for", "from", "with", "at", "in", "to") and role:
            for p in c.children:
                if p.dep_ == "pobj" and (
                    names_of(p.doc).of(p) is not None
                    or p.ent_type_ in ("ORG", "NORP", "GPE", "PERSON", "FAC", "PRODUCT", "LOC")
                    or p.pos_ == "PROPN"
                    or p.lemma_.lower() in COLLECTIVE
                ):
                    if c.lower_ in ("in", "to") and not (
                        p.ent_type_ in ("ORG", "NORP") or p.lemma_.lower() in COLLECTIVE
                    ):
                        continue
                    put(p)
                    for k in p.children:
                        if (
                            k.dep_ == "prep"
                            and k.lower_ == "of"
                            and p.lemma_.lower() in COLLECTIVE | {"wing", "branch", "faction"}
                        ):
                            for q in k.children:
                                if q.dep_ == "pobj" and q.ent_type_ in ("ORG", "NORP", "GPE"):
                                    put(q)
        elif (
            not bare
            and c.dep_ in ("compound", "nmod", "poss", "amod")
            and (
                names_of(c.doc).of(c) is not None
                or c.ent_type_ in ("ORG", "GPE", "NORP", "PERSON")
                or (c.pos_ == "PROPN" and c.dep_ != "amod")
            )
            and c.ent_type_ not in ("DATE", "CARDINAL")
        ):
            if not (
                skip is not None
                and c.ent_type_ == "PERSON"
                and skip.is_ancestor(c)
                and c.dep_ == "compound"
                and n == skip
            ):
                put(c)
        elif bare and c.dep_ in ("compound", "nmod") and c.ent_type_ in ("ORG", "GPE", "NORP"):
            put(c)
        elif c.dep_ == "relcl" and c.lemma_ in (
            "lead",
            "head",
            "represent",
            "command",
            "run",
            "chair",
            "advise",
            "found",
        ):
            for o in c.children:
                if o.dep_ == "dobj" and (o.ent_type_ in ("ORG", "NORP", "GPE", "PERSON") or o.pos_ == "PROPN"):
                    put(o)
        elif c.dep_ in ("amod", "acl", "relcl") and c.lower_ in (
            "close",
            "loyal",
            "linked",
            "allied",
            "affiliated",
            "aligned",
        ):
            for p in c.children:
                if p.dep_ == "prep" and p.lower_ in ("to", "with"):
                    for q in p.children:
                        if q.dep_ == "pobj" and (q.ent_type_ or q.pos_ == "PROPN" or q.lemma_.lower() in COLLECTIVE):
                            put(q, 0.8)
    for c in n.children:
        if c.dep_ == "compound" and c.lemma_.lower() in PERSON_ROLES and c != skip and bare is False:
            for name, entry in role_affiliations(c, skip=skip).items():
                out.setdefault(name, entry)
        if bare and c.dep_ in ("compound", "nmod") and role_word(c):
            for name, entry in role_affiliations(c, skip=n).items():
                out.setdefault(name, entry)
    return out


def _firm_behind(t: Token) -> Name | None:
    """The firm that "a company spokeswoman" and "a spokesman for the firm" speak for: the one told of just before."""
    the = t.dep_ == "compound" or any(c.dep_ == "det" and c.lower_ == "the" for c in t.children)
    if t.lower_ not in FIRM or not the:
        return None
    owner = names_of(t.doc).owner(t)
    return owner if owner is not None and category_of(owner.canonical) not in NO_FIRMS else None


def group_name(t: Token) -> tuple[str, Range | None]:
    """The name of the group a token heads, without article and possessive."""
    doc = t.doc
    if t.ent_type_:
        start, end = t.i, t.i + 1
        while start > 0 and doc[start - 1].ent_type_ == t.ent_type_ and doc[start].ent_iob_ == "I":
            start -= 1
        while end < len(doc) and doc[end].ent_iob_ == "I":
            end += 1
        # the model cuts "Free Valley Front" short; take the proper nouns that belong to it
        while (
            start > 0
            and doc[start - 1].pos_ == "PROPN"
            and doc[start - 1].dep_ == "compound"
            and doc[start - 1].head.i <= t.i + 2
            and doc[start - 1].ent_iob_ == "O"
        ):
            start -= 1
    else:
        start, end = t.i, t.i + 1
        while (
            start > 0
            and doc[start - 1].dep_ in ("compound", "amod", "nmod")
            and doc[start - 1].head.i <= t.i
            and (doc[start - 1].pos_ == "PROPN" or (t.pos_ == "NOUN" and doc[start - 1].ent_type_))
        ):
            start -= 1
    while start < end - 1 and doc[start].lower_ in ("the", "a", "an"):
        start += 1
    while end > start + 1 and (doc[end - 1].lower_ in ("'s", "’s", "'") or doc[end - 1].is_punct):
        end -= 1
    text = doc[start:end].text.strip()
    if not text or text.lower() in ("the", "a") or not any(c.isalpha() for c in text):
        return "", None
    return text, (doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
