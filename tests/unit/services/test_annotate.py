"""An article in, its annotations and claim records stored; jobs for what takes longer; and out again."""

from datetime import timedelta
from functools import partial
from itertools import count, permutations

import pytest

from secondsource.errors import FetchFailed, NotFound, TooLarge, Unavailable, UnprocessableInput
from secondsource.model import FlagCode, JobStatus, MediaKind, Submission
from secondsource.services.annotate import AT_ONCE_SECONDS, JOB_DAYS, LONGEST_PAUSE, MAX_ATTEMPTS, PAUSES
from secondsource.services.changes import GONE
from secondsource.services.compare import Compare
from secondsource.services.follow import Follow
from secondsource.services.recount import recount
from tests.unit.services import living
from tests.unit.services.newsroom import (
    FALSE,
    NOBODY,
    SEIZED,
    START,
    STORY,
    TENANT,
    Clock,
    Crash,
    Crashing,
    Newsroom,
    Page,
    analyse,
)

FELL = "Owen Strand says: The bridge at Marun fell into the river on Monday"
FELL_TOO = "Dela Marsh says: On Monday the old bridge of Marun fell and lay in the river"
DENIED = "Helen Brann denies: The bridge at Marun fell into the river"
STANDS = "Helen Brann says: The bridge at Marun has not fall into the river"
OTHER = "Clara Venning says: A new library opened in Harrow with 400 seats"
URL = "https://courier.example/bridge"
PAGE = f"<html><head><title>Bridge falls</title></head><body><article><p>{FELL}, and it took a van with it.</p></article></body></html>"


@pytest.fixture
def newsroom():
    return Newsroom()


# --- at once ---------------------------------------------------------------------------------------


def test_a_text_is_annotated_at_once_and_stored_as_it_came(newsroom):
    submitted = newsroom.submit(FELL, title="Bridge falls", publisher="Courier", byline="A. Corrow", url=URL)

    assert (submitted.created, submitted.job) == (True, None)
    article = newsroom.article(submitted.article_id)
    assert article.text == FELL
    assert article.kind == MediaKind.TEXT
    assert (article.title, article.publisher, article.byline, article.url) == (
        "Bridge falls",
        "Courier",
        "A. Corrow",
        URL,
    )
    assert article.language == "en"
    assert article.added_at > START


def test_each_claim_gets_a_record_that_knows_its_article(newsroom):
    article_id = newsroom.add(FELL, OTHER)

    claims = newsroom.article(article_id).analysis.claims
    assert len({claim.claim_id for claim in claims}) == 2
    for n, claim in enumerate(claims):
        record = newsroom.record(article_id, n)
        assert record.claim_id == claim.claim_id
        assert record.text == claim.text
        assert record.articles == (article_id,)
        assert record.origins is not None
        assert [o.article_id for o in newsroom.store.occurrences(TENANT, record.claim_id)] == [article_id]


def test_the_keys_by_which_a_claim_is_found_are_stored_with_it(newsroom):
    claim = newsroom.article(newsroom.add(FELL)).analysis.claims[0]
    (occurrence,) = newsroom.store.occurrences(TENANT, claim.claim_id)

    assert 0 < len(occurrence.facts.keys) <= 31
    assert newsroom.store.candidates(TENANT, occurrence.facts.keys, 25).found[0].claim_id == claim.claim_id


def test_an_article_without_claims_is_stored_with_the_reason(newsroom):
    article = newsroom.article(newsroom.add("A quiet day."))

    assert article.analysis.claims == ()
    assert article.analysis.reason
    assert newsroom.records() == []


def test_html_is_read_and_what_the_caller_says_goes_before_its_markup(newsroom):
    submitted = newsroom.annotate.submit(TENANT, Submission(html=PAGE, url=URL, title="The caller's title"))

    article = newsroom.article(submitted.article_id)
    assert article.kind == MediaKind.HTML
    assert "fell into the river" in article.text
    assert "<" not in article.text
    assert (article.title, article.url) == ("The caller's title", URL)


def test_the_title_of_the_markup_serves_where_the_caller_gives_none(newsroom):
    submitted = newsroom.annotate.submit(TENANT, Submission(html=PAGE, url=URL))

    assert newsroom.article(submitted.article_id).title == "Bridge falls"


# --- the same again ----------------------------------------------------------------------------------


def test_the_same_content_again_is_known_and_not_analysed_again(newsroom):
    first = newsroom.submit(FELL, publisher="Courier")
    before = newsroom.state()

    again = newsroom.submit(FELL, publisher="Courier")

    assert (again.article_id, again.created) == (first.article_id, False)
    assert len(newsroom.analysed) == 1
    assert newsroom.state() == before


