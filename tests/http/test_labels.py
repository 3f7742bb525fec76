"""GET of a report with the attributions of one label alone."""

import pytest

from secondsource.local.gateway import HttpResponse
from tests.http.client import Client

STORY = {
    "text": "The dam at Varn is unsafe. Two officials said so on Monday. The mayor believed it.",
    "title": "Dam unsafe",
}


class TestOneLabel:
    @pytest.mark.parametrize(("label", "cue"), [("speech", "said"), ("stance", "believed")])
    def test_a_report_can_be_read_with_one_label(self, client: Client, label: str, cue: str) -> None:
        where = client.post("/v1/articles", STORY).header("Location")

        answered = client.get(f"{where}?label={label}")

        assert answered.status == 200
        assert cues(answered) == {(label, cue)}

    def test_without_one_it_has_those_of_both(self, client: Client) -> None:
        assert cues(client.get(f"/v1/articles/{client.submit(**STORY)}")) == {
            ("speech", "said"),
            ("stance", "believed"),
        }

    def test_an_unknown_label_is_a_malformed_request(self, client: Client) -> None:
        where = client.post("/v1/articles", STORY).header("Location")

        answered = client.get(f"{where}?label=gossip")

        assert answered.status == 400
        assert answered.json()["type"] == "urn:secondsource:problem:malformed-request"


def cues(answered: HttpResponse) -> set[tuple[str, str]]:
    """The labels of a report's attributions, with the words that report."""
    report = answered.json()
    return {(a["label"], report["text"][start:end]) for a in report["attributions"] for start, end in a["cue"]}
