"""The bundled stories, from text to flags: what each was written to show."""

import json
import re
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

from secondsource.analysis.pipeline import Pipeline
from secondsource.language.embed import Embedder
from secondsource.language.parse import spacy_parser
from secondsource.language.tagger import Tagger
from secondsource.local.memory import MemoryStore
from secondsource.model import Analysis, Extracted, FlagCode, MediaKind, RelationType, StakeLevel, Submission
from secondsource.services.annotate import Annotate
from secondsource.services.matching import SignatureMatcher
from secondsource.services.merging import resolve
from tests.unit.services.newsroom import TENANT, Clock, Line, Web

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
QUIET = {
    FlagCode.SINGLE_SOURCE,
    FlagCode.SHARED_ORIGIN,
    FlagCode.ANONYMOUS_SOURCE,
    FlagCode.MOTIVATED_SOURCE,
    FlagCode.DISPUTED,
}


@cache
def pipeline(tagger: bool) -> Pipeline:
    return Pipeline(spacy_parser, Tagger() if tagger else None)


@cache
def analysed(tagger: bool, extracted: str, article_id: str) -> Analysis:
    """One analysis a text, however often a story is told."""
    return pipeline(tagger)(Extracted.model_validate_json(extracted), article_id)


EMBED = Embedder()
"""The real network: the examples are to match as they do everywhere."""


class Told:
    """A story handed in article by article, and what is known of it in the end."""

    def __init__(self, name, tagger, order=None, html=()):
        self.store = MemoryStore(Clock())
        service = Annotate(
            self.store,
            lambda extracted, article_id: analysed(tagger, extracted.model_dump_json(), article_id),
            SignatureMatcher(self.store, EMBED),
            Web(),
            Line(self.store),
            Clock(),
            lambda: "job_1",
        )
        files = sorted((EXAMPLES / name).glob("*.json"))
        self.ids = {}
        for n in order or range(len(files)):
            given = json.loads(files[n].read_text(encoding="utf-8"))
            given.pop("id")
            if n in html:
                page = files[n].with_suffix(".html").read_text(encoding="utf-8")
                given = {"html": page, "url": given["url"]}
            self.ids[n] = service.submit(TENANT, Submission(**given)).article_id
        self.articles = [self.store.get_article(TENANT, self.ids[n]) for n in sorted(self.ids)]

    @property
    def central(self):
        """The record of the first article's headline claim."""
        (claim,) = [c for c in self.articles[0].analysis.claims if c.headline]
        return resolve(self.store, TENANT, [claim.claim_id])[claim.claim_id]

    def flags(self, code):
        return [flag for flag in self.central.flags if flag.code == code]

    def text(self, article_id):
        return next(article.text for article in self.articles if article.id == article_id)


@pytest.fixture(scope="module", params=[False, True], ids=["rules", "rules and tagger"])
def tagger(request):
    return request.param


@pytest.fixture(scope="module")
def alliance(tagger):
    return Told("alliance", tagger)


@pytest.fixture(scope="module")
def bridge(tagger):
    return Told("bridge", tagger)


@pytest.fixture(scope="module")
def sweetener(tagger):
    return Told("sweetener", tagger)


# --- alliance: two reports, one origin ---------------------------------------------------------------


def test_the_central_claim_is_carried_by_two_reports_and_known_to_the_analysts_piece(alliance):
    record = alliance.central

    assert record.articles == tuple(article.id for article in alliance.articles)
    assert "alliance" in record.text
    assert [len(group) for group in record.origins.groups] == [2]


def test_two_reports_rest_on_one_origin(alliance):
    assert alliance.central.origins.best == 1
    (flag,) = alliance.flags(FlagCode.SHARED_ORIGIN)
    assert flag.reason.startswith("2 reports")
    assert "one origin" in flag.reason
    assert {e.article_id for e in flag.evidence} == {article.id for article in alliance.articles[:2]}


def test_both_reports_rest_on_unnamed_members_of_the_council(alliance):
    flags = alliance.flags(FlagCode.ANONYMOUS_SOURCE)

    assert {flag.evidence[0].article_id for flag in flags} == {article.id for article in alliance.articles[:2]}
    assert all("ouncil" in flag.reason for flag in flags)


def test_the_reason_for_their_anonymity_is_shown(alliance):
    flag = next(
        f for f in alliance.flags(FlagCode.ANONYMOUS_SOURCE) if f.evidence[0].article_id == alliance.articles[0].id
    )

    assert "because they were not authorised to speak to the press" in [e.exact for e in flag.evidence]


def test_the_council_has_a_stake_which_is_shown_by_its_loss_and_its_search_for_weapons(alliance):
    flags = alliance.flags(FlagCode.MOTIVATED_SOURCE)

    shown = " | ".join(e.exact for flag in flags for e in flag.evidence)
    assert "lost the town of Dremna" in shown
    assert "seeking weapons" in shown
    assert any("Ondresian National Council" in flag.reason for flag in flags)