def test_ids_follow_from_tenant_and_content_alone():
    first, second = (Newsroom(Clock(step)) for step in (1, 99))
    second.add(OTHER)

    one, other = first.submit(FELL), second.submit(FELL)

    assert one.article_id == other.article_id
    assert one.article_id is not None
    assert one.article_id.startswith("art_") and len(one.article_id) == 30
    assert [c.claim_id for c in first.article(one.article_id).analysis.claims] == [
        c.claim_id for c in second.article(other.article_id).analysis.claims
    ]


@pytest.mark.parametrize("given", [{"publisher": "Courier"}, {"title": "Bridge falls"}, {"url": URL}])
def test_the_same_words_elsewhere_are_another_article(newsroom, given):
    assert newsroom.submit(FELL).article_id != newsroom.submit(FELL, **given).article_id


def test_another_tenant_has_an_article_and_claims_of_its_own(newsroom):
    here, there = newsroom.submit(FELL), newsroom.submit(FELL, tenant="other")

    assert there.created
    assert here.article_id != there.article_id
    assert newsroom.store.get_article("other", here.article_id) is None
    assert [record.articles for record in newsroom.records("other")] == [(there.article_id,)]
    assert not {r.claim_id for r in newsroom.records()} & {r.claim_id for r in newsroom.records("other")}


# --- the same claim in two articles ------------------------------------------------------------------


def test_two_articles_that_say_the_same_share_a_record_and_have_two_origins(newsroom):
    first, second = newsroom.add(FELL, publisher="Courier"), newsroom.add(FELL_TOO, publisher="Record")

    record = newsroom.record(first)
    assert record == newsroom.record(second)
    assert record.articles == (first, second)
    assert record.origins is not None
    assert record.origins.best == 2
    assert FlagCode.SINGLE_SOURCE not in [flag.code for flag in record.flags]


def test_an_article_that_was_single_source_yesterday_is_not_today(newsroom):
    first = newsroom.add(FELL, publisher="Courier")
    assert FlagCode.SINGLE_SOURCE in [flag.code for flag in newsroom.record(first).flags]

    newsroom.add(FELL_TOO, publisher="Record")

    assert newsroom.record(first).flags == ()


def test_a_denial_in_another_article_disputes_the_claim(newsroom):
    first = newsroom.add(FELL, publisher="Courier")
    second = newsroom.add(DENIED, publisher="Tribune")

    record = newsroom.record(first)
    assert record.articles == (first, second)
    assert record.contested_by == ("Helen Brann",)
    assert record.origins is not None
    assert record.origins.best == 1
    assert FlagCode.DISPUTED in [flag.code for flag in record.flags]


def test_a_statement_that_contradicts_a_claim_disputes_it_and_has_a_record_of_its_own(newsroom):
    first = newsroom.add(FELL, publisher="Courier")
    second = newsroom.add(STANDS, publisher="Tribune")

    assert newsroom.record(first).contested_by == ("Helen Brann",)
    assert newsroom.record(second).claim_id != newsroom.record(first).claim_id
    assert newsroom.record(second).contested_by == ("Owen Strand",)
    for article_id in (first, second):
        record = newsroom.record(article_id)
        assert record.origins is not None
        assert (record.origins.best, record.origins.groups) == (1, ((article_id,),))
        assert {flag.code for flag in record.flags} == {FlagCode.SINGLE_SOURCE, FlagCode.DISPUTED}


def test_what_contradicts_a_claim_can_make_its_record_again(newsroom):
    first = newsroom.record(newsroom.add(FELL, publisher="Courier"))
    newsroom.add(STANDS, publisher="Tribune")
    newsroom.store.delete_occurrences(TENANT, first.articles[0])
    newsroom.store.delete_claim(TENANT, first.claim_id)

    again = recount(newsroom.store, newsroom.clock, TENANT, first.claim_id)

    assert again is not None
    assert (again.text, again.facts) == (first.text, first.facts)
    assert again.contested_by == ("Helen Brann",)


def test_against_a_record_that_is_deleted_meanwhile_nothing_is_stored():
    newsroom = Newsroom()
    first = newsroom.add(FELL, publisher="Courier")
    claim_id = newsroom.record(first).claim_id

    class Deleting:
        """A store whose other user deletes the first article when the second is analysed and compared."""

        def __getattr__(self, name):
            return getattr(newsroom.store, name)

        def get_claims(self, tenant, claim_ids):
            found = newsroom.store.get_claims(tenant, claim_ids)
            if claim_id in found:
                newsroom.annotate.delete(TENANT, first)
            return found

    second = Newsroom(newsroom.clock, Deleting()).add(STANDS, publisher="Tribune")

    assert [record.articles for record in newsroom.records()] == [(second,)]
    assert newsroom.store.occurrences(TENANT, claim_id) == ()


