"""Who asks for what, who pays whom, who makes or owns what, as an article states it."""

from spacy.tokens import Doc, Token

from secondsource.analysis.actors import Actors
from secondsource.analysis.doing import behind, clause, done_to, hypothetical, near, pobj, who
from secondsource.analysis.entities import Name
from secondsource.analysis.sides import ELECTION
from secondsource.analysis.stated import Stated
from secondsource.analysis.tree import child, object_of
from secondsource.model import RelationType

_SEEK = frozenset(
    "seek ask request appeal call push lobby press beg plead petition apply campaign need want solicit bid".split()
)
_HELP = frozenset(
    "weapon weapons arms aid support assistance funding money help backing drone drones missile missiles ammunition "
    "vote votes approval recognition intervention equipment troops loan loans grant grants bailout subsidy subsidies "
    "investment donation donations raise raises funds cash tank tanks protection sanction sanctions airstrike "
    "airstrikes permit permission licence license pay wage wages compensation damages contract contracts "
    "budget exemption payout increase".split()
)
_PAY = frozenset("fund finance sponsor commission pay bankroll underwrite hire retain".split())
_MAKE = frozenset("make sell produce manufacture own develop market build operate run publish".split())
_FRIENDLY = frozenset("endorse ally back support".split())
_OWN = frozenset("own buy acquire".split())
_OWNED = frozenset("subsidiary unit arm division owner parent".split())
_STUDIES = frozenset("study research report poll survey trial analysis paper review experiment".split())
_HYPHENS = frozenset("funded backed sponsored financed paid".split())


def dealings(doc: Doc, names: Actors) -> list[Stated]:
    """All requests, payments, ownerships and products that the article states as a fact."""
    found: list[Stated] = []
    for t in doc:
        if t.pos_ == "VERB" and not hypothetical(t):
            lemma = t.lemma_.lower()
            found += _request(t, lemma, names)
            found += _payment(t, lemma, names)
            found += _product(t, lemma, names)
            found += _support(t, lemma, names)
        elif t.pos_ == "NOUN" and t.lemma_.lower() in _OWNED:
            found += _owned(t, names)
        elif t.lemma_.lower() == "payroll":
            found += _on_payroll(t, names)
        elif t.lower_ in ("consultant", "adviser", "advisor", "lobbyist"):
            found += _hired(t, names)
        if t.lower_ in _HYPHENS and t.i > 1 and doc[t.i - 1].text == "-":
            found += _hyphened(t, names)
    return found


def _request(v: Token, lemma: str, names: Actors) -> list[Stated]:
    """ "A asked for weapons", "A is lobbying the council to approve a loan"."""
    if lemma not in _SEEK:
        return []
    wanted = (child(v, "dobj"), pobj(v, ("for",)))
    thing = next(
        (y for x in wanted if x is not None for y in [x, *x.subtree] if y.lemma_.lower() in _HELP or y.lower_ in _HELP),
        None,
    )
    if thing is None:
        thing = next(
            (
                y
                for c in v.children
                if c.dep_ in ("xcomp", "prep", "ccomp", "advcl")
                for y in c.subtree
                if y.lemma_.lower() in _HELP and y.dep_ in ("dobj", "pobj")
            ),
            None,
        )
    holder = who(v, names)
    if thing is None or holder is None or holder.person:
        return []
    what = thing.text.lower()
    return [Stated(holder, RelationType.SEEKS, what, clause(v), f"{holder.canonical} seeks {what}")]


def _payment(v: Token, lemma: str, names: Actors) -> list[Stated]:
    """ "a study funded by A", "A sponsors the trial", "the charity receives money from A"."""
    if lemma == "receive" and (got := child(v, "dobj")) is not None and _money(got):
        payer, receiver = near(pobj(v, ("from",)) or pobj(got, ("from",)), names), who(v, names)
        return _paid(receiver, payer, v)
    if lemma not in _PAY:
        return []
    agent, obj = child(v, "agent"), child(v, "dobj")
    by = object_of(agent)
    if by is None and lemma == "pay":
        by = pobj(v, ("by",))  # "paid for by"
    payer, paid = near(by, names), done_to(v)
    if payer is not None and paid is not None and paid.lower_ in ("he", "she", "it", "they"):
        return _paid(behind(paid, names), payer, v)
    if payer is not None and paid is not None:
        return _paid(names.near(paid) if not _study(paid) else Name(paid.lemma_.lower()), payer, v)
    if agent is None and obj is not None and lemma != "pay":
        return _paid(names.of(obj) or Name(obj.lemma_.lower()), who(v, names), v)
    return []


def _money(t: Token) -> bool:
    return any(
        x.lemma_.lower() in ("money", "funding", "fund", "grant", "donation", "fee", "payment", "dollar", "support")
        or x.ent_type_ == "MONEY"
        for x in t.subtree
    )


def _study(t: Token) -> bool:
    return t.lemma_.lower() in _STUDIES


def _paid(receiver: Name | None, payer: Name | None, v: Token) -> list[Stated]:
    if payer is None or receiver is None or payer.key == receiver.key:
        return []
    return [Stated(receiver, RelationType.FUNDED_BY, payer, clause(v), f"paid for by {payer.canonical}")]


