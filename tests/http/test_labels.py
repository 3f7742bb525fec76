"""GET of a report with the attributions of one label alone."""

from tests.http.client import Client

STORY = {"text": "The dam at Varn is unsafe. Two officials said so on Monday.", "title": "Dam unsafe"}


class TestOneLabel:
    def test_a_report_can_be_read_with_one_label(self, client: Client) -> None:
        where = client.post("/v1/articles", STORY).header("Location")

        for label in ("speech", "stance"):
            answered = client.get(f"{where}?label={label}")

            assert answered.status == 200
            assert {a["label"] for a in answered.json()["attributions"]} <= {label}

    def test_an_unknown_label_is_a_malformed_request(self, client: Client) -> None:
        where = client.post("/v1/articles", STORY).header("Location")

        answered = client.get(f"{where}?label=gossip")

        assert answered.status == 400
        assert answered.json()["type"] == "urn:secondsource:problem:malformed-request"