@pytest.mark.parametrize("call", range(1, 28))
def test_an_article_that_is_deleted_while_its_opposite_comes_in_leaves_nothing(call):
    newsroom = Newsroom()
    first = newsroom.add(FELL, publisher="Courier")

    class Deleting:
        """A store whose other user deletes the first article behind the so many-th call."""

        left = call

        def __getattr__(self, name):
            inner = getattr(newsroom.store, name)

            def call(*arguments, **named):
                answer = inner(*arguments, **named)
                self.left -= 1
                if self.left == 0:
                    assert newsroom.annotate.delete(TENANT, first)
                return answer

            return call

    store = Deleting()
    second = Newsroom(newsroom.clock, store).add(STANDS, publisher="Tribune")

    assert store.left <= 0
    assert [record.articles for record in newsroom.records()] == [(second,)]
    assert set(newsroom.state()[0]) == {second}


def test_a_writer_that_loses_every_time_has_been_counted_and_does_not_fail(newsroom):
    first = newsroom.add(FELL, publisher="Courier")

    class Losing:
        """A store in which somebody else counts first, every time."""

        def __getattr__(self, name):
            return getattr(newsroom.store, name)

        def update_claim(self, tenant, record, event=None):
            recount(newsroom.store, newsroom.clock, tenant, record.claim_id)
            newsroom.store.update_claim(tenant, record, event)

    second = Newsroom(newsroom.clock, Losing()).add(FELL_TOO, publisher="Record")

    assert set(newsroom.record(first).articles) == {first, second}


def test_flags_that_an_article_changes_and_its_deletion_changes_back_are_two_events(newsroom):
    first = newsroom.add(FELL, publisher="Courier")
    assert living.events(newsroom.store, TENANT) == []

    second = newsroom.add(DENIED, publisher="Tribune")
    newsroom.annotate.delete(TENANT, second)

    come, gone = living.events(newsroom.store, TENANT)
    assert FlagCode.DISPUTED in {flag.code for flag in come.after} - {flag.code for flag in come.before}
    assert gone.before == come.after
    assert gone.after == come.before
    # Of the article that is deleted neither event says a word any more.
    assert come.articles == gone.articles == (first,)
    assert "Tribune" not in come.model_dump_json() and second not in come.model_dump_json()
    assert {flag.reason for flag in gone.before} == {GONE, come.before[0].reason}


def test_who_follows_misses_no_article_that_takes_long_and_is_overtaken():
    clock = Clock(step=0)
    told, position = [], None

    def follow():
        nonlocal position
        page = Follow(newsroom.store, clock).events(TENANT, 100, position)
        told.extend(event.article_id for event in page.items)
        position = page.next

    def slow(extracted, article_id):
        if extracted.text == FELL:
            clock.at += timedelta(seconds=1)
            overtaking.append(newsroom.add(OTHER))
            clock.at += timedelta(seconds=20)
            follow()
        return analyse(extracted, article_id)

    newsroom, overtaking = Newsroom(clock, analyser=slow), []
    article_id = newsroom.add(FELL)
    for _ in range(2):
        clock.at += timedelta(seconds=20)
        follow()

    assert told == [*overtaking, article_id]
    assert newsroom.article(article_id).added_at == START


def test_a_contradiction_disputes_the_claim_whichever_came_first(newsroom):
    newsroom.add(STANDS, publisher="Tribune")
    second = newsroom.add(FELL, publisher="Courier")

    assert newsroom.record(second).contested_by == ("Helen Brann",)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_contradiction_that_nobody_is_named_for_is_disputed_whichever_came_first(newsroom, order):
    told = [(FELL, "Courier"), (STANDS.replace("Helen Brann", NOBODY), "Tribune")]
    ids = {n: newsroom.add(told[n][0], publisher=told[n][1]) for n in order}

    assert newsroom.record(ids[1]).contested_by == ("Owen Strand",)
    assert newsroom.record(ids[0]).contested_by == ()
    assert not newsroom.annotate._put_again(TENANT, newsroom.article(ids[1]))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_article_that_calls_the_claim_false_disputes_it_whichever_came_first(newsroom, order):
    told = [(STORY[0], "Courier"), (FALSE, "Tribune")]
    ids = {n: newsroom.add(told[n][0], publisher=told[n][1]) for n in order}

    (record,) = newsroom.records()

    assert record.text == SEIZED
    assert set(record.articles) == set(ids.values())
    assert record.origins is not None
    assert record.origins.groups == ((ids[0],),)
    assert record.contested_by == ("Helen Brann",)
    compared = Compare(newsroom.store).compare(TENANT, list(ids.values())).claims[0]
    assert (compared.reports, compared.disputed_in) == ((ids[0],), (ids[1],))


