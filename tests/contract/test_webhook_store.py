"""``ports.Publications``, ``ports.Webhooks`` and ``ports.Deliveries``, for every store."""

from datetime import timedelta

import pytest

from secondsource.errors import InvalidCursor, UnprocessableInput, VersionConflict
from secondsource.model import DeliveryStatus, Event, Post
from secondsource.ports import Store
from secondsource.stored import MOST_VERSIONS
from tests.contract.samples import (
    NOT_IDS,
    START,
    SetClock,
    annotated,
    article,
    delivery,
    job,
    publication,
    version,
    webhook,
)

LATER = START + timedelta(days=1)


def told(store: Store) -> list[Event]:
    return list(store.list_events("here", 100, LATER).items)


class TestPublications:
    def test_a_post_is_read_as_it_was_stored_and_found_by_its_versions(self, store: Store) -> None:
        store.put_publication("here", publication(1, 2))
        assert store.get_publication("here", publication().post) == publication(1, 2)
        for number in (1, 2):
            assert store.publications_of("here", f"art_{number}") == (publication(1, 2),)
        assert store.publications_of("here", "art_3") == ()

    def test_the_id_in_the_cms_may_be_any_text(self, store: Store) -> None:
        for number, name in enumerate(["#", "T#here#POST#", "\x00", "é" * 512, " ", "a"]):
            post = Post(webhook_id="here.1", external_id=name)
            store.put_publication("here", publication(number, post=post))
            assert store.get_publication("here", post) == publication(number, post=post)

    def test_posts_of_two_webhooks_are_two(self, store: Store) -> None:
        other = Post(webhook_id="here.2", external_id="p-1")
        store.put_publication("here", publication(1))
        store.put_publication("here", publication(1, post=other))
        assert {found.post for found in store.publications_of("here", "art_1")} == {publication().post, other}

    def test_a_revision_replaces_the_one_before_it_and_no_other(self, store: Store) -> None:
        with pytest.raises(VersionConflict):
            store.put_publication("here", publication(1, revision=2))
        store.put_publication("here", publication(1))
        for revision in (1, 3):
            with pytest.raises(VersionConflict):
                store.put_publication("here", publication(2, revision=revision))
        store.put_publication("here", publication(2, 3, revision=2))
        assert store.publications_of("here", "art_1") == ()
        assert store.publications_of("here", "art_3") == (publication(2, 3, revision=2),)

    def test_many_versions_may_change_at_once_and_more_are_refused(self, store: Store) -> None:
        most = range(MOST_VERSIONS)
        store.put_publication("here", publication(*most))
        others = publication(*(n + 100 for n in most), revision=2)
        store.put_publication("here", others)
        assert store.publications_of("here", "art_1") == ()
        assert store.publications_of("here", "art_139") == (others,)
        with pytest.raises(UnprocessableInput):
            store.put_publication("here", publication(*range(MOST_VERSIONS + 1), revision=3))

    def test_an_event_is_stored_with_it_or_not_at_all(self, store: Store) -> None:
        store.put_publication("here", publication(1), annotated(1))
        with pytest.raises(VersionConflict):
            store.put_publication("here", publication(2), annotated(2))
        store.put_publication("here", publication(1, 2, revision=2), annotated(3))
        assert told(store) == [annotated(1), annotated(3)]

    def test_it_is_deleted_in_the_revision_that_is_named(self, store: Store) -> None:
        store.put_publication("here", publication(1))
        with pytest.raises(VersionConflict):
            store.delete_publication("here", publication().post, 2)
        assert store.delete_publication("here", publication().post, 1) is True
        assert store.delete_publication("here", publication().post, 1) is False
        assert store.publications_of("here", "art_1") == ()
        store.put_publication("here", publication(1))
        assert store.publications_of("here", "art_1") == (publication(1),)

    def test_it_is_gone_with_the_last_of_its_versions(self, store: Store, clock: SetClock) -> None:
        ends = [START + timedelta(days=2), START + timedelta(days=5)]
        versions = tuple(version(n, expires_at=end) for n, end in enumerate(ends))
        store.put_publication("here", publication(versions=versions))
        clock.advance(days=4)
        assert store.get_publication("here", publication().post) is not None
        clock.advance(days=1)
        assert store.get_publication("here", publication().post) is None
        assert store.publications_of("here", "art_1") == ()

    def test_another_tenants_post_is_like_none(self, store: Store) -> None:
        store.put_publication("there", publication(1))
        assert store.get_publication("here", publication().post) is None
        assert store.publications_of("here", "art_1") == ()
        assert store.delete_publication("here", publication().post, 1) is False

    def test_what_is_no_id_names_none(self, store: Store) -> None:
        for name in NOT_IDS:
            assert store.get_publication("here", Post(webhook_id=name, external_id="a")) is None
            assert store.publications_of("here", name) == ()
            with pytest.raises(UnprocessableInput):
                store.put_publication("here", publication(1, post=Post(webhook_id=name, external_id="a")))


