from datetime import timedelta

import pytest

from secondsource.errors import NotFound
from secondsource.local.memory import MemoryStore
from secondsource.model import Job, JobStatus, Submission
from secondsource.services.read import Read
from tests.unit.present import story

OTHER = "rival"


class Clock:
    def now(self):
        return story.NOW


@pytest.fixture
def store():
    store = MemoryStore(Clock())
    store.add_article(story.TENANT, story.ARTICLE)
    store.add_claim(story.TENANT, story.ALLIANCE)
    store.add_claim(story.TENANT, story.TIMBER)
    return store


@pytest.fixture
def read(store):
    return Read(store)


def test_a_report_says_what_its_claim_records_say_now(store, read):
    before = read.report(story.TENANT, story.FIRST)
    confirmed = story.ORIGINS.model_copy(
        update={"low": 2.0, "best": 2.0, "high": 2.0, "groups": ((story.FIRST,), (story.SECOND,))}
    )
    store.update_claim(
        story.TENANT, story.ALLIANCE.model_copy(update={"origins": confirmed, "flags": (), "version": 1})
    )

    after = read.report(story.TENANT, story.FIRST)

    assert (before.claims[0].origins.best, after.claims[0].origins.best) == (1.0, 2.0)
    assert (len(before.flags), len(after.flags)) == (4, 0)


def test_an_article_that_is_only_pointed_into_is_named_all_the_same(store, read):
    third = story.EMPTY.model_copy(update={"id": story.THIRD, "publisher": "Wessingby Tribune"})
    assert story.THIRD not in read.report(story.TENANT, story.FIRST).labels

    store.add_article(story.TENANT, third)

    assert read.report(story.TENANT, story.FIRST).labels[story.THIRD] == "Wessingby Tribune"


def test_another_article_without_a_name_is_called_by_how_it_begins(store, read):
    nodes = tuple(
        node.model_copy(update={"label": story.SECOND}) if node.label == "Hinterpost" else node
        for node in story.ORIGINS.nodes
    )
    origins = story.ORIGINS.model_copy(update={"nodes": nodes})
    store.update_claim(story.TENANT, story.ALLIANCE.model_copy(update={"origins": origins, "version": 1}))
    store.add_article(story.TENANT, story.EMPTY.model_copy(update={"id": story.SECOND, "text": story.OTHER_TEXT}))

    report = read.report(story.TENANT, story.FIRST)

    begins = "“The Front and the Brigades have struck …”"
    assert report.labels == {story.FIRST: "The Courier", story.SECOND: begins}
    assert [node.label for node in report.claims[0].graph.nodes][:2] == ["The Courier", begins]


@pytest.mark.parametrize(
    "ask",
    [
        lambda read, tenant: read.report(tenant, story.FIRST),
        lambda read, tenant: read.article(tenant, story.FIRST),
        lambda read, tenant: read.annotations(tenant, story.FIRST),
        lambda read, tenant: read.annotations(tenant, story.FIRST, 0),
        lambda read, tenant: read.claim(tenant, "clm_alliance"),
        lambda read, tenant: read.job(tenant, "job_1"),
    ],
)
def test_another_tenant_s_id_answers_like_one_that_never_was(store, ask):
    store.add_job(story.TENANT, job())

    assert ask(Read(store), story.TENANT)
    with pytest.raises(NotFound) as of_another:
        ask(Read(store), OTHER)
    with pytest.raises(NotFound) as of_nobody:
        ask(Read(MemoryStore(Clock())), story.TENANT)
    assert str(of_another.value) == str(of_nobody.value)


def test_an_earlier_version_of_a_page_says_which_counts_in_its_place(store, read):
    for record in (story.ALLIANCE, story.TIMBER):
        newer = {"articles": (story.SECOND,), "replaced": {story.FIRST: story.SECOND}, "version": 1}
        store.update_claim(story.TENANT, record.model_copy(update=newer))

    assert read.report(story.TENANT, story.FIRST).replaced_by == story.SECOND


def test_an_earlier_version_that_still_counts_for_one_claim_is_not_replaced(store, read):
    newer = {"articles": (story.SECOND,), "replaced": {story.FIRST: story.SECOND}, "version": 1}
    store.update_claim(story.TENANT, story.ALLIANCE.model_copy(update=newer))
    store.update_claim(story.TENANT, story.TIMBER.model_copy(update={"origins": story.ORIGINS, "version": 1}))

    assert read.report(story.TENANT, story.FIRST).replaced_by is None


def test_lists_hold_what_is_the_tenant_s(read):
    assert [article.id for article in read.articles(story.TENANT, 10).items] == [story.FIRST]
    assert {record.claim_id for record in read.claims(story.TENANT, 10).items} == {"clm_alliance", "clm_timber"}
    assert read.articles(OTHER, 10).items == ()
    assert read.claims(OTHER, 10).items == ()


def test_lists_go_on_where_the_page_before_ended(read):
    first = read.claims(story.TENANT, 1)
    second = read.claims(story.TENANT, 1, first.next)

    assert {page.items[0].claim_id for page in (first, second)} == {"clm_alliance", "clm_timber"}
    assert second.next is None


def test_a_claim_is_read_by_its_record_s_id(read):
    assert read.claim(story.TENANT, "clm_timber") == story.TIMBER


def test_annotations_are_a_collection_and_its_pages(read):
    collection = read.annotations(story.TENANT, story.FIRST, base_url="https://api.example")
    page = read.annotations(story.TENANT, story.FIRST, 0, "https://api.example")

    assert collection["type"] == "AnnotationCollection"
    assert collection["first"] == page["id"]
    assert page["partOf"]["id"] == collection["id"]
    assert len(page["items"]) == collection["total"]
    with pytest.raises(NotFound, match="page"):
        read.annotations(story.TENANT, story.FIRST, 1)


def test_a_job_is_read_until_it_expires(store):
    store.add_job(story.TENANT, job())
    store.add_job(story.TENANT, job("job_2").model_copy(update={"expires_at": story.NOW}))

    assert Read(store).job(story.TENANT, "job_1") == job()
    with pytest.raises(NotFound):
        Read(store).job(story.TENANT, "job_2")


def job(job_id="job_1"):
    return Job(
        id=job_id,
        status=JobStatus.QUEUED,
        submission=Submission(url="https://courier.example/a"),
        created_at=story.NOW,
        updated_at=story.NOW,
        expires_at=story.NOW + timedelta(days=1),
    )