def test_an_article_that_calls_it_false_without_naming_anybody_disputes_it_by_its_outlet(newsroom):
    newsroom.add(STORY[0], publisher="Courier")
    debunk = newsroom.add(FALSE, publisher="Tribune")
    (record,) = newsroom.records()
    (itself,) = (o for o in newsroom.store.occurrences(TENANT, record.claim_id) if o.article_id == debunk)
    newsroom.store.put_occurrence(TENANT, itself.model_copy(update={"denied_by": ()}))

    recount(newsroom.store, newsroom.clock, TENANT, record.claim_id)

    (record,) = newsroom.records()
    assert record.contested_by == ("Tribune",)
    assert [f.code for f in record.flags if f.code is FlagCode.DISPUTED] == [FlagCode.DISPUTED]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_an_article_that_calls_the_claim_false_does_not_dispute_its_opposite(newsroom, order):
    fell = FELL.removeprefix("Owen Strand says: The")
    told = [(FELL, "Courier"), (STANDS, "Tribune"), (f"Dela Marsh says: Reports that the{fell} are false", "Record")]
    ids = {n: newsroom.add(told[n][0], publisher=told[n][1]) for n in order}

    assert "Dela Marsh" in newsroom.record(ids[0]).contested_by
    assert "Dela Marsh" not in newsroom.record(ids[1]).contested_by


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_headline_that_says_the_opposite_stands_beside_the_claim_also_where_nobody_is_named_for_it(newsroom, order):
    told = [(FELL, "Courier"), (STANDS.replace("Helen Brann", NOBODY), "Tribune")]
    ids = {n: newsroom.add(told[n][0], publisher=told[n][1]) for n in order}

    occurrences = newsroom.store.occurrences(TENANT, newsroom.record(ids[0]).claim_id)

    assert {o.article_id: o.reporting for o in occurrences} == {ids[0]: True, ids[1]: False}


def test_other_claims_stay_apart(newsroom):
    first, second = newsroom.add(FELL), newsroom.add(OTHER)

    assert newsroom.record(first).claim_id != newsroom.record(second).claim_id
    assert len(newsroom.records()) == 2


def test_another_number_is_another_record(newsroom):
    first, second = newsroom.add(OTHER), newsroom.add(OTHER.replace("400", "900"))

    assert newsroom.record(first).claim_id != newsroom.record(second).claim_id


def test_two_statements_of_one_article_under_one_record_are_one_occurrence(newsroom):
    newsroom.add(FELL)
    article_id = newsroom.add(FELL_TOO, "Sam Okerl says: The bridge at Marun fell into the river in the morning")

    claims = newsroom.article(article_id).analysis.claims
    assert claims[0].claim_id == claims[1].claim_id
    (occurrence,) = [o for o in newsroom.store.occurrences(TENANT, claims[0].claim_id) if o.article_id == article_id]
    assert {source.name for source in occurrence.sources} == {"Dela Marsh", "Sam Okerl"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_a_record_says_does_not_depend_on_the_order_of_arrival(order):
    told = [
        (FELL, "Courier"),
        ("The Courier reports: The bridge at Marun fell into the river", "Record"),
        (DENIED, "Tribune"),
    ]
    newsroom = Newsroom()
    ids = {n: newsroom.add(told[n][0], publisher=told[n][1]) for n in order}

    record = newsroom.record(ids[0])

    assert set(record.articles) == set(ids.values())
    assert record.origins is not None
    assert (record.origins.low, record.origins.best, record.origins.high) == (1, 1, 1)
    assert record.contested_by == ("Helen Brann",)
    assert {flag.code for flag in record.flags} == {
        FlagCode.SINGLE_SOURCE,
        FlagCode.SHARED_ORIGIN,
        FlagCode.DISPUTED,
    }


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_an_article_credits_with_its_story_reaches_its_other_claims_in_whatever_order_they_come(order):
    slept = "Nobody says: Four hundred people slept in the school of Marun"
    told = [
        ((FELL, slept), "Courier"),
        (("The Courier reports: The bridge at Marun fell into the river", slept), "Record"),
        ((OTHER,), "Tribune"),
    ]
    newsroom = Newsroom()
    ids = {n: newsroom.add(*told[n][0], publisher=told[n][1]) for n in order}

    record = newsroom.record(ids[0], 1)

    assert set(record.articles) == {ids[0], ids[1]}
    assert record.origins is not None
    assert (record.origins.low, record.origins.best, record.origins.high) == (1, 1, 2)
    newsroom.annotate.delete(TENANT, ids[0])
    left = newsroom.record(ids[1], 1)
    assert left.origins is not None
    assert [edge.target for edge in left.origins.edges] == ["outlet:courier"]


# --- what does not fit -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "submission",
    [
        Submission(),
        Submission(text=FELL, html=PAGE),
        Submission(title="Bridge falls"),
        Submission(text=FELL, html=PAGE, url=URL),
    ],
)
@pytest.mark.parametrize("respond_async", [False, True])
def test_not_exactly_one_of_text_html_and_url_is_refused(newsroom, submission, respond_async):
    with pytest.raises(UnprocessableInput):
        newsroom.annotate.submit(TENANT, submission, respond_async)

    assert newsroom.queue.sent == []


