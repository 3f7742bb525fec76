"""What a claim is to the records of a tenant: found through the index, verified by signature."""

import pytest

from secondsource.model import Claim, Extracted, Signature
from secondsource.services import matching
from secondsource.services.matching import SignatureMatcher
from tests.unit.services.newsroom import SEIZED, SMOKE, STORY, TENANT, Newsroom, analyse, embed, facts

MILL = "The mill at Varn has been sold to Brellin Foods for 40 crowns"


@pytest.fixture
def newsroom():
    return Newsroom()


@pytest.fixture
def matcher(newsroom):
    return SignatureMatcher(newsroom.store, embed)


def sentence(matcher, text) -> Signature:
    return matcher.sign_sentence(Claim(id="c1", text=text, spans=(), facts=facts(text)))


def headline(matcher, text) -> Signature:
    """The signature of the headline claim of an article of this text."""
    analysis = analyse(Extracted(text=text), "art_new")
    return matcher.sign(None, text, analysis).claims["c1"]


def test_a_claim_that_nobody_has_made_is_found_nowhere(matcher):
    found = matcher.find(TENANT, sentence(matcher, MILL))

    assert (found.same, found.contradicts, found.cut) == ((), (), ())


def test_a_sentence_finds_the_record_of_the_claim_that_it_states(newsroom, matcher):
    record = newsroom.record(newsroom.add(f"Owen Strand says: {MILL}"))
    newsroom.add(f"Dela Marsh says: {SEIZED}")

    ((claim_id, score),) = matcher.find(TENANT, sentence(matcher, MILL)).same

    assert claim_id == record.claim_id
    assert score == pytest.approx(1, abs=0.01)


def test_another_number_finds_nothing_and_the_opposite_a_contradiction(newsroom, matcher):
    record = newsroom.record(newsroom.add(f"Owen Strand says: {MILL}"))

    other = matcher.find(TENANT, sentence(matcher, MILL.replace("40", "90")))
    opposite = matcher.find(TENANT, sentence(matcher, MILL.replace("has been", "has not been")))

    assert (other.same, other.contradicts) == ((), ())
    assert (opposite.same, opposite.contradicts) == ((), (record.claim_id,))


def test_the_nearest_of_several_comes_first(newsroom, matcher):
    near, far = (newsroom.record(newsroom.add(text, publisher=text)) for text in STORY[:2])

    found = matcher.find(TENANT, headline(matcher, f"Iva Lund says: {SEIZED} and the ferry to Marrenport turned back"))

    assert found.same[0][0] == near.claim_id
    assert sorted(score for _, score in found.same)[::-1] == [score for _, score in found.same]
    assert far.claim_id in {record.claim_id for record in newsroom.records()}


def test_what_heads_the_same_story_goes_before_what_says_the_same_within_another(newsroom, matcher):
    budget = "Parliament was recalled from recess for a debate on an emergency budget for the coastguard"
    within = newsroom.add(f"Tom Perrin says: {MILL}", budget, f"Owen Strand says: {SEIZED}", publisher="Courier")
    heads = newsroom.add(f"Dela Marsh says: {SMOKE}", f"Owen Strand says: {SEIZED}", publisher="Record")
    ids = [newsroom.record(heads).claim_id, newsroom.record(within, 1).claim_id]

    found = matcher.find(TENANT, headline(matcher, f"Iva Lund says: {SEIZED}"))

    assert [claim_id for claim_id, _ in found.same] == ids
    assert dict(found.same)[ids[0]] < dict(found.same)[ids[1]]


PASSAGE = (
    "Gunmen who had come down from the quarry by night seized the customs house at Dremna, tied its two clerks to "
    "the stove and raised a red flag over the harbour before the ferry from Marrenport had turned its bow, and nobody "
    "on the quay dared so much as to ring the bell"
)
REPORT = "\n".join(
    f"Owen Strand says: {sentence}"
    for sentence in (
        PASSAGE,
        "Customs officers in Calvorne sent a cutter with a surgeon and forty reservists aboard",
        "Insurers doubled premiums for freight through the strait and two shippers rerouted cargo to Tarn",
        "Parliament was recalled from recess for a debate on an emergency budget for the coastguard",
        "Analysts recalled that militias had burnt the same building twice in the civil war",
    )
)
ELSEWHERE = "\n".join(
    f"Helen Brann says: {sentence}"
    for sentence in (
        "Whenever she was ill at school an aunt read her the tides and the names of the lights along the coast",
        "Every winter brought lectures on knots and herring and a slide show of Antarctic whalers",
        "Her brother collected foghorns and kept a museum of buoys behind the bakery until it went bankrupt",
        "Tourists still ask for pressed holly and for recordings of the oldest horn",
    )
)


