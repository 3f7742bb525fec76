"""What ``make run`` shows: the API on this machine, the example story sent to it, and what it makes of it.

PORT=8080 ONCE= python -m secondsource.local.demo
"""

import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from secondsource.local.serve import Running

EXAMPLES: Final = Path(__file__).resolve().parents[3] / "examples"
"""Of the checkout: what is deployed needs no examples."""
STORY: Final = "alliance"
"""Two reports that rest on one origin, and a third article in which two analysts dispute them."""
MONEY_STORY: Final = "sweetener"
"""A study that its payer's product comes out of well, the payer, a laboratory that finds otherwise, a competitor."""
CLEAN_STORY: Final = "bridge"
"""Two newsrooms, each with its own named witnesses."""

WAIT_SECONDS: Final = 120
"""For one answer. The first article waits for the language model to load, some seconds on a slow machine."""

_OK, _FAILED = 0, 1
_HIGHEST_PORT: Final = 65535


class DemoFailed(Exception):
    """What stops the demonstration, told in one line."""


class Client:
    """Calls the API over HTTP with a key, as any program would. Each method raises DemoFailed."""

    def __init__(self, url: str, key: str) -> None:
        self._address = urlsplit(url).netloc
        self._key = key

    def submit(self, article: Mapping[str, Any]) -> str:
        """Send an article; its id."""
        return str(json.loads(self._call("POST", "/v1/articles", article))["id"])

    def report(self, article_id: str) -> str:
        """The report of an article, as JSON."""
        return self._call("GET", f"/v1/articles/{article_id}")

    def summary(self, article_id: str) -> str:
        """The claim summary of an article."""
        return self._call("GET", f"/v1/articles/{article_id}/summary")

    def verdict(self, article_ids: list[str]) -> str:
        """Whether articles are independent, in a sentence."""
        return str(json.loads(self._call("POST", "/v1/comparisons", {"articles": article_ids}))["verdict"])

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> str:
        headers = {"Authorization": f"Bearer {self._key}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        with closing(HTTPConnection(self._address, timeout=WAIT_SECONDS)) as connection:
            try:
                connection.request(method, path, None if body is None else json.dumps(body), headers)
                answer = connection.getresponse()
                text = answer.read().decode("utf-8")
            except (OSError, HTTPException) as error:
                raise DemoFailed(f"{method} {path} got no answer: {error}") from None
        if answer.status not in (200, 201):
            raise DemoFailed(f"{method} {path} answered {answer.status}: {text}")
        return text


def story(name: str) -> list[dict[str, Any]]:
    """The articles of an example story in their order, as they are submitted. Raises DemoFailed."""
    paths = sorted((EXAMPLES / name).glob("*.json"))
    if not paths:
        raise DemoFailed(f"There is no example story in {EXAMPLES / name}.")
    articles = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    # Left out is the story's own name for an article; the API gives ids itself.
    return [{name: value for name, value in article.items() if name != "id"} for article in articles]


def show(client: Client, say: Callable[[str], None]) -> str:
    """Send the stories and tell what came of them; the id of the article that was shown. Raises DemoFailed."""
    from secondsource.present.report import Report
    from secondsource.present.summary import in_one_line, stakes_in_lines

    articles = story(STORY)
    say(f"Sending the example story, {len(articles)} articles:")
    for number, article in enumerate(articles, start=1):
        say(f"  {number}. {article['publisher']}: {article['title']}")
    # All are sent before the first is read, for the later ones change what is known of its claims.
    ids = [client.submit(article) for article in articles]
    say("\nWhat is known of the first one now:\n")
    say(client.summary(ids[0]))
    say(f"Are the first two independent? {client.verdict(ids[:2])}\n")
    paid = [client.submit(article) for article in story(MONEY_STORY)]
    say("A story where the tie is money: a company, the study it paid for, an independent laboratory, a competitor:")
    for article_id in paid:
        report = Report.model_validate_json(client.report(article_id))
        say(f"  {report.title}")
        for line in stakes_in_lines(report):
            say(f"    - {line}")
    clean = [client.submit(article) for article in story(CLEAN_STORY)]
    say("A story of two newsrooms that each have their own named witnesses, in one line:")
    say(f"  {in_one_line(Report.model_validate_json(client.report(clean[0])))}\n")
    return ids[0]


def directions(running: "Running", article_id: str) -> str:
    """Where the API and its documentation are, and how to call it."""
    return (
        f"The API:    {running.url}\n"
        f"Its docs:   {running.docs_url}\n"
        f"Call it:    curl -H 'Authorization: Bearer {running.api_key}' {running.url}/v1/articles/{article_id}\n"
        f"As a page:  the same address with /report at its end, and > report.html"
    )


def port_of(environment: Mapping[str, str]) -> int:
    """The port that PORT chooses; 0 takes any free one. Raises DemoFailed."""
    from secondsource.local.serve import PORT

    text = environment.get("PORT") or str(PORT)
    if not text.isascii() or not text.isdigit() or int(text) > _HIGHEST_PORT:
        raise DemoFailed(f"PORT must be a number from 0 to {_HIGHEST_PORT}, not {text!r}.")
    return int(text)


def _say(line: str) -> None:
    # At once, also where the output is no terminal and is read while this serves.
    print(line, flush=True)


def main(environment: Mapping[str, str] = os.environ, say: Callable[[str], None] = _say) -> int:
    """Show it all, then serve until Ctrl-C, or with ONCE=1 end; answers the exit status."""
    from secondsource.local.serve import PortTaken, start, wait_for_interrupt

    try:
        with start(port_of(environment)) as running:
            article_id = show(Client(running.url, running.api_key), say)
            if environment.get("ONCE"):
                say(f"Without ONCE=1 the API goes on serving, and its docs are at {running.docs_url}")
                return _OK
            say(directions(running, article_id))
            say("\nCtrl-C ends it, and all that it stored with it.")
            wait_for_interrupt()
    except (DemoFailed, PortTaken, RuntimeError) as error:
        sys.stderr.write(f"secondsource: {error}\n")
        return _FAILED
    except KeyboardInterrupt:
        return _OK
    return _OK


if __name__ == "__main__":
    sys.exit(main())