def test_a_text_over_the_limit_is_refused_and_nothing_stored(newsroom):
    with pytest.raises(TooLarge):
        newsroom.submit("x" * 200_001)

    assert newsroom.state() == ({}, {}, {})


def test_half_a_surrogate_is_refused(newsroom):
    with pytest.raises(UnprocessableInput):
        newsroom.submit("The dam holds \ud800.")


# --- URLs --------------------------------------------------------------------------------------------------


def test_a_url_that_answers_quickly_is_annotated_at_once(newsroom):
    newsroom.web.answers[URL] = Page(URL + "?final", PAGE)

    submitted = newsroom.submit(None, url=URL)

    article = newsroom.article(submitted.article_id)
    assert (submitted.created, article.kind, article.title) == (True, MediaKind.URL, "Bridge falls")
    assert article.url is not None and article.url.startswith(URL)
    assert newsroom.web.asked == [(URL, AT_ONCE_SECONDS)]
    assert newsroom.queue.sent == []


def test_a_url_of_plain_text_is_taken_as_it_is(newsroom):
    newsroom.web.answers[URL] = Page(URL, FELL, "text/plain")

    assert newsroom.article(newsroom.submit(None, url=URL).article_id).text == FELL


def test_a_url_that_takes_its_time_becomes_a_job_in_the_queue(newsroom):
    newsroom.web.answers[URL] = FetchFailed("timeout", retryable=True)

    submitted = newsroom.submit(None, url=URL)

    assert (submitted.article_id, submitted.created) == (None, False)
    job = submitted.job
    assert job is not None
    assert (job.status, job.attempts, job.submission.url) == (JobStatus.QUEUED, 0, URL)
    assert (job.expires_at - job.created_at).days == JOB_DAYS
    assert newsroom.queue.sent == [(TENANT, job.id)]
    assert newsroom.queue.readable == [True]
    assert newsroom.store.get_job(TENANT, job.id) == job


def test_a_url_that_can_never_be_fetched_fails_at_once(newsroom):
    newsroom.web.answers[URL] = FetchFailed("url-not-allowed")

    with pytest.raises(FetchFailed) as failure:
        newsroom.submit(None, url=URL)

    assert failure.value.code == "url-not-allowed"
    assert newsroom.queue.sent == []


# --- jobs --------------------------------------------------------------------------------------------------


def queued(newsroom, answer):
    """The id of a queued job for a URL that answers this."""
    newsroom.web.answers[URL] = answer
    job = newsroom.submit(None, url=URL, respond_async=True).job
    assert job is not None
    return job.id


def test_asked_to_answer_later_nothing_is_fetched_or_annotated_yet(newsroom):
    job = newsroom.submit(FELL, respond_async=True).job

    assert job is not None
    assert job.status == JobStatus.QUEUED
    assert newsroom.analysed == []
    assert newsroom.queue.sent == [(TENANT, job.id)]


def test_a_request_that_is_sent_again_is_the_same_job_for_a_day(newsroom):
    ask = partial(newsroom.annotate.submit, TENANT, Submission(text=FELL), True)
    job = ask(request="key").job

    assert ask(request="key").job == job
    assert ask(request="other").job.id != job.id
    newsroom.clock.at += timedelta(hours=23)
    assert ask(request="key").job == job
    newsroom.clock.at += timedelta(hours=1)
    newest = ask(request="key").job
    assert newest.id != job.id
    assert newest.id in [job_id for _, job_id in newsroom.queue.sent]
    newsroom.clock.at += timedelta(days=JOB_DAYS)
    assert ask(request="key").job.status == JobStatus.QUEUED


def test_a_job_that_is_run_is_done_and_names_its_article(newsroom):
    job = newsroom.submit(FELL, respond_async=True).job

    done = newsroom.annotate.run_job(TENANT, job.id)

    assert (done.status, done.attempts, done.error) == (JobStatus.DONE, 1, None)
    assert newsroom.article(done.article_id).kind == MediaKind.TEXT
    assert done.updated_at > job.updated_at
    assert newsroom.store.get_job(TENANT, job.id) == done


def test_a_job_fetches_with_the_whole_deadline(newsroom):
    done = newsroom.annotate.run_job(TENANT, queued(newsroom, Page(URL, PAGE)))

    assert newsroom.article(done.article_id).kind == MediaKind.URL
    assert newsroom.web.asked == [(URL, None)]


def test_a_job_that_is_done_is_not_done_again(newsroom):
    job_id = queued(newsroom, Page(URL, PAGE))
    done = newsroom.annotate.run_job(TENANT, job_id)

    assert newsroom.annotate.run_job(TENANT, job_id) == done
    assert len(newsroom.web.asked) == 1


def test_a_job_for_content_that_is_known_answers_the_known_article(newsroom):
    article_id = newsroom.add(FELL)
    job = newsroom.submit(FELL, respond_async=True).job

    assert newsroom.annotate.run_job(TENANT, job.id).article_id == article_id


