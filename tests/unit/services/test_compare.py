from datetime import timedelta

import pytest

from secondsource.corpus.occurrence import build
from secondsource.errors import NotFound, UnprocessableInput
from secondsource.local.memory import MemoryStore
from secondsource.model import (
    Analysis,
    Article,
    Attribution,
    Claim,
    ClaimRecord,
    Facts,
    MediaKind,
    Source,
    SourceKind,
)
from secondsource.present.comparison import with_names
from secondsource.services.compare import Compare
from secondsource.services.recount import recount
from tests.unit.present import story

TENANT = story.TENANT


class Clock:
    def now(self):
        return story.NOW


class World:
    """Articles that say, each by its own source, that the bridge fell; stored as the service stores them."""

    def __init__(self):
        self.store = MemoryStore(Clock())
        self.compare = Compare(self.store)

    def add(
        self,
        article_id,
        source,
        *,
        kind=SourceKind.NAMED_PERSON,
        says="The bridge fell",
        claim="clm_1",
        denies=False,
        named=True,
        url=None,
    ):
        text = f"{says}, {source} said."
        person = Source(id="s1", name=source, kind=kind, mentions=(story.span(source, text),))
        attribution = Attribution(
            id="a1",
            source=person.mentions,
            cue=(story.span("said", text),),
            content=(story.span(says, text),),
            stance="deny" if denies else "assert",
            source_id="s1",
        )
        found = Claim(
            id="c1",
            text=says,
            spans=attribution.content,
            attribution_ids=() if denies else ("a1",),
            disputed_by=("a1",) if denies else (),
            headline=True,
            claim_id=claim,
        )
        article = Article(
            id=article_id,
            text=text,
            kind=MediaKind.TEXT,
            publisher=f"The {article_id.removeprefix('art_').title()}" if named else None,
            url=url,
            added_at=story.NOW + timedelta(seconds=len(self.store.list_articles(TENANT, 100).items)),
            analysis=Analysis(attributions=(attribution,), sources=(person,), claims=(found,)),
        )
        self.store.add_claim(TENANT, ClaimRecord(claim_id=claim, text=says, created_at=story.NOW, facts=Facts()))
        self.store.put_occurrence(TENANT, build(article, found, claim, article.added_at))
        recount(self.store, Clock(), TENANT, claim)
        self.store.add_article(TENANT, article)
        return article_id

    def __call__(self, *article_ids):
        return self.compare.compare(TENANT, article_ids)


@pytest.fixture
def world():
    return World()


def test_reports_by_two_named_sources_are_independent(world):
    found = world(world.add("art_a", "Ana Lorn"), world.add("art_b", "Ben Oake"))

    assert found.independent is True
    assert found.verdict == "Independent, on 1 shared claim."
    (claim,) = found.claims
    assert (claim.low, claim.best, claim.high) == (2.0, 2.0, 2.0)
    assert claim.verdict == "2 reports, 2 origins: independent."
    assert [article.publisher for article in found.articles] == ["The A", "The B"]


def test_reports_by_one_source_are_not_and_the_words_on_both_sides_say_why(world):
    found = world(world.add("art_a", "Ana Lorn"), world.add("art_b", "Ana Lorn"))

    assert found.independent is False
    assert found.verdict == "Not independent: of 1 shared claim, 1 rests on a common origin."
    (claim,) = found.claims
    assert claim.groups == (("art_a", "art_b"),)
    assert claim.verdict == "2 reports, 1 origin: not independent."
    (link,) = [edge for edge in claim.edges if edge.type == "same_source"]
    assert [(words.article_id, words.exact) for words in link.evidence] == [
        ("art_a", "Ana Lorn"),
        ("art_b", "Ana Lorn"),
    ]
    assert "shared_origin" in [flag.code for flag in claim.flags]
    assert {flag.claim for flag in claim.flags} == {"clm_1"}


def test_unnamed_sources_that_nothing_separates_leave_it_undecided(world):
    unnamed = {"kind": SourceKind.UNNAMED_PERSON}

    found = world(world.add("art_a", "an official", **unnamed), world.add("art_b", "a resident", **unnamed))

    assert found.independent is None
    assert found.claims[0].independent is None
    assert (found.claims[0].low, found.claims[0].high) == (1.0, 2.0)
    assert found.verdict == "Undecided: of 1 shared claim, 1 may or may not rest on a common origin."
    assert found.claims[0].verdict.endswith("what is known does not decide whether they are independent.")


