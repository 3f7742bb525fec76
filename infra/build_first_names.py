"""Build the list of first names, with the gender of those who bear them, that ships with the package.

usage: build_first_names.py FAKER.whl > shared/secondsource/analysis/data/first_names.tsv

Input: the wheel of Faker 40.63.0 (Daniele Faraglia and contributors; MIT licence), whose locales have lists of men's
and women's first names. Kept: names of Latin letters that two languages know, or one English-speaking country, and that
are plainly of one gender: no list has them for the other, or one, not of English, where LEAST languages have them for
their own.
"""

import ast
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping

LEAST = 5
"""Languages that know a name from which one that has it for the other gender is an error or a rarity: Olga, Maria."""
BORNE_BY_BOTH = frozenset(
    "alex ash bernie bobbie charlie chris dale dana darcy frankie georgie gerry jackie jan jean jess jo jules kerry "
    "kris lee lou mel nat nic nicky pat sam sandy steph stevie terry toni val vic".split()
)
"""Short forms and names that men and women bear, whatever the lists say; from general knowledge."""
_LEFT_OUT = frozenset({"en"})
"""Locales whose lists are not sorted out: that of English without a country has men called Emma."""
_PROVIDER = re.compile(r"faker/providers/person/(?P<locale>\w+)/__init__\.py")
_NAME = re.compile(r"[a-z]{2,}(?:-[a-z]{2,})?")
_ATTRIBUTES = {"first_names_male": "m", "first_names_female": "f"}


def main(wheel: str) -> None:
    """Print the list that the locales of a wheel make."""
    for name, gender in sorted(genders(listed(zipfile.ZipFile(wheel))).items()):
        sys.stdout.write(f"{name}\t{gender}\n")


def listed(wheel: zipfile.ZipFile) -> dict[tuple[str, str], set[str]]:
    """Locales by first name and gender, as the lists of the wheel have them; nothing of it is run."""
    found: dict[tuple[str, str], set[str]] = {}
    for path in wheel.namelist():
        if (provider := _PROVIDER.fullmatch(path)) is None or provider["locale"] in _LEFT_OUT:
            continue
        for node in ast.walk(ast.parse(wheel.read(path))):
            if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
                continue
            if (gender := _ATTRIBUTES.get(node.targets[0].id)) is None:
                continue
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    found.setdefault((folded(part.value), gender), set()).add(provider["locale"])
    return found


def genders(locales: Mapping[tuple[str, str], Iterable[str]]) -> dict[str, str]:
    """ "m" or "f" by name, for the names that are kept."""
    found: dict[str, str] = {}
    for (name, gender), known in locales.items():
        own, other = set(known), set(locales.get((name, "f" if gender == "m" else "m"), ()))
        if not _NAME.fullmatch(name) or name in BORNE_BY_BOTH:
            continue
        languages = {locale.partition("_")[0] for locale in own}
        enough = len(languages) > 1 or any(locale.startswith("en") for locale in own)
        mistaken = len(other) == 1 and len(languages) >= LEAST and not any(locale.startswith("en") for locale in other)
        if enough and (not other or mistaken):
            found[name] = gender
    return found


def folded(name: str) -> str:
    """A name in lower case without accents: "josé" is written "jose" in English news."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).lower()


if __name__ == "__main__":
    main(sys.argv[1])