def test_a_failure_that_may_pass_is_tried_again_and_then_is_final(newsroom):
    job_id = queued(newsroom, FetchFailed("timeout", "It took too long.", retryable=True))

    for attempt in range(1, MAX_ATTEMPTS):
        with pytest.raises(FetchFailed):
            newsroom.annotate.run_job(TENANT, job_id)
        assert newsroom.store.get_job(TENANT, job_id).status == JobStatus.RUNNING
        assert newsroom.store.get_job(TENANT, job_id).attempts == attempt
    failed = newsroom.annotate.run_job(TENANT, job_id)

    assert (failed.status, failed.attempts, failed.article_id) == (JobStatus.FAILED, MAX_ATTEMPTS, None)
    assert failed.error is not None
    assert (failed.error.code, failed.error.detail) == ("timeout", "It took too long.")


def test_a_job_succeeds_when_a_later_attempt_does(newsroom):
    job_id = queued(newsroom, FetchFailed("timeout", retryable=True))
    with pytest.raises(FetchFailed):
        newsroom.annotate.run_job(TENANT, job_id)
    newsroom.web.answers[URL] = Page(URL, PAGE)

    done = newsroom.annotate.run_job(TENANT, job_id)

    assert (done.status, done.attempts) == (JobStatus.DONE, 2)


def put_off(newsroom, job_id, retry_after=None) -> int:
    """Run a job whose page cannot be fetched, as the worker does; answers after how many seconds it is run again."""
    newsroom.web.answers[URL] = FetchFailed("http-503", retryable=True, retry_after=retry_after)
    with pytest.raises(FetchFailed) as failed:
        newsroom.annotate.run_job(TENANT, job_id)
    before = len(newsroom.queue.sent)
    newsroom.annotate.put_off_job(TENANT, job_id, failed.value)
    assert newsroom.queue.sent[before:] == [(TENANT, job_id)]
    return newsroom.queue.delays[-1]


def test_a_job_that_is_put_off_comes_soon_at_first_and_then_later(newsroom):
    job_id = queued(newsroom, FetchFailed("timeout", retryable=True))
    assert [put_off(newsroom, job_id) for _ in range(MAX_ATTEMPTS - 1)] == list(PAUSES) == sorted(PAUSES)
    assert newsroom.annotate.run_job(TENANT, job_id).status is JobStatus.FAILED


@pytest.mark.parametrize(
    ("asked", "waits"), [(None, PAUSES[0]), (1, PAUSES[0]), (120, 120), (LONGEST_PAUSE + 1, LONGEST_PAUSE)]
)
def test_a_job_is_put_off_for_as_long_as_the_site_asks_within_bounds(newsroom, asked, waits):
    assert put_off(newsroom, queued(newsroom, FetchFailed("timeout", retryable=True)), asked) == waits


@pytest.mark.parametrize(("asked", "waits"), [(None, 0), (120, 120), (LONGEST_PAUSE + 1, LONGEST_PAUSE)])
def test_a_page_that_asks_to_come_later_at_once_is_a_job_for_then(newsroom, asked, waits):
    newsroom.web.answers[URL] = FetchFailed("http-429", retryable=True, retry_after=asked)
    assert newsroom.annotate.submit(TENANT, Submission(url=URL)).job.status is JobStatus.QUEUED
    assert newsroom.queue.delays == [waits]


def test_a_job_that_is_over_or_gone_is_not_put_off(newsroom):
    failure = FetchFailed("timeout", retryable=True)
    done = queued(newsroom, Page(URL, PAGE))
    newsroom.annotate.run_job(TENANT, done)
    newsroom.queue.sent.clear()
    for job_id in (done, "job_none"):
        newsroom.annotate.put_off_job(TENANT, job_id, failure)
    assert newsroom.queue.sent == []


def test_a_message_that_comes_twice_spends_the_tries_of_its_job_and_no_more(newsroom):
    job_id = queued(newsroom, FetchFailed("timeout", retryable=True))
    put_off(newsroom, job_id)
    put_off(newsroom, job_id)
    newsroom.web.answers[URL] = Page(URL, PAGE)
    first, second = (newsroom.annotate.run_job(TENANT, job_id) for _ in range(2))
    assert first == second and first.status is JobStatus.DONE
    assert newsroom.web.asked == [(URL, None)] * 3


@pytest.mark.parametrize("code", ["url-not-allowed", "http-404", "unsupported-type"])
def test_a_failure_that_lasts_is_final_at_the_first_attempt(newsroom, code):
    failed = newsroom.annotate.run_job(TENANT, queued(newsroom, FetchFailed(code)))

    assert (failed.status, failed.attempts) == (JobStatus.FAILED, 1)
    assert failed.error is not None
    assert failed.error.code == code


