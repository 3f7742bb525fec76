import json
import socket
from types import SimpleNamespace

import pytest

from secondsource.local import demo
from secondsource.local.demo import DemoFailed, directions, main, port_of, story
from secondsource.local.serve import PORT
from secondsource.model import Submission


class Answers:
    """A client that answers from the story that was made by hand."""

    def __init__(self):
        self.calls = []

    def submit(self, article):
        self.calls.append(("submit", article["publisher"]))
        return f"art_{len(self.calls)}"

    def summary(self, article_id):
        self.calls.append(("summary", article_id))
        return "HEADLINE CLAIM ...\n"

    def report(self, article_id):
        self.calls.append(("report", article_id))
        from secondsource.present.report import build
        from tests.unit.present import story as made

        return build(made.ARTICLE, made.RECORDS).model_dump_json()

    def verdict(self, article_ids):
        self.calls.append(("verdict", *article_ids))
        return "Not independent."


@pytest.mark.parametrize(("name", "articles"), [(demo.STORY, 3), (demo.MONEY_STORY, 3), (demo.CLEAN_STORY, 2)])
def test_the_example_stories_are_submissions(name, articles):
    found = [Submission.model_validate(article) for article in story(name)]

    assert len(found) == articles
    assert all(article.text and article.title and article.publisher for article in found)


def test_a_story_that_is_not_there_is_told():
    with pytest.raises(DemoFailed, match="no example story"):
        story("missing")


def test_the_first_article_is_read_when_all_of_its_story_are_in():
    client, said = Answers(), []

    shown = demo.show(client, said.append)

    kinds = [call[0] for call in client.calls]
    paid = ["submit"] * 3 + ["report"] * 3
    assert kinds == ["submit"] * 3 + ["summary", "verdict"] + paid + ["submit"] * 2 + ["report"]
    assert client.calls[3:5] == [("summary", "art_1"), ("verdict", "art_1", "art_2")]
    assert shown == "art_1"
    assert "HEADLINE CLAIM ...\n" in said
    assert any("2 reports, 1 origin" in line for line in said)


def test_directions_give_a_line_to_copy():
    running = SimpleNamespace(url="http://127.0.0.1:1", docs_url="http://127.0.0.1:1/v1/docs", api_key="ss_k_s")

    told = directions(running, "art_1")

    assert "http://127.0.0.1:1/v1/docs" in told
    assert "curl -H 'Authorization: Bearer ss_k_s' http://127.0.0.1:1/v1/articles/art_1" in told


def test_the_port_is_the_one_chosen_or_the_usual_one():
    assert port_of({}) == PORT
    assert port_of({"PORT": ""}) == PORT
    assert port_of({"PORT": "9000"}) == 9000


@pytest.mark.parametrize("port", ["http", "-1", "65536", "８０", "1.5"])
def test_a_port_that_is_none_is_told_in_one_line(capsys, port):
    assert main({"PORT": port, "ONCE": "1"}) == 1

    err = capsys.readouterr().err
    assert err.startswith("secondsource: PORT must be a number")
    assert err.count("\n") == 1


def test_a_taken_port_is_told_in_one_line(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main({"PORT": port, "ONCE": "1"}) == 1

    err = capsys.readouterr().err
    assert port in err
    assert err.count("\n") == 1


def test_once_it_sends_the_stories_over_http_shows_the_summary_and_ends():
    said = []

    status = main({"PORT": "0", "ONCE": "1"}, said.append)

    told = "\n".join(said)
    assert status == 0
    assert "HEADLINE CLAIM: “The Jorrel Front and the Vesker Brigades" in told
    assert "/v1/docs" in told
    assert "Tannery Bridge" in said[-2]


def test_an_answer_that_is_a_problem_is_told():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
    client = demo.Client(f"http://127.0.0.1:{port}", "ss_k_s")

    with pytest.raises(DemoFailed, match="POST /v1/articles got no answer"):
        client.submit(json.loads('{"text": "T"}'))
