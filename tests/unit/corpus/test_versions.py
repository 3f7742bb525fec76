"""A page that is submitted again is one report, and its newest version is the one that counts."""

from datetime import timedelta
from itertools import permutations

import pytest

from secondsource.corpus.versions import newest, page
from tests.unit.corpus.reports import START, person, report

STRAND = person("Owen Strand")
PAGE = "https://orrinpost.example/mill/closure"


def version(name, hours, url=PAGE, publisher="Orrin Post"):
    made = report(name, STRAND, url=url)
    return made.model_copy(update={"publisher": publisher, "added_at": START + timedelta(hours=hours)})


def ids(occurrences):
    return [o.article_id for o in occurrences]


@pytest.mark.parametrize(
    "other",
    [
        "https://orrinpost.example/mill/closure?utm_source=feed&utm_medium=rss",
        "https://orrinpost.example/mill/closure/?fbclid=IwAR1",
        "http://www.orrinpost.example/mill/closure",
        "https://ORRINPOST.example:443/mill/closure?CMP=share_btn",
    ],
)
def test_addresses_of_one_page_are_one(other):
    assert page(other) == page(PAGE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAGE, "https://orrinpost.example/mill/closures"),
        (PAGE, "https://orrinpost.example/Mill/Closure"),
        (PAGE, "https://brellinpost.example/mill/closure"),
        (PAGE, "https://orrinpost.example:8443/mill/closure"),
        ("https://orrinpost.example/story?id=4", "https://orrinpost.example/story?id=5"),
        ("https://orrinpost.example/story?utm=4", "https://orrinpost.example/story?utm=5"),
    ],
)
def test_addresses_of_two_pages_are_two(one, other):
    assert page(one) != page(other)


def test_the_order_of_parameters_does_not_matter():
    assert page("https://orrinpost.example/story?id=4&part=2") == page("https://orrinpost.example/story?part=2&id=4")


@pytest.mark.parametrize(
    "url",
    [
        "https://orrinpost.example",
        "https://www.orrinpost.example/",
        "https://orrinpost.example/?utm_source=feed",
        "https://[orrinpost/mill",
        "https://orrinpost.example:999999/mill",
    ],
)
def test_a_front_page_and_what_cannot_be_read_are_no_page(url):
    assert page(url) is None


def test_of_the_versions_of_a_page_the_newest_counts_in_whatever_order_they_come():
    given = [
        version("First", 1),
        version("Second", 2, url=f"{PAGE}?utm_source=feed"),
        version("Third", 3, publisher="the Orrin Post"),
        version("Elsewhere", 2, url="https://marunrecord.example/mill", publisher="Marun Record"),
    ]
    for order in permutations(given):
        counted, replaced = newest(order)

        assert ids(counted) == [i for i in ids(order) if i in ("art_third", "art_elsewhere")]
        assert replaced == {"art_first": "art_third", "art_second": "art_third"}


def test_of_two_that_came_in_at_once_always_the_same_counts():
    one, other = version("One", 1), version("Other", 1)

    assert newest([one, other]).replaced == newest([other, one]).replaced == {"art_one": "art_other"}


def test_articles_without_an_address_or_at_a_front_page_all_count():
    given = [
        version("First", 1, url=None),
        version("Second", 2, url=None),
        version("Third", 3, url="https://orrinpost.example/"),
        version("Fourth", 4, url="https://orrinpost.example/"),
    ]

    assert newest(given) == (tuple(given), {})


def test_what_two_publishers_have_at_one_address_is_two_reports():
    given = [version("First", 1), version("Second", 2, publisher="Marun Record")]

    assert newest(given) == (tuple(given), {})


def test_a_publisher_that_is_not_known_may_be_any():
    given = [version("First", 1), version("Second", 2, publisher=None)]

    assert newest(given).replaced == {"art_first": "art_second"}
