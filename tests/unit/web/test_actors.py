"""Actors over the wire: what is cleaned, what is refused, and lines of anything at all."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from secondsource.errors import InvalidInput, TooLarge
from secondsource.model import ActorKind, RelationType
from secondsource.services.register import Condition, Given, GivenRelation
from secondsource.stored import MOST_ALIASES, MOST_RELATIONS
from secondsource.web.actors import MAX_LINE_BYTES, ActorIn, condition_of, line_of, read_lines
from tests.contract.samples import actor, relation

RELATION = {"type": "rival_of", "object": "Varn League", "source_url": "https://a.example/1", "date": "2026-05-04"}
BODY = {"name": "Northern Front", "kind": "armed_group", "aliases": ["N.F."], "relations": [RELATION]}


def read(**changes: Any) -> Given:
    return ActorIn.model_validate({**BODY, **changes}).given()


def related(**changes: Any) -> GivenRelation:
    return read(relations=[{**RELATION, **changes}]).relations[0]


def test_a_body_is_read() -> None:
    assert read() == Given(
        name="Northern Front",
        aliases=("N.F.",),
        kind=ActorKind.ARMED_GROUP,
        relations=(
            GivenRelation(
                type=RelationType.RIVAL_OF,
                object="Varn League",
                source_url="https://a.example/1",
                date=date(2026, 5, 4),
            ),
        ),
    )


def test_names_are_cleaned_and_an_alias_is_kept_once() -> None:
    found = read(name="  The \t Northern\nFront ", aliases=["NF", " NF", "Cafe\u0301"])
    assert (found.name, found.aliases) == ("The Northern Front", ("NF", "Caf\u00e9"))
    assert read(name="می\u200cخواهم").name == "می\u200cخواهم"


@pytest.mark.parametrize(
    "name",
    ["", " ", "x" * 201, "a\x00b", "a\x1bb", "a\u202eb", "\u2066a", "a\u200bb", "\ufeffa", "a\u00adb", 5, None, ["a"]],
)
def test_what_is_no_name_is_refused_wherever_it_stands(name: Any) -> None:
    for changes in ({"name": name}, {"aliases": [name]}, {"relations": [{**RELATION, "object": name}]}):
        with pytest.raises(ValidationError):
            read(**changes)
    if name is not None:
        with pytest.raises(ValidationError):
            related(entered_by=name)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example",
        "http://a.example:8080/x?y=1#z",
        "HTTPS://A.example/é",
        "https://[2001:db8::1]/",
        "https://wiki.intranet/page",
        "https://a.example/@someone",
        "https://a.example/" + "x" * 1982,
    ],
)
def test_an_address_that_a_reader_can_open_is_taken_as_it_is(url: str) -> None:
    assert related(source_url=url).source_url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.example",
        "//a.example",
        "ftp://a.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https:///x",
        "https://user@a.example",
        "https://user:pw@a.example/",
        "https://a.example\\@b.example",
        "https://a.example/ x",
        "https://a.example/\n",
        "https://a.example/\u202ex",
        " https://a.example",
        "https://a.example:99999",
        "https://[::1",
        "https://a.example/" + "x" * 1983,
        7,
        None,
    ],
)
def test_any_other_address_is_refused(url: Any) -> None:
    with pytest.raises(ValidationError):
        related(source_url=url)


@pytest.mark.parametrize(
    "day", ["", "2026-02-30", "2026-5-4", "20260504", "2026-05-04T09:00:00Z", "٢٠٢٦-٠٥-٠٤", 20260504, 0, None, True]
)
def test_a_date_is_a_day_and_nothing_else(day: Any) -> None:
    with pytest.raises(ValidationError):
        related(date=day)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "nation"},
        {"kind": None},
        {"version": 3},
        {"tenant": "there"},
        {"aliases": "NF"},
        {"aliases": [f"Alias {n}" for n in range(MOST_ALIASES + 1)]},
        {"relations": [RELATION] * (MOST_RELATIONS + 1)},
        {"relations": [{**RELATION, "type": "hates"}]},
        {"relations": [{**RELATION, "note": "x"}]},
        {"relations": [{}]},
    ],
)
def test_any_other_form_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(**changes)


# --- lines ---------------------------------------------------------------------------------


def line(**changes: Any) -> bytes:
    return json.dumps({"id": "front", **BODY, **changes}).encode()


def test_lines_are_read_with_their_numbers_and_empty_ones_left_out() -> None:
    lines = list(read_lines([b"\xef\xbb\xbf" + line(), b"", b" \r\n", line(id="other") + b"\r\n"]))
    assert [(found.number, found.actor_id, found.given) for found in lines] == [
        (1, "front", read(id="front")),
        (4, "other", read(id="other")),
    ]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{", "The line is not JSON"),
        (b"[]", "The line must be a JSON object"),
        (b"\xff", "not UTF-8"),
        (b'{"id": "a", "id": "b"}', "twice"),
        (b'{"id": "front"}', "name: Field required"),
        (json.dumps(BODY).encode(), "id: Field required"),
        (line(extra=1), "extra: There is no such field."),
        (line(name="a\x00"), "name: a name holds no control characters"),
        (line(relations=[{**RELATION, "date": "soon"}]), "relations.0.date: a date is a day"),
        (b'{"id": "' + b"x" * MAX_LINE_BYTES + b'"}', "longer than"),
    ],
)
def test_a_bad_line_is_reported_with_its_reason_and_the_rest_is_read(bad: bytes, reason: str) -> None:
    first, second, third = read_lines([line(), bad, line()])
    assert isinstance(second.given, str)
    assert reason in second.given
    assert second.number == 2
    assert first.given == third.given == read(id="front")


def test_more_lines_than_are_taken_are_refused() -> None:
    assert len(list(read_lines([line(), b"", line()], most=2))) == 2
    with pytest.raises(TooLarge):
        list(read_lines([line()] * 3, most=2))


def test_an_actor_that_is_written_as_a_line_is_read_as_it_was() -> None:
    stored = actor(aliases=("Éa \N{GRINNING FACE}",), relations=(relation("Varn\u2028League\\"),))
    (found,) = read_lines([line_of(actor(aliases=("Éa \N{GRINNING FACE}",), relations=(relation("Varn"),))).encode()])
    assert isinstance(found.given, Given)
    assert (found.actor_id, found.given.name, found.given.aliases) == (stored.id, stored.name, stored.aliases)
    assert found.given.relations[0].entered_by == "desk"
    assert line_of(stored).count("\n") == 1


_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from(
        ["rival_of", "person", "2026-05-04", "https://a.example", "a\x00", "\u202e", "Russians", "x" * 300]
    )
)
_ANY = st.recursive(_LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))
_FIELDS = st.sampled_from(["id", "name", "aliases", "kind", "relations", "version", "__proto__"])
_RELATIONS = st.lists(st.dictionaries(st.sampled_from([*RELATION, "entered_by", "x"]), _LEAVES), max_size=3)
_OBJECTS = st.builds(lambda found: {"id": "front", **BODY, **found}, st.dictionaries(_FIELDS, _ANY | _RELATIONS))


@given(st.lists(st.binary(max_size=60) | (_ANY | _OBJECTS).map(lambda found: json.dumps(found).encode()), max_size=5))
def test_whatever_lines_hold_each_is_an_actor_or_has_a_reason(lines: list[bytes]) -> None:
    lines = [found.replace(b"\n", b" ") for found in lines]
    found = list(read_lines(lines))
    assert [item.number for item in found] == [
        number
        for number, body in enumerate(lines, start=1)
        if (body.removeprefix(b"\xef\xbb\xbf") if number == 1 else body).strip()
    ]
    for item in found:
        assert isinstance(item.given, Given) or item.given.endswith(".")
        assert isinstance(item.given, Given) == bool(item.actor_id)


@given(_OBJECTS)
def test_whatever_is_taken_holds_what_is_promised(found: dict[str, Any]) -> None:
    (item,) = read_lines([json.dumps(found).encode()])
    if isinstance(item.given, str):
        return
    names = [item.given.name, *item.given.aliases, *(found.object for found in item.given.relations)]
    assert all(1 <= len(name) <= 200 and name == name.strip() and "\u202e" not in name for name in names)
    assert all(found.source_url.lower().startswith(("http://", "https://")) for found in item.given.relations)


# --- conditions ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("if_match", "if_none_match", "condition"),
    [
        (None, None, Condition()),
        ("*", None, Condition(match=("*",))),
        ('"1-2"', None, Condition(match=("1-2",))),
        ('"1", "2-3"', None, Condition(match=("1", "2-3"))),
        ('W/"1"', None, Condition(match=())),
        (None, " * ", Condition(none_match=("*",))),
        (None, 'W/"1", "2"', Condition(none_match=("1", "2"))),
    ],
)
def test_conditions_are_read(if_match: str | None, if_none_match: str | None, condition: Condition) -> None:
    assert condition_of(if_match, if_none_match) == condition


@pytest.mark.parametrize("header", ["", "1", '"1', '"1" "2"', '"1",', "*, *", "W/1", '"1";"2"'])
def test_what_is_no_list_of_tags_is_refused(header: str) -> None:
    with pytest.raises(InvalidInput):
        condition_of(header, None)
    with pytest.raises(InvalidInput):
        condition_of(None, header)


@given(st.text(max_size=30))
def test_any_header_is_read_or_refused(header: str) -> None:
    try:
        condition = condition_of(header, header)
    except InvalidInput:
        return
    assert condition.match is not None