def test_a_page_that_is_too_large_fails_the_job(newsroom):
    failed = newsroom.annotate.run_job(TENANT, queued(newsroom, Page(URL, "x" * 200_001, "text/plain")))

    assert failed.status == JobStatus.FAILED
    assert failed.error is not None
    assert failed.error.code == "too-large"


def test_a_job_that_failed_is_not_tried_again(newsroom):
    job_id = queued(newsroom, FetchFailed("http-404"))
    failed = newsroom.annotate.run_job(TENANT, job_id)
    newsroom.web.answers[URL] = Page(URL, PAGE)

    assert newsroom.annotate.run_job(TENANT, job_id) == failed


def test_a_store_out_of_reach_is_the_queues_affair():
    def away(extracted, article_id):
        raise Unavailable

    newsroom = Newsroom(analyser=away)
    job = newsroom.submit(FELL, respond_async=True).job

    with pytest.raises(Unavailable):
        newsroom.annotate.run_job(TENANT, job.id)

    assert newsroom.store.get_job(TENANT, job.id).status == JobStatus.RUNNING


@pytest.mark.parametrize("tenant", [TENANT, "other"])
def test_a_job_that_is_none_of_the_tenants_is_not_found(newsroom, tenant):
    job_id = queued(newsroom, Page(URL, PAGE))

    with pytest.raises(NotFound):
        newsroom.annotate.run_job(tenant, job_id if tenant == "other" else "job_none")


def test_a_job_that_can_not_be_worked_on_is_marked_failed(newsroom):
    job_id = queued(newsroom, Page(URL, PAGE))

    newsroom.annotate.fail_job(TENANT, job_id, "gave-up", "It was delivered too often.")

    job = newsroom.store.get_job(TENANT, job_id)
    assert (job.status, job.error.code) == (JobStatus.FAILED, "gave-up")


def test_a_job_that_is_done_is_not_marked_failed(newsroom):
    job_id = queued(newsroom, Page(URL, PAGE))
    done = newsroom.annotate.run_job(TENANT, job_id)

    newsroom.annotate.fail_job(TENANT, job_id, "gave-up", "It was delivered too often.")
    newsroom.annotate.fail_job(TENANT, "job_none", "gave-up", "It was delivered too often.")

    assert newsroom.store.get_job(TENANT, job_id) == done


# --- deleting ------------------------------------------------------------------------------------------------


def test_deleting_the_only_article_leaves_nothing(newsroom):
    article_id = newsroom.add(FELL, OTHER)
    claims = newsroom.article(article_id).analysis.claims

    assert newsroom.annotate.delete(TENANT, article_id)

    assert newsroom.state() == ({}, {}, {})
    for claim in claims:
        assert newsroom.store.occurrences(TENANT, claim.claim_id) == ()
        assert newsroom.store.candidates(TENANT, claim.facts.keys, 25).found == ()


def test_deleting_one_of_two_counts_their_record_anew(newsroom):
    first = newsroom.add(FELL, publisher="Courier")
    before = newsroom.state()
    second = newsroom.add(FELL_TOO, OTHER, publisher="Record")

    newsroom.annotate.delete(TENANT, second)

    assert newsroom.record(first).articles == (first,)
    assert newsroom.state() == before


def test_deleting_a_contradiction_takes_its_dispute_away(newsroom):
    first = newsroom.add(FELL, publisher="Courier")
    before = newsroom.state()

    newsroom.annotate.delete(TENANT, newsroom.add(STANDS, publisher="Tribune"))

    assert newsroom.state() == before
    assert newsroom.record(first).contested_by == ()


def test_deleting_the_first_of_two_keeps_the_record_for_the_second(newsroom):
    first, second = newsroom.add(FELL, publisher="Courier"), newsroom.add(FELL_TOO, publisher="Record")
    claim_id = newsroom.record(first).claim_id

    newsroom.annotate.delete(TENANT, first)

    assert newsroom.record(second).claim_id == claim_id
    assert newsroom.record(second).articles == (second,)


def test_what_is_not_there_or_not_the_tenants_is_not_deleted(newsroom):
    article_id = newsroom.add(FELL)
    before = newsroom.state()

    assert not newsroom.annotate.delete("other", article_id)
    assert not newsroom.annotate.delete(TENANT, "art_none")
    assert newsroom.state() == before


def test_a_deleted_article_can_be_handed_in_again(newsroom):
    article_id = newsroom.add(FELL)
    newsroom.annotate.delete(TENANT, article_id)

    assert newsroom.submit(FELL).created
    assert newsroom.record(article_id).articles == (article_id,)


# --- crashes -------------------------------------------------------------------------------------------------


def after_a_crash(action, after):
    """The state after an action that is repeated when it crashed, for a crash at each of its calls of the store."""
    for call in count(1):
        newsroom = Newsroom(Clock(0))
        prepared = action.prepare(newsroom)
        store = Crashing(newsroom.store, call, after)
        crashed = Newsroom(newsroom.clock, store)
        try:
            action.do(crashed, prepared)
        except Crash:
            action.do(newsroom, prepared)
            yield call, newsroom.state()
        else:
            if not store.spent:
                return