class TestEventsOfArticlesAndJobs:
    def test_an_event_is_stored_with_the_article_or_not_at_all(self, store: Store) -> None:
        assert store.add_article("here", article(), annotated(1)) is True
        assert store.add_article("here", article(), annotated(2)) is False
        assert told(store) == [annotated(1)]

    def test_an_event_is_stored_with_the_job_or_not_at_all(self, store: Store) -> None:
        from secondsource.model import JobStatus

        store.add_job("here", job())
        assert store.update_job("here", job(status=JobStatus.FAILED), annotated(1)) is True
        assert store.update_job("here", job(status=JobStatus.FAILED), annotated(2)) is False
        assert told(store) == [annotated(1)]

    def test_an_event_is_read_by_its_id(self, store: Store) -> None:
        store.add_article("here", article(), annotated(1))
        assert store.get_event("here", "evt_1") == annotated(1)
        assert store.get_event("here", "evt_2") is store.get_event("there", "evt_1") is None

    def test_events_are_found_by_the_article_and_by_the_one_that_it_replaces(self, store: Store) -> None:
        store.put_publication("here", publication(1), annotated(1))
        store.put_publication("here", publication(1, 2, revision=2), annotated(2, replaces="art_1"))
        assert {event.id for event in store.events_about("here", "art_1")} == {"evt_1", "evt_2"}
        assert store.events_about("here", "art_2") == (annotated(2, replaces="art_1"),)
        assert store.events_about("here", "art_3") == store.events_about("there", "art_1") == ()

    def test_an_event_that_forgets_an_article_is_not_found_by_it_any_more(self, store: Store) -> None:
        store.put_publication("here", publication(2), annotated(2, replaces="art_1"))
        store.change_event("here", "evt_2", lambda found: annotated(2))
        assert store.events_about("here", "art_1") == ()
        assert store.events_about("here", "art_2") == (annotated(2),)
        assert told(store) == [annotated(2)]

    def test_an_event_is_deleted_out_of_all_lists(self, store: Store) -> None:
        store.add_article("here", article(), annotated(1))
        assert store.delete_event("there", "evt_1") is False
        assert store.delete_event("here", "evt_1") is True
        assert store.delete_event("here", "evt_1") is False
        assert told(store) == []
        assert store.events_about("here", "art_1") == ()

    def test_an_event_goes_with_its_article_if_not_before(self, store: Store, clock: SetClock) -> None:
        store.add_article("here", article(), annotated(1, expires_at=START + timedelta(days=3)))
        clock.advance(days=3)
        assert store.get_event("here", "evt_1") is None
        assert told(store) == []


