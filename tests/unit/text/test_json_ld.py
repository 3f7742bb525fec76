"""What JSON-LD says about the article of a page."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.text.json_ld import Described, describe

KEYS = st.sampled_from(
    [
        "@type",
        "@id",
        "@graph",
        "headline",
        "author",
        "publisher",
        "name",
        "datePublished",
        "mainEntityOfPage",
        "url",
        "x",
    ]
)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.sampled_from(["NewsArticle", "#a", "Person"]),
        st.text(max_size=5),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=20,
)


def described(*blocks: object, page: str | None = None) -> Described:
    return describe([json.dumps(block) for block in blocks], page)


@given(st.lists(VALUES, max_size=3))
def test_any_json_is_described_or_passed_over(blocks: list[object]) -> None:
    said = describe([json.dumps(block) for block in blocks], "https://x.test/")
    assert said.title is None or said.title.strip()


@given(st.text(max_size=50))
def test_what_is_not_json_is_passed_over(block: str) -> None:
    assert describe([block, '{"@type": "NewsArticle", "headline": "Mayor resigns"}']).title == "Mayor resigns"


@pytest.mark.parametrize("block", ["[" * 100_000, "1" * 5_000, '{"a":' * 50_000, "\ufeff{}"])
def test_hostile_json_is_passed_over(block: str) -> None:
    assert describe([block]) == Described()


def test_an_article_is_described_by_its_own_fields() -> None:
    said = described(
        {
            "@type": "ReportageNewsArticle", "headline": "Mayor &amp; council", "datePublished": "2024-05-14T06:30:00Z", "inLanguage": "en-GB",
            "author": [{"@type": "Person", "name": "Mira Soln"}, {"givenName": "Tobias", "familyName": "Hale"}, "Ro Moss"],
            "publisher": {"@type": "Organization", "name": "The Veldt Courier"}, "url": "https://x.test/a",
        }
    )  # fmt: skip
    assert said == Described(
        title="Mayor & council", publisher="The Veldt Courier", byline="Mira Soln, Tobias Hale, Ro Moss",
        published_at=datetime(2024, 5, 14, 6, 30, tzinfo=UTC), url="https://x.test/a", language="en-GB",
    )  # fmt: skip


def test_makers_named_by_reference_are_looked_up_in_the_graph() -> None:
    said = described(
        {
            "@graph": [
                {"@type": "NewsArticle", "headline": "h", "author": {"@id": "#p"}, "publisher": {"@id": "#o"}},
                {"@type": "Person", "@id": "#p", "name": "Mira Soln"},
                {"@type": "Organization", "@id": "#o", "name": "The Veldt Courier"},
            ]
        }
    )
    assert (said.byline, said.publisher) == ("Mira Soln", "The Veldt Courier")


def test_of_several_articles_the_one_at_the_address_is_described() -> None:
    articles = [{"@type": "NewsArticle", "headline": name, "url": f"https://x.test/{name}"} for name in ("a", "b")]
    assert described(articles, page="https://x.test/b?utm=1").title == "b"
    assert described(articles).title == "a"


def test_articles_in_a_list_of_related_ones_are_not_the_article() -> None:
    related = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Another story"}]}
    assert described(related) == Described()


def test_an_address_given_as_an_authors_name_is_no_name() -> None:
    assert described({"@type": "NewsArticle", "author": "https://x.test/by/mira"}).byline is None


@pytest.mark.parametrize(
    ("said", "paid"),
    [
        ({"isAccessibleForFree": False}, True),
        ({"isAccessibleForFree": "False"}, True),
        ({"isAccessibleForFree": "http://schema.org/False"}, True),
        ({"hasPart": {"isAccessibleForFree": False, "cssSelector": ".rest"}}, True),
        ({"hasPart": [{"isAccessibleForFree": "True"}, {"isAccessibleForFree": "false"}]}, True),
        ({"isAccessibleForFree": True, "hasPart": {"isAccessibleForFree": False}}, False),
        ({"isAccessibleForFree": "true"}, False),
        ({"isAccessibleForFree": None}, False),
        ({"hasPart": "x"}, False),
        ({}, False),
    ],
)
def test_an_article_that_is_not_free_to_read_says_so(said: dict[str, object], paid: bool) -> None:
    assert described({"@type": "NewsArticle", **said}).paid is paid