def test_a_report_that_begins_elsewhere_and_copies_a_passage_is_of_the_claim_that_it_copies(newsroom, matcher):
    record = newsroom.record(newsroom.add(REPORT))

    own = matcher.find(TENANT, headline(matcher, ELSEWHERE))
    told_anew = matcher.find(TENANT, headline(matcher, f"{ELSEWHERE}\nHelen Brann says: {SEIZED} and {SMOKE}"))
    copying = matcher.find(TENANT, headline(matcher, f"{ELSEWHERE}\nHelen Brann says: {PASSAGE}"))

    assert own.same == told_anew.same == ()
    assert [claim_id for claim_id, _ in copying.same] == [record.claim_id]


def test_what_a_report_copies_goes_before_what_says_its_first_sentence_within_another(newsroom, matcher):
    copied = newsroom.record(newsroom.add(REPORT))
    said = newsroom.record(newsroom.add(f"Dela Marsh says: {SMOKE}\nDela Marsh says: {MILL}"), 1)
    begins_like_it = f"Helen Brann says: {MILL}\n{ELSEWHERE}"

    alone = matcher.find(TENANT, headline(matcher, begins_like_it))
    copying = matcher.find(TENANT, headline(matcher, f"{begins_like_it}\nHelen Brann says: {PASSAGE}"))

    assert [claim_id for claim_id, _ in alone.same] == [said.claim_id]
    assert [claim_id for claim_id, _ in copying.same] == [copied.claim_id, said.claim_id]


def test_at_most_so_many_candidates_are_compared(newsroom, matcher, monkeypatch):
    monkeypatch.setattr(matching, "VERIFIED", 2)
    for n in range(4):
        newsroom.add(f"Owen Strand says: {MILL.replace('40', str(90 + n))} in week {n}", publisher=str(n))
    asked = []

    class Watched:
        def __getattr__(self, name):
            return getattr(newsroom.store, name)

        def signatures(self, tenant, claim_ids):
            asked.append(len(claim_ids))
            return newsroom.store.signatures(tenant, claim_ids)

    SignatureMatcher(Watched(), embed).find(TENANT, sentence(matcher, MILL))

    assert asked == [2]


def test_of_several_claims_each_is_found_as_if_it_were_alone(newsroom, matcher):
    for n in range(3):
        newsroom.add(f"Owen Strand says: {MILL.replace('40', str(90 + n))}", publisher=str(n))
    asked = [sentence(matcher, text) for text in (MILL, MILL.replace("40", "91"), "Tom Perrin sold a boat")]

    assert matcher.find_all(TENANT, asked) == [matcher.find(TENANT, signature) for signature in asked]
    assert matcher.find_all(TENANT, []) == []


def test_records_whose_reports_tell_one_story_are_alike_and_others_are_not(newsroom, matcher):
    first, second, apart = (
        newsroom.record(newsroom.add(text, publisher=text)).claim_id
        for text in (STORY[0], STORY[1], f"Tom Perrin says: {MILL}")
    )
    assert matcher.alike(TENANT, first, [second, apart]) == ()

    newsroom.add(STORY[0] + " as smoke hid the ferry to Marrenport from the fishermen", publisher="Record")

    assert apart not in matcher.alike(TENANT, first, [second, apart])


def test_records_that_share_little_but_names_are_not_alike(newsroom, matcher):
    one, other = (newsroom.record(newsroom.add(text, publisher=text)).claim_id for text in STORY[:2])
    kept = newsroom.store.signatures(TENANT, [one, other])
    far = kept[other].model_copy(
        update={"story": kept[other].story.model_copy(update={"terms": kept[one].story.terms})}
    )
    near = far.model_copy(update={"story": kept[one].story})

    for version, signature, alike in ((10**18, near, (other,)), (10**18 + 1, far, ())):
        newsroom.store.put_signatures(TENANT, {other: (version, signature)})
        assert matcher.alike(TENANT, one, [other]) == alike


def test_a_record_without_a_story_or_that_is_gone_is_like_nothing(newsroom, matcher):
    article_id = newsroom.add(STORY[0], f"Tom Perrin says: {MILL}")
    head, other = newsroom.record(article_id).claim_id, newsroom.record(article_id, 1).claim_id

    assert matcher.alike(TENANT, head, [head]) == (head,)
    assert matcher.alike(TENANT, head, [other, "clm_none"]) == ()
    assert matcher.alike(TENANT, other, [head]) == ()
    assert matcher.alike(TENANT, "clm_none", [head]) == ()


def test_another_tenant_s_records_are_not_found(newsroom, matcher):
    newsroom.add(f"Owen Strand says: {SMOKE}")

    assert matcher.find("rival", sentence(matcher, SMOKE)).same == ()
