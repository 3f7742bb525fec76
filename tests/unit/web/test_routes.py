import pytest

from secondsource.errors import NotFound
from secondsource.model import Scope
from secondsource.web import routes


def _names(path: str) -> set[str]:
    return {route.name for route in routes.of_path(path)}


def test_a_path_has_its_routes_with_and_without_a_slash_at_its_end() -> None:
    expected = {"GET /v1/articles/{article_id}/annotations"}

    assert _names("/v1/articles/a/annotations") == _names("/v1/articles/a/annotations/") == expected


def test_a_parameter_is_one_segment() -> None:
    assert _names("/v1/articles/a%2Fb") == {"GET /v1/articles/{article_id}", "DELETE /v1/articles/{article_id}"}
    for path in ("/v1/articles/a/b", "/v1/articles//", "/v1/articles/a//"):
        with pytest.raises(NotFound):
            routes.of_path(path)


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/articlesx", "x/v1/articles", "/v1/articles\n"])
def test_no_other_path_has_any(path: str) -> None:
    with pytest.raises(NotFound):
        routes.of_path(path)


def test_options_is_answered_everywhere() -> None:
    for route in routes.ROUTES:
        assert "OPTIONS" in routes.methods(routes.of_path(route.path.replace("{", "").replace("}", "")))


def test_no_route_is_there_twice() -> None:
    assert len({(route.method, route.path) for route in routes.ROUTES}) == len(routes.ROUTES)


def test_what_changes_something_takes_the_scope_to_write() -> None:
    # One reads two articles side by side; the other is signed instead, and takes no key.
    others = {"POST /v1/comparisons", "POST /v1/webhooks/in/{webhook_id}"}
    changing = [route for route in routes.ROUTES if route.method != "GET" and route.name not in others]

    assert [route.name for route in changing if route.scope is not Scope.WRITE] == []
    assert len(changing) > 8
