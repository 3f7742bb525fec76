"""Whom a source speaks for."""

import pytest

from secondsource.analysis import attribution, sources
from secondsource.analysis.actors import actors_of
from secondsource.analysis.quotes import quotes
from secondsource.analysis.ties import ties_of
from secondsource.language.parse import spacy_parser


def ties(text):
    """Names and strengths of the ties of the text's first source."""
    doc = spacy_parser(text)
    found = sources.find(doc, attribution.draft(doc, quotes(text)), None)
    return {tie.group.canonical: tie.strength for tie in ties_of(found.sources[0], actors_of(doc), doc)}


SAID = "said that the mill in Marun was closed."


@pytest.mark.parametrize(
    ("text", "group", "strength"),
    [
        (f"A commander of the Free Valley Front {SAID}", "Free Valley Front", 1.0),
        (f"Idris Kane, a spokesman for Brellin Foods, {SAID}", "Brellin Foods", 1.0),
        (f"Brellin Foods {SAID}", "Brellin Foods", 1.0),
        (f"Mo Callan, a lawyer for Idris Kane, {SAID}", "Idris Kane", 1.0),
        (f"Idris Kane's lawyer {SAID}", "Idris Kane", 1.0),
        (f"The Kane campaign {SAID} Idris Kane did not speak.", "Idris Kane", 1.0),
        (f"Idris Kane won. Kane lawyer Mo Callan {SAID}", "Idris Kane", 1.0),
        (f"Idris Kane won. Kane campaign spokesman Mo Callan {SAID}", "Idris Kane", 1.0),
        (
            f"Mo Callan, an adviser to the campaign, {SAID} Idris Kane did not. The Kane campaign paid.",
            "Idris Kane",
            1.0,
        ),
        (f"Mo Callan, a backer of Idris Kane, {SAID}", "Idris Kane", 0.8),
        (f"Tessa Rowe, who leads the Harbour Union, {SAID}", "Harbour Union", 1.0),
        (f"The fishermen {SAID}", "fisherman", 1.0),
        (f"A Labour MP {SAID}", "Labour Party", 1.0),
        (f"A woman close to the Front {SAID}", "Front", 0.8),
        (f"Idris Kane's wife {SAID}", "Idris Kane", 0.8),
    ],
)
def test_a_source_speaks_for_whom_its_role_names(text, group, strength):
    assert ties(text)[group] == strength


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (f"Helen Brann, an analyst at Marun University, {SAID}", "Marun University"),
        (f"A former commander of the Front {SAID}", "Front"),
        (f"Idris Kane's former lawyer {SAID}", "Idris Kane"),
        (f"A resident of Marun {SAID}", "Marun"),
        (f"An Ondresian student {SAID}", "Ondresian"),
    ],
)
def test_an_expert_s_university_a_former_role_a_place_and_a_nationality_tie_nobody(text, group):
    assert group not in ties(text)
