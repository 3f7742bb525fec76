"""The browser extension says findings in the same words: its table of them is this package's."""

import json
from pathlib import Path

from secondsource.present import phrases, wording

TABLE = json.loads((Path(__file__).parents[3] / "clients" / "browser-extension" / "src" / "wording.json").read_text())


def test_the_extensions_words_are_those_of_the_summary_and_the_page() -> None:
    assert TABLE == {
        "flags": wording.FLAGS,
        "questions": wording.QUESTIONS,
        "levels": wording.LEVELS,
        "kinds": wording.KINDS,
        "stakes": wording.STAKES,
        "states": phrases._STATES,
    }
