"""Build the document-frequency table of stems that ships with the package.

usage: build_document_frequency.py ARTICLES.jsonl [...] > shared/secondsource/text/data/document_frequency.json

Input: JSON lines with a "text". The table that ships was made from 400 English articles of Wikinews
(public domain and CC BY 2.5) and Global Voices (CC BY 3.0); it holds counts only, no text.
Stems found in one document alone are left out: to the index they are as rare as unknown ones.
"""

import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "shared"))

from secondsource.text.terms import stems


def main(paths: list[str]) -> None:
    """Count in how many documents each stem stands, and print the table."""
    counts: Counter[str] = Counter()
    documents = 0
    for path in paths:
        for line in Path(path).read_text("utf-8").splitlines():
            if line.strip():
                counts.update(set(stems(json.loads(line)["text"])))
                documents += 1
    kept = {term: n for term, n in sorted(counts.items()) if n > 1}
    json.dump({"documents": documents, "stems": kept}, sys.stdout, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(sys.argv[1:])
