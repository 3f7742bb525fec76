import pytest

from secondsource.web import cors


@pytest.mark.parametrize(
    "origin",
    [
        "https://newsroom.test",
        "http://localhost:8080",
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
        "moz-extension://01234567-89ab-cdef-0123-456789abcdef",
        "safari-web-extension://01234567-89ab-cdef-0123-456789abcdef",
    ],
)
def test_origins_are_taken_as_they_are(origin: str) -> None:
    assert cors.check_origins([origin]) == (origin,)


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "null",
        "",
        "chrome-extension://*",
        "moz-extension://",
        "file://x",
        "chrome-extension://a/b",
        "newsroom.test",
        "https://newsroom.test/",
        "https://*.test",
        "https://a b",
        "https://N.test",
    ],
)
def test_what_is_no_origin_is_a_mistake_of_the_deployment(origin: str) -> None:
    with pytest.raises(ValueError, match="Not an origin"):
        cors.check_origins([origin])


def test_without_a_list_nobody_is_let_in() -> None:
    assert cors.headers("https://newsroom.test", ()) == {"Vary": "Origin"}
    assert cors.headers(None, ()) == {"Vary": "Origin"}
    assert cors.preflight_headers(None, (), ["GET"]) == {}