def _hired(t: Token, names: Actors) -> list[Stated]:
    """ "X, a paid consultant to A": paid by A."""
    if not any(c.lower_ in ("paid", "hired", "retained") for c in t.children):
        return []
    payer = near(pobj(t, ("to", "for", "of")), names)
    holder = names.of(t.head) if t.dep_ in ("appos", "compound") else None
    if t.dep_ == "attr":
        holder = who(t.head, names)
    if payer is None or holder is None or payer.key == holder.key:
        return []
    start, end = t.doc[t.left_edge.i], t.doc[t.right_edge.i]
    words = (start.idx, end.idx + len(end))
    return [Stated(holder, RelationType.FUNDED_BY, payer, words, f"{holder.canonical} is paid by {payer.canonical}")]


def _on_payroll(t: Token, names: Actors) -> list[Stated]:
    """ "X is on the payroll of A", "X, whose consultancy is on the payroll of A"."""
    payer = near(pobj(t, ("of",)) or child(t, "poss"), names)
    verb = t.head.head if t.dep_ == "pobj" else t.head
    subject = child(verb, "nsubj")
    if payer is None or subject is None:
        return []
    whose = child(subject, "poss")
    holder = names.near(verb.head) if whose is not None and whose.lower_ == "whose" else near(subject, names)
    if holder is None or holder.key == payer.key:
        return []
    shows = f"{holder.canonical} is on the payroll of {payer.canonical}"
    return [Stated(holder, RelationType.FUNDED_BY, payer, clause(verb), shows)]


def _hyphened(t: Token, names: Actors) -> list[Stated]:
    """ "the Brellin-funded study"."""
    payer = names.of(t.i - 2)
    holder = names.of(t.head) or (Name(t.head.lemma_.lower()) if _study(t.head) else None)
    if payer is None or holder is None or payer.key == holder.key:
        return []
    words = (t.doc[t.i - 2].idx, t.head.idx + len(t.head))
    return [Stated(holder, RelationType.FUNDED_BY, payer, words, f"paid for by {payer.canonical}")]


def _product(v: Token, lemma: str, names: Actors) -> list[Stated]:
    """ "A makes the drug", "the plant owned by A"."""
    if lemma not in _MAKE:
        return []
    agent, obj = child(v, "agent"), child(v, "dobj")
    if agent is not None:
        maker, made = near(object_of(agent), names), done_to(v)
        product = names.of(made) if made is not None else None
        if product is None and made is not None and made.dep_ == "appos":
            product = names.of(made.head)
    else:
        maker, product = who(v, names), names.of(obj) if obj is not None else None
        if product is None and obj is not None:
            product = next((n for c in obj.children if c.dep_ == "appos" and (n := names.of(c)) is not None), None)
    if maker is None or product is None or maker.key == product.key or maker.person:
        return []
    if product.person and (lemma in _OWN or len(product.key.split()) > 1 or child(v, "oprd") is not None):
        return []  # the name of a thing may be taken for a surname
    shows = f"{maker.canonical} makes or sells {product.canonical}"
    found = [Stated(maker, RelationType.MAKES, product, clause(v), shows)]
    if lemma in _OWN:
        shows = f"{product.canonical} belongs to {maker.canonical}"
        found.append(Stated(product, RelationType.OWNED_BY, maker, clause(v), shows))
    return found


def _support(v: Token, lemma: str, names: Actors) -> list[Stated]:
    """ "A has endorsed B", "A is allied with B": friends of each other."""
    if lemma not in _FRIENDLY:
        return []
    agent = child(v, "agent")
    if lemma == "ally":
        a, b = who(v, names) or near(done_to(v), names), near(pobj(v, ("with", "to")), names)
    elif agent is not None:
        a, b = near(object_of(agent), names), near(done_to(v), names)
    else:
        a, b = who(v, names), near(child(v, "dobj"), names)
    if a is None or b is None or a.key == b.key or (lemma in ("back", "support") and not b.person):
        return []
    shows = f"{a.canonical} {'is allied with' if lemma == 'ally' else f'{lemma}s'} {b.canonical}"
    found = [Stated(a, RelationType.ALLY_OF, b, clause(v), shows)]
    if lemma == "endorse" and b.person:
        found.append(Stated(b, RelationType.PARTY_TO, ELECTION, clause(v), f"{b.canonical} is endorsed"))
    return found


def _owned(t: Token, names: Actors) -> list[Stated]:
    """ "B, a subsidiary of A", "A's parent company B"."""
    base = child(t, "poss") or pobj(t, ("of",))
    a = names.near(base) if base is not None else None
    b = names.of(t.head) if t.dep_ in ("appos", "compound", "nmod") else None
    if b is None:
        b = next((n for c in t.children if c.dep_ == "appos" and (n := names.of(c)) is not None), None)
    if b is None and t.dep_ == "attr":
        b = who(t.head, names)
    if a is None or b is None or a.key == b.key:
        return []
    child_of, parent = (a, b) if t.lemma_.lower() in ("owner", "parent") else (b, a)
    start, end = t.doc[t.left_edge.i], t.doc[t.right_edge.i]
    words = (start.idx, end.idx + len(end))
    shows = f"{child_of.canonical} belongs to {parent.canonical}"
    return [Stated(child_of, RelationType.OWNED_BY, parent, words, shows)]