def test_the_stake_is_that_which_the_readme_shows(alliance):
    readme = (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")
    shown = json.loads(re.search(r"`claims\[0\]\.stakes\[\]`.*?```json\n(.*?)```", readme, re.DOTALL)[1])
    evidence = [(words["shows"], words["exact"]) for words in shown.pop("evidence")]

    (stake,) = (
        s
        for s in alliance.central.stakes
        if (s.article_id, s.source_id) == (alliance.articles[0].id, shown["source_id"])
    )

    assert {name: stake.model_dump(mode="json")[name] for name in shown} == shown
    assert [(e.shows, e.exact) for e in stake.evidence] == evidence


def test_two_named_analysts_dispute_it(alliance):
    (flag,) = alliance.flags(FlagCode.DISPUTED)

    assert "Helen Brannock-Ruiz" in flag.reason
    assert "Daniel Aumontley" in flag.reason
    assert {"Helen Brannock-Ruiz", "Daniel Aumontley"} <= set(alliance.central.contested_by)


def test_the_one_who_denies_the_meeting_before_the_alliance_disputes_it_too(alliance):
    assert "Yoren Malk" in alliance.central.contested_by


def test_neither_analyst_has_a_stake_in_anything(alliance):
    for article in alliance.articles:
        for stakes in article.analysis.stakes.values():
            for stake in stakes:
                if stake.source_name in ("Helen Brannock-Ruiz", "Daniel Aumontley"):
                    assert not stake.motivated
                    assert stake.level == StakeLevel.NONE


def test_the_council_speaks_from_abroad(alliance):
    (flag,) = alliance.flags(FlagCode.REMOTE_SOURCE)

    assert "Marrenport" in flag.reason


def test_the_first_report_says_that_it_could_not_verify_the_claim(alliance):
    (claim,) = [c for c in alliance.articles[0].analysis.claims if c.headline]

    assert [state.state for state in claim.states] == ["unverified"]
    assert "could not independently verify" in claim.states[0].evidence[0].exact


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_central_claim_is_told_alike_whichever_article_came_first(tagger, order):
    told = Told("alliance", tagger, order)

    assert set(told.central.articles) == set(told.ids.values())
    assert told.central.origins.best == 1
    assert {flag.code for flag in told.central.flags} >= QUIET - {FlagCode.SINGLE_SOURCE}
    assert {"Helen Brannock-Ruiz", "Daniel Aumontley"} <= set(told.central.contested_by)


def test_as_a_web_page_the_first_report_makes_the_same_claim(tagger):
    told = Told("alliance", tagger, html=(0,))

    assert told.articles[0].kind == MediaKind.HTML
    assert told.central.origins.best == 1
    assert {flag.code for flag in told.central.flags} >= QUIET - {FlagCode.SINGLE_SOURCE}


# --- bridge: two reports, two origins ------------------------------------------------------------------


def test_the_two_reports_of_the_bridge_are_one_claim_with_two_origins(bridge):
    record = bridge.central

    assert record.articles == tuple(article.id for article in bridge.articles)
    assert (record.origins.low, record.origins.best, record.origins.high) == (2, 2, 2)
    assert len(record.origins.groups) == 2


def test_nothing_is_raised_about_the_bridge(bridge):
    assert {flag.code for flag in bridge.central.flags} & QUIET == set()


def test_nobody_has_a_stake_in_the_bridge(bridge):
    assert not any(
        stake.motivated
        for article in bridge.articles
        for stakes in article.analysis.stakes.values()
        for stake in stakes
    )


# --- sweetener: a paid study -------------------------------------------------------------------------------


def test_a_study_that_the_maker_paid_for_has_a_stake(sweetener):
    flag = next(
        f for f in sweetener.flags(FlagCode.MOTIVATED_SOURCE) if f.evidence[0].article_id == sweetener.articles[0].id
    )

    assert "Brellin" in flag.reason
    assert any("funded by Brellin" in e.exact for e in flag.evidence)


def test_the_company_s_own_claim_is_told_with_its_stake_and_both_stand_on_one_side(sweetener):
    flags = sweetener.flags(FlagCode.MOTIVATED_SOURCE)

    (one_sided,) = [flag for flag in flags if flag.rule.id.startswith("one_sided_sources/")]
    assert "stand on one side (Brellin Foods)" in one_sided.reason
    assert {e.article_id for e in one_sided.evidence} == {article.id for article in sweetener.articles[:2]}


def test_the_competitor_is_known_to_have_lost_to_the_company_and_its_director_to_speak_for_it(sweetener):
    analysis = sweetener.articles[2].analysis
    (director,) = [source for source in analysis.sources if source.name == "Joss Marendale"]

    assert [group.name for group in director.affiliations] == ["Ardsel Ingredients"]
    assert any(
        (r.holder, r.type) == ("Ardsel Ingredients", RelationType.RIVAL_OF) and "Brellin" in r.other
        for r in analysis.relations
    )


def test_the_independent_laboratory_has_no_stake_in_anything(sweetener):
    judged = [
        stake
        for article in sweetener.articles
        for stakes in article.analysis.stakes.values()
        for stake in stakes
        if "Withenby" in stake.source_name or stake.group == "Withenby Nutrition Laboratory"
    ]

    assert not any(stake.motivated for stake in judged)


def test_the_independent_laboratory_disputes_it(sweetener):
    (flag,) = sweetener.flags(FlagCode.DISPUTED)

    assert "Withenby Nutrition Laboratory" in flag.reason
    assert {e.article_id for e in flag.evidence} == {sweetener.articles[2].id}


# --- all -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["alliance", "bridge", "sweetener"])
def test_every_flag_of_every_claim_shows_words_that_stand_in_its_article(name, tagger):
    told = Told(name, tagger)

    flags = [flag for record in told.store.list_claims(TENANT, 200).items for flag in record.flags]
    assert flags
    for flag in flags:
        assert flag.evidence
        for shown in flag.evidence:
            assert told.text(shown.article_id)[shown.start : shown.end] == shown.exact