class TestWebhooks:
    def test_a_webhook_is_read_as_it_was_stored(self, store: Store) -> None:
        store.put_webhook("here", webhook())
        assert store.get_webhook("here", "here.1") == webhook()
        assert store.get_webhook("here", "here.2") is store.get_webhook("there", "here.1") is None

    def test_they_are_listed_oldest_first(self, store: Store) -> None:
        for number in (3, 1, 2):
            store.put_webhook("here", webhook(number))
        store.put_webhook("there", webhook(4))
        assert [found.id for found in store.list_webhooks("here")] == ["here.1", "here.2", "here.3"]

    def test_a_version_replaces_the_one_before_it_and_no_other(self, store: Store) -> None:
        with pytest.raises(VersionConflict):
            store.put_webhook("here", webhook(version=2))
        store.put_webhook("here", webhook())
        for number in (1, 3):
            with pytest.raises(VersionConflict):
                store.put_webhook("here", webhook(version=number))
        store.put_webhook("here", webhook(version=2, label="second"))
        assert store.list_webhooks("here") == (webhook(version=2, label="second"),)

    def test_it_is_deleted(self, store: Store) -> None:
        store.put_webhook("here", webhook())
        assert store.delete_webhook("there", "here.1") is False
        assert store.delete_webhook("here", "here.1") is True
        assert store.delete_webhook("here", "here.1") is False
        assert store.list_webhooks("here") == ()

    def test_what_is_no_id_names_none(self, store: Store) -> None:
        for name in NOT_IDS:
            assert store.get_webhook("here", name) is None
            assert store.delete_webhook("here", name) is False
            with pytest.raises(UnprocessableInput):
                store.put_webhook("here", webhook(id=name))


class TestDeliveries:
    def test_a_delivery_is_read_as_it_was_stored_and_added_once(self, store: Store) -> None:
        assert store.add_delivery("here", delivery()) is True
        assert store.add_delivery("here", delivery(reason="again")) is False
        assert store.get_delivery("here", "dlv_1") == delivery()
        assert store.get_delivery("here", "dlv_2") is store.get_delivery("there", "dlv_1") is None

    def test_a_version_replaces_the_one_before_it_and_no_other(self, store: Store) -> None:
        with pytest.raises(VersionConflict):
            store.update_delivery("here", delivery(version=2))
        store.add_delivery("here", delivery())
        done = delivery(version=2, status=DeliveryStatus.DELIVERED)
        store.update_delivery("here", done)
        with pytest.raises(VersionConflict):
            store.update_delivery("here", delivery(version=2))
        assert store.get_delivery("here", "dlv_1") == done

    def test_they_are_listed_newest_first_by_their_endpoint(self, store: Store) -> None:
        for number in (2, 1, 3):
            store.add_delivery("here", delivery(number))
        store.add_delivery("here", delivery(4, webhook_id="whk_2"))
        first = store.list_deliveries("here", "whk_1", 2)
        assert [found.id for found in first.items] == ["dlv_3", "dlv_2"]
        rest = store.list_deliveries("here", "whk_1", 2, first.next)
        assert ([found.id for found in rest.items], rest.next) == (["dlv_1"], None)
        for cursor in ("x", store.list_deliveries("here", "whk_1", 1).next):
            with pytest.raises(InvalidCursor):
                store.list_deliveries("here", "whk_2", 2, cursor)

    def test_it_is_gone_when_it_expires(self, store: Store, clock: SetClock) -> None:
        store.add_delivery("here", delivery(expires_at=START + timedelta(days=3)))
        clock.advance(days=3)
        assert store.get_delivery("here", "dlv_1") is None
        assert store.list_deliveries("here", "whk_1", 10).items == ()
        with pytest.raises(VersionConflict):
            store.update_delivery("here", delivery(version=2))

    def test_what_is_no_id_names_none(self, store: Store) -> None:
        for name in NOT_IDS:
            assert store.get_delivery("here", name) is None
            assert store.list_deliveries("here", name, 5).items == ()
            with pytest.raises(UnprocessableInput):
                store.add_delivery("here", delivery(id=name))
