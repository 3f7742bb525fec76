"""Makes the references that the network for sentence vectors and its tokeniser are tested against.

    python -m infra.embedder_reference MODEL_DIRECTORY

`MODEL_DIRECTORY` holds model.safetensors and tokenizer.json of all-MiniLM-L6-v2. Writes infra/embedder_reference.json
(sentences with pieces and vectors) and tests/unit/language/awkward_pieces.json (texts with pieces). Pieces come from
the model's own tokeniser (package `tokenizers`, which no lock holds), vectors from its unrounded weights by the plain
forward pass below, in double precision: nothing here is shared with infra/build_embedder.py, so that an error in one
shows. Run once; what it writes is committed.
"""

from __future__ import annotations

import json
import math
import struct
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[1]
VECTORS = ROOT / "infra" / "embedder_reference.json"
PIECES = ROOT / "tests" / "unit" / "language" / "awkward_pieces.json"

LONGEST = 128  # pieces, with [CLS] and [SEP]
DIGITS = 5  # kept of each number of a vector

SENTENCES = (
    # The first three are those of the model's own documentation, which gives their cosines.
    "The weather is lovely today.",
    "It's so sunny outside!",
    "He drove to the stadium.",
    "The Jorrel Front and the Vesker Brigades have formed an alliance, exiled council members said.",
    "The two rebel groups agreed to fight side by side, three exiles told the paper.",
    "The mill will close in March with the loss of 240 jobs.",
    "The council denied on Tuesday that the bridge had been inspected before it collapsed into the river.",
    "“We have the money,” she said, “and the work begins on 3 May.”",
    "Profits at the sweetener maker rose by 12.5 per cent to €4.1 billion in the third quarter.",
    "Naïve café owners in Zürich and São Paulo paid £1,000 each.",
    "No.",
    "",
)
AWKWARD = (
    "", " ", "\n\t\r", "a", "A", ".", "...", "…", "Hello, World!", "don't stop", "Don’t “stop”", "rock'n'roll",
    "U.S.-led forces' 3rd-quarter e-mail: x@y.org/z?a=b&c=d", "$1,234.56 (+7.8%) £9 €10 ¥11 ₹12", "1/2 ½ ² ³ №5 ™ ®",
    "Café naïve Zürich São Paulo Ångström ÉCOLE İstanbul ẞtraße ΣΊΣΥΦΟΣ", "e\u0301cole n\u0303 a\u030a\u0323",
    "ﬁnance ﬂow ①②", "東京タワー is in 日本", "한국어 텍스트", "中文abc字", "𠀀𠀁 x", "русский текст",
    "العربية نص", "עברית טקסט", "हिन्दी पाठ", "ไทย",
    "zero\u200bwidth soft\u00adhyphen bom\ufeff rlm\u200f", "nul\x00bell\x07nel\x85vt\x0bff\x0c",
    "\ufffdreplacement\ufffd",
    "no\u00a0break thin\u2009space line\u2028para\u2029ideo\u3000end ogham\u1680x",
    "private\ue000use unassigned\u0378x",
    "😀 👩‍👩‍👧 🇬🇧 ✈️ ❤", "– — ‒ − - ‐ ‑", "«guillemets» „low“ ‚single‘", "`~^|<>=+$", "¡Hola! ¿Qué?", "§5 ¶6 †7 ‡8",
    "x" * 100, "x" * 101, "qzx" * 40, "pneumonoultramicroscopicsilicovolcanoconiosis",
    "unaffordable antidisestablishmentarianism",
    "the " * 200, "[ CLS ] [ SEP ]", "##ing ##s", "a_b__c", "C++ C# .NET", "3.14159 1e-10 0xFF 12:30 2024-05-01",
    "O'Brien-McCarthy's", "Dr. A.B. Smith, Jr.", "and/or", "AT&T", "k\u212a K Å\u212b", "ª º µ", "ſtrange ǆ ǅ",
    "١٢٣ ४५६", "१२ lakh", "ʼn ŉ", "\U0001f9ff\U0001fae0 new emoji", "\U0001d504\U0001d505 fraktur", "tab\there\nline",
)  # fmt: skip

Doubles = npt.NDArray[np.float64]


def weights_of(path: Path) -> dict[str, Doubles]:
    """All arrays of a safetensors file."""
    with path.open("rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        start = file.tell()
        arrays = {}
        for name, entry in header.items():
            if entry.get("dtype") == "F32":
                file.seek(start + entry["data_offsets"][0])
                count = math.prod(entry["shape"])
                arrays[name] = np.fromfile(file, np.float32, count).reshape(entry["shape"]).astype(np.float64)
    return arrays


def vector_of(pieces: list[int], w: dict[str, Doubles], layers: int = 6, heads: int = 12) -> Doubles:
    """The sentence vector by BERT's forward pass (Devlin et al. 2019), mean over the pieces, length one."""

    def dense(x: Doubles, name: str) -> Doubles:
        return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]

    def norm(x: Doubles, name: str) -> Doubles:
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return x * w[f"{name}.weight"] + w[f"{name}.bias"]

    gelu = np.vectorize(lambda v: v * 0.5 * (1 + math.erf(v / math.sqrt(2))))
    n = len(pieces)
    x = w["embeddings.word_embeddings.weight"][pieces] + w["embeddings.position_embeddings.weight"][:n]
    x = norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for layer in range(layers):
        name = f"encoder.layer.{layer}"
        q, k, v = (
            dense(x, f"{name}.attention.self.{part}").reshape(n, heads, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = q @ k.transpose(0, 2, 1) / math.sqrt(q.shape[-1])
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        seen = (shares / shares.sum(-1, keepdims=True)) @ v
        seen = dense(seen.transpose(1, 0, 2).reshape(n, -1), f"{name}.attention.output.dense")
        x = norm(x + seen, f"{name}.attention.output.LayerNorm")
        inner = gelu(dense(x, f"{name}.intermediate.dense"))
        x = norm(x + dense(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")
    mean = x.mean(0)
    return np.asarray(mean / np.linalg.norm(mean))


def main(folder: Path) -> None:
    """Write both files, and print the cosines that the model's documentation gives."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    weights = weights_of(folder / "model.safetensors")
    rows: list[dict[str, Any]] = []
    for text in SENTENCES:
        pieces = tokenizer.encode(text).ids
        vector = [round(float(v), DIGITS) for v in vector_of(pieces, weights)]
        rows.append({"text": text, "pieces": pieces, "vector": vector})
    VECTORS.write_text(one_a_line("sentences", rows), encoding="utf-8")
    awkward = [{"text": text, "pieces": tokenizer.encode(text).ids} for text in AWKWARD]
    PIECES.write_text(one_a_line("texts", awkward), encoding="utf-8")
    a, b, c = (np.asarray(row["vector"]) for row in rows[:3])
    print(f"cosines of the first three: {a @ b:.4f} {a @ c:.4f} {b @ c:.4f}; documented are 0.6660 0.1046 0.1411")


def one_a_line(name: str, rows: list[dict[str, Any]]) -> str:
    """JSON with one entry a line, in ASCII: awkward characters are named, not shown."""
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    return f'{{"{name}": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    main(Path(sys.argv[1]))