class Handing:
    """A second article is handed in."""

    def __init__(self, *lines, first=FELL):
        self.text, self.first = "\n".join(lines), first

    def prepare(self, newsroom):
        newsroom.add(self.first, publisher="Courier")

    def do(self, newsroom, prepared):
        newsroom.submit(self.text, publisher="Record")


class Deleting(Handing):
    """The second article is deleted."""

    def prepare(self, newsroom):
        super().prepare(newsroom)
        return newsroom.submit(self.text, publisher="Record").article_id

    def do(self, newsroom, prepared):
        newsroom.annotate.delete(TENANT, prepared)


class Tying(Handing):
    """A third article is handed in, which ties the records of two others."""

    def __init__(self):
        super().__init__(STORY[2])

    def prepare(self, newsroom):
        for n in (0, 1):
            newsroom.add(STORY[n], publisher=f"Courier {n}")


class Untying(Tying):
    """An article of a record that was merged is deleted: the last one, or one of three."""

    def __init__(self, n, alone):
        super().__init__()
        self.n, self.alone = n, alone

    def prepare(self, newsroom):
        super().prepare(newsroom)
        self.do_first(newsroom)
        ids = [article.id for article in newsroom.store.list_articles(TENANT, 10).items]
        by_publisher = {newsroom.article(article_id).publisher: article_id for article_id in ids}
        chosen = by_publisher.pop(("Courier 0", "Courier 1", "Record")[self.n])
        for article_id in by_publisher.values() if self.alone else ():
            newsroom.annotate.delete(TENANT, article_id)
        return chosen

    def do_first(self, newsroom):
        newsroom.submit(self.text, publisher="Record")

    def do(self, newsroom, prepared):
        newsroom.annotate.delete(TENANT, prepared)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "action",
    [
        Handing(FELL_TOO, OTHER),
        Handing(DENIED),
        Handing(STANDS),
        Deleting(FELL_TOO, OTHER),
        Deleting(STANDS),
        Tying(),
        Untying(0, alone=False),
        Untying(1, alone=False),
        Untying(2, alone=False),
        Untying(0, alone=True),
        Untying(1, alone=True),
        Untying(2, alone=True),
    ],
    ids=[
        "same",
        "denial",
        "contradiction",
        "delete",
        "delete contradiction",
        "merge",
        "delete the first of a merged record",
        "delete the second",
        "delete the third",
        "delete the first as the last",
        "delete the second as the last",
        "delete the third as the last",
    ],
)
def test_a_repeat_after_a_crash_at_any_call_ends_where_no_crash_would_have(action, after):
    faultless = Newsroom(Clock(0))
    action.do(faultless, action.prepare(faultless))

    ends = list(after_a_crash(action, after))

    assert len(ends) > 3
    for call, state in ends:
        assert state == faultless.state(), f"call {call}"


def test_a_repeat_after_a_crash_matches_as_the_first_try_did_unless_some_of_its_claims_were_counted_meanwhile():
    """What its claims are compared by is stored when all are counted, so that a repeat meets none of them, or all."""
    turned = "The ferry to Marrenport turned back in the smoke"
    action = Handing(f"Dela Marsh says: {turned} at noon", f"Iva Lund says: {turned}")
    faultless = Newsroom(Clock(0))
    action.do(faultless, action.prepare(faultless))

    assert all(state == faultless.state() for _, state in after_a_crash(action, after=True))


def test_the_article_can_be_read_only_when_all_that_belongs_to_it_is_there():
    """A reader between any two calls of the store finds no article whose claims have no record."""
    newsroom = Newsroom(Clock(0))
    missing = []

    class Watched:
        def __getattr__(self, name):
            inner = getattr(newsroom.store, name)

            def call(*args, **kwargs):
                answer = inner(*args, **kwargs)
                for summary in newsroom.store.list_articles(TENANT, 10).items:
                    for claim in newsroom.article(summary.id).analysis.claims:
                        if not newsroom.store.get_claims(TENANT, [claim.claim_id]):
                            missing.append((name, claim.claim_id))
                return answer

            return call

    Newsroom(newsroom.clock, Watched()).add(FELL, OTHER)

    assert missing == []
    assert len(newsroom.records()) == 2


def test_the_analyser_sees_the_text_and_the_id_under_which_it_is_stored():
    seen = []

    def watch(extracted, article_id):
        seen.append((extracted.text, extracted.title, article_id))
        return analyse(extracted, article_id)

    newsroom = Newsroom(analyser=watch)
    submitted = newsroom.submit(FELL, title="Bridge falls")

    assert seen == [(FELL, "Bridge falls", submitted.article_id)]