def test_origins_are_counted_over_the_compared_articles_alone(world):
    first, second = world.add("art_a", "Ana Lorn"), world.add("art_b", "Ben Oake")
    world.add("art_c", "Ana Lorn")

    (claim,) = world(first, second).claims

    assert claim.reports == (first, second)
    assert claim.independent is True
    assert world.store.get_claims(TENANT, ["clm_1"])["clm_1"].origins.best == 2.0


def test_who_names_an_earlier_version_of_a_page_is_answered_of_that_one(world):
    at = {"url": "https://orrinpost.example/bridge", "named": False}
    first, second = world.add("art_a", "Ana Lorn", **at), world.add("art_b", "Ben Oake", **at)
    third = world.add("art_c", "Ben Oake")
    assert world.store.get_claims(TENANT, ["clm_1"])["clm_1"].replaced == {first: second}

    assert (world(first, third).independent, world(second, third).independent) == (True, False)


def test_one_claim_that_is_not_independent_makes_the_answer_no(world):
    world.add("art_a", "Ana Lorn")
    world.add("art_b", "Ben Oake")
    claim = world.compare.compare(TENANT, ["art_a", "art_b"]).claims[0]

    world.add("art_c", "Ana Lorn")

    assert claim.independent is True
    assert world("art_a", "art_b", "art_c").independent is False


def test_articles_that_share_no_claim_are_told_so(world):
    found = world(world.add("art_a", "Ana Lorn"), world.add("art_b", "Ben Oake", claim="clm_2"))

    assert found.independent is None
    assert found.claims == ()
    assert "nothing to compare" in found.verdict


def test_an_article_that_only_disputes_a_claim_is_no_second_report(world):
    found = world(world.add("art_a", "Ana Lorn"), world.add("art_b", "Ben Oake", denies=True))

    (claim,) = found.claims
    assert (claim.reports, claim.disputed_in) == (("art_a",), ("art_b",))
    assert claim.independent is None
    assert claim.verdict == "1 report, 1 origin: no second report to compare it with."
    assert found.independent is None
    assert "nothing to compare" in found.verdict


def test_a_claim_that_nobody_reports_is_not_compared(world):
    found = world(world.add("art_a", "Ana Lorn", denies=True), world.add("art_b", "Ben Oake", denies=True))

    assert found.claims == ()


def test_flags_of_articles_that_are_not_compared_are_left_out(world):
    first, second = world.add("art_a", "Ana Lorn"), world.add("art_b", "Ana Lorn")
    third = world.add("art_c", "Ana Lorn")

    flags = world(first, second).claims[0].flags

    assert {flag.evidence[0].article_id for flag in flags if flag.scope.kind == "article"} == {first, second}
    assert third in {words.article_id for flag in world(first, third).claims[0].flags for words in flag.evidence}


@pytest.mark.parametrize("ids", [[], ["art_a"], ["art_a", "art_a"], [f"art_{number}" for number in range(21)]])
def test_it_takes_two_to_twenty_different_articles(world, ids):
    with pytest.raises(UnprocessableInput, match="2 to 20"):
        world.compare.compare(TENANT, ids)


def test_an_article_of_another_tenant_is_one_that_is_not_there(world):
    first = world.add("art_a", "Ana Lorn")
    second = world.add("art_b", "Ben Oake")

    with pytest.raises(NotFound) as of_another:
        world.compare.compare("rival", [first, second])
    with pytest.raises(NotFound) as missing:
        world.compare.compare(TENANT, [first, "art_none"])
    assert str(of_another.value) == str(missing.value)


def test_an_article_without_a_name_is_called_by_how_it_begins_or_as_who_asks_calls_it(world):
    found = world(world.add("art_a", "Ana Lorn"), world.add("art_b", "Ben Oake", named=False))
    called = with_names(found, {"art_a": "a.txt", "art_b": "b.txt"})

    assert found.labels == {"art_a": "The A", "art_b": "“The bridge fell, Ben Oake said.”"}
    assert called.labels == {"art_a": "The A", "art_b": "b.txt"}
    for comparison in (found, called):
        (claim,) = comparison.claims
        assert [node.label for node in claim.nodes if node.type == "article"] == list(comparison.labels.values())
