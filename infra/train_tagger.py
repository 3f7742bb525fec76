"""Train the attribution tagger on openly licensed articles, and export it for onnxruntime.

    python infra/train_tagger.py --annotated annotated_news.jsonl --minilm DIR --out shared/secondsource/language/data

`--annotated` (and `--extra`, noisier, with source, cue and content only) are JSON lines {"id", "text",
"attributions"}; `--minilm` is a folder with MiniLM's model.safetensors and vocab.txt. Needs torch and safetensors
besides the package (PYTHONPATH=shared); the export needs onnx. Seeds are fixed. `--fold K` trains without the
K-th of FOLDS parts of the articles, and writes what the network answers for them instead of the export.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from secondsource.language.tagger import (
    HEADS,
    KINDS,
    LINKS,
    MARGIN_PIECES,
    SPAN_HEADS,
    STANCES,
    Encoded,
    encode,
    inputs,
    sizes_of,
    windows,
)  # fmt: skip
from secondsource.language.wordpiece import CASES, QUOTES, WordPiece, case_of, quote_states

FOLDS = 5
WIDTH, ATTENTION_HEADS, FEED = 384, 12, 1536  # MiniLM's
LINK_WIDTH = 64
CLASS_WEIGHT = 0.3  # of kind and stance beside the spans, which matter more
STEP = 32  # lengths are padded to multiples of it: few shapes, so few kernels to prepare
LINK_REACH = 64  # words; farther away all distances count alike
AUXILIARIES = frozenset(
    "has have had having was were is are be been being am not n't never also would will could can may might must "
    "should did does do to the a an it that there then later already now who which he she they we i so".split()
)  # fmt: skip


# ---------------------------------------------------------------- gold


@dataclass(frozen=True)
class Act:
    """One attribution in word indexes of its article."""

    source: frozenset[int]
    cue: frozenset[int]
    content: tuple[tuple[int, int], ...]
    anchor: int
    label: int  # 1 speech, 0 stance, -1 unknown
    stance: int
    kind: int


@dataclass(frozen=True)
class Article:
    """A marked article; `weight` scales its loss."""

    id: str
    encoded: Encoded
    acts: tuple[Act, ...]
    weight: float = 1.0


def covered(spans: Sequence[tuple[int, int]], pieces: Sequence[Sequence[int]] | None) -> list[tuple[int, int]]:
    """Word ranges [begin, end) for character pieces."""
    out = []
    for start, end in pieces or []:
        inside = [i for i, (a, b) in enumerate(spans) if a < end and b > start]
        if inside:
            out.append((inside[0], inside[-1] + 1))
    return sorted(out)


def anchor_of(tokens: Sequence[str], cue: Sequence[tuple[int, int]], content: Sequence[tuple[int, int]]) -> int:
    """The cue's main word: its first that is no auxiliary; without a cue, the content's first word with letters."""
    for spans, skip in ((cue, AUXILIARIES), (cue, frozenset()), (content, frozenset())):
        for begin, end in spans:
            for i in range(begin, end):
                if tokens[i][0].isalnum() and tokens[i].lower() not in skip:
                    return i
    return content[0][0]


def read_articles(path: Path, wordpiece: WordPiece, weight: float = 1.0) -> list[Article]:
    """The marked articles of a file of JSON lines."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        encoded = encode(raw["text"], wordpiece)
        acts = []
        for a in raw["attributions"]:
            source, cue, content = (covered(encoded.spans, a.get(k)) for k in ("source", "cue", "content"))
            if not content:
                continue
            acts.append(
                Act(
                    frozenset(i for b, e in source for i in range(b, e)),
                    frozenset(i for b, e in cue for i in range(b, e)),
                    tuple(content),
                    anchor_of(encoded.tokens, cue, content),
                    {"speech": 1, "stance": 0}.get(a.get("label"), -1),
                    STANCES.index(a["stance"]) if a.get("stance") in STANCES else -1,
                    KINDS.index(a["kind"]) if a.get("kind") in KINDS else -1,
                )
            )
        out.append(Article(raw["id"], encoded, tuple(acts), weight))
    return out


def fold_of(articles: Sequence[Article]) -> dict[str, int]:
    """Each article's fold, by a fixed shuffle."""
    ids = sorted(a.id for a in articles)
    random.Random(11).shuffle(ids)
    return {name: i % FOLDS for i, name in enumerate(ids)}


# ---------------------------------------------------------------- augmentation


@dataclass
class Augmenter:
    """Changes that keep the marks true and teach what should not matter: quote marks, names, letter case, words."""

    wordpiece: WordPiece
    names: list[str]
    rng: random.Random
    no_quotes: float = 0.06
    single_quotes: float = 0.06
    lower: float = 0.06
    swap: float = 0.3
    blank: float = 0.06
    join: float = 0.15

    def __call__(self, article: Article) -> Article:
        rng, encoded = self.rng, article.encoded
        tokens, starts = list(encoded.tokens), list(encoded.starts)
        keep = list(range(len(tokens)))
        draw = rng.random()
        if draw < self.no_quotes:
            keep = [i for i in keep if tokens[i] not in '"“”']
        elif draw < self.no_quotes + self.single_quotes:
            tokens = ["'" if t in '"“”' else t for t in tokens]
        if rng.random() < self.swap:
            swapped: dict[str, str] = {}
            for i, token in enumerate(tokens):
                # A name: capitalised, not where a sentence or quotation begins.
                if case_of(token) == 1 and len(token) > 2 and i and not starts[i] and tokens[i - 1][0] not in '.!?"“:':
                    if token not in swapped:
                        swapped[token] = rng.choice(self.names) if rng.random() < 0.5 else token
                    tokens[i] = swapped[token]
        if rng.random() < self.lower:
            tokens = [t.lower() for t in tokens]
        if rng.random() < self.join:
            # Paragraph breaks differ from one site's text to another's.
            starts = [s and (i == 0 or rng.random() < 0.5) for i, s in enumerate(starts)]
        place = {old: new for new, old in enumerate(keep)}
        tokens = [tokens[i] for i in keep]
        # A dropped quote mark may have opened a paragraph: the break moves to the next word.
        kept_starts = [any(starts[j] for j in range((keep[n - 1] + 1) if n else 0, i + 1)) for n, i in enumerate(keep)]
        pieces = [self.wordpiece.pieces(t) for t in tokens]
        mask = (self.wordpiece_mask,)
        pieces = [
            mask if rng.random() < self.blank and t[0].isalnum() else p for t, p in zip(tokens, pieces, strict=True)
        ]
        spans = [encoded.spans[i] for i in keep]
        moved = Encoded(
            spans, tokens, pieces, kept_starts, [case_of(t) for t in tokens], quote_states(tokens, kept_starts)
        )
        acts = []
        for act in article.acts:
            content = []
            for b, e in act.content:
                inside = [place[i] for i in range(b, e) if i in place]
                if inside:
                    content.append((inside[0], inside[-1] + 1))
            if content and act.anchor in place:
                acts.append(
                    replace(
                        act,
                        source=frozenset(place[i] for i in act.source if i in place),
                        cue=frozenset(place[i] for i in act.cue if i in place),
                        content=tuple(content),
                        anchor=place[act.anchor],
                    )
                )
        return replace(article, encoded=moved, acts=tuple(acts))

    wordpiece_mask: int = 103  # [MASK] in BERT's vocabulary


# ---------------------------------------------------------------- examples


@dataclass
class Example:
    """One window with its targets; word axes are those of the window."""

    feed: dict[str, np.ndarray]
    judged: np.ndarray  # [words] 1 where the loss counts
    spans: np.ndarray  # [words, len(SPAN_HEADS)]
    kinds: np.ndarray  # [words] the kind of the source that the word or the anchor belongs to, -1 elsewhere
    anchors: list[tuple[int, int, int, int]] = field(default_factory=list)  # word, label, stance, kind
    links: list[np.ndarray] = field(default_factory=list)  # [2, words] per anchor
    weight: float = 1.0


def targets(article: Article) -> np.ndarray:
    """The span heads' truth for every word of an article."""
    column = {name: i for i, name in enumerate(SPAN_HEADS)}
    n = len(article.encoded.tokens)
    y = np.zeros((n, len(SPAN_HEADS)), np.float32)
    depth = np.zeros(n, int)
    for act in article.acts:
        for b, e in act.content:
            y[b, column["content_begin"]] = 1
            y[e - 1, column["content_end"]] = 1
            depth[b:e] += 1
        if act.source:
            y[sorted(act.source), column["source_in"]] = 1
            y[min(act.source), column["source_begin"]] = 1
            y[max(act.source), column["source_end"]] = 1
        if act.cue:
            y[sorted(act.cue), column["cue_in"]] = 1
        y[act.anchor, column["anchor"]] = 1
        if act.label == 1:
            y[act.anchor, column["speech"]] = 1
    y[:, column["content_in"]] = depth >= 1
    y[:, column["content_deep"]] = depth >= 2
    return y


def kinds_of(article: Article) -> np.ndarray:
    """For each word of a source, and each anchor, that source's kind; -1 for all other words."""
    out = np.full(len(article.encoded.tokens), -1, np.int64)
    # Longer sources first: where one lies in another, the inner one's kind stays.
    for act in sorted(article.acts, key=lambda act: -len(act.source)):
        out[act.anchor] = act.kind
        out[sorted(act.source)] = act.kind
    return out


def examples(article: Article, wordpiece: WordPiece, core: int, margin: int = MARGIN_PIECES) -> Iterator[Example]:
    """The article's windows with their targets."""
    encoded, y, kinds = article.encoded, targets(article), kinds_of(article)
    for w in windows(sizes_of(encoded), encoded.starts, encoded.tokens, core, margin):
        judged = np.zeros(w.end - w.begin, np.float32)
        judged[w.core_begin - w.begin : w.core_end - w.begin] = 1
        example = Example(
            inputs(encoded, w, wordpiece), judged, y[w.begin : w.end], kinds[w.begin : w.end], weight=article.weight
        )
        merged: dict[int, np.ndarray] = {}
        for act in article.acts:
            if not w.core_begin <= act.anchor < w.core_end:
                continue
            link = np.zeros((len(LINKS), len(encoded.tokens)), np.float32)
            link[0, sorted(act.source)] = 1
            for b, e in act.content:
                link[1, b:e] = 1
            at = act.anchor - w.begin
            if at in merged:
                merged[at] = np.maximum(merged[at], link[:, w.begin : w.end])
                example.links[[a[0] for a in example.anchors].index(at)] = merged[at]
                continue
            merged[at] = link[:, w.begin : w.end]
            example.anchors.append((at, act.label, act.stance, act.kind))
            example.links.append(merged[at])
        yield example


# ---------------------------------------------------------------- network


class Dropout(nn.Module):
    """Dropout to the nearest 1/256, with random bytes from numpy: many times faster on a processor than torch's own."""

    generator = np.random.default_rng(0)

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.zeros = round(rate * 256)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.zeros:
            return x
        drawn = torch.frombuffer(bytearray(self.generator.bytes(x.numel())), dtype=torch.uint8).view(x.shape)
        return x * ((drawn >= self.zeros).to(x.dtype) * (256 / (256 - self.zeros)))


class Layer(nn.Module):
    """One BERT layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.mix = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, FEED), nn.Linear(FEED, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        def split(y: Tensor) -> Tensor:
            return y.view(y.shape[0], -1, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        # By hand: on a processor, torch's own attention is three times slower to train.
        scores = q @ (k * (WIDTH // ATTENTION_HEADS) ** -0.5).transpose(2, 3)
        if mask is not None:
            scores = scores + mask.to(scores.dtype)
        y = scores.softmax(-1) @ v
        y = y.transpose(1, 2).reshape(x.shape[0], -1, WIDTH)
        x = self.norm1(x + self.dropout(self.mix(y)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Network(nn.Module):
    """Encoder, heads and links. Answers logits: [batch, words, heads] and [batch, links, words, words]."""

    def __init__(self, rows: int, layers: int, dropout: float = 0.1, head_dropout: float = 0.2) -> None:
        super().__init__()
        self.rows, self.places = nn.Embedding(rows, WIDTH), nn.Embedding(512, WIDTH)
        self.cases, self.quotes = nn.Embedding(len(CASES), WIDTH), nn.Embedding(len(QUOTES), WIDTH)
        nn.init.zeros_(self.cases.weight)
        nn.init.zeros_(self.quotes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.dropout, self.head_dropout = Dropout(dropout), Dropout(head_dropout)
        self.heads = nn.Linear(WIDTH, len(HEADS))
        self.asks = nn.Linear(WIDTH, len(LINKS) * LINK_WIDTH)
        self.answers = nn.Linear(WIDTH, len(LINKS) * LINK_WIDTH)
        self.distance = nn.Parameter(torch.zeros(len(LINKS), 2 * LINK_REACH + 1))
        nn.init.constant_(self.heads.bias, -2.0)

    def forward(
        self, rows: Tensor, cases: Tensor, quotes: Tensor, first: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        place = torch.arange(rows.shape[1])
        x = self.rows(rows) + self.places(place) + self.cases(cases) + self.quotes(quotes)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        words = x.gather(1, first.unsqueeze(-1).expand(-1, -1, WIDTH))
        words = self.head_dropout(words)

        def split(y: Tensor) -> Tensor:
            return y.view(y.shape[0], -1, len(LINKS), LINK_WIDTH).transpose(1, 2)

        asks, answers = split(self.asks(words)), split(self.answers(words))
        links = asks @ answers.transpose(2, 3) / math.sqrt(LINK_WIDTH)
        index = torch.arange(first.shape[1])
        apart = (index.unsqueeze(0) - index.unsqueeze(1)).clamp(-LINK_REACH, LINK_REACH) + LINK_REACH
        return self.heads(words), links + self.distance[:, apart]

    def load_minilm(self, path: Path, which: Sequence[int]) -> None:
        """Start from the named layers of a MiniLM checkpoint."""
        saved = {k.removeprefix("bert."): v for k, v in load_file(path / "model.safetensors").items()}
        with torch.no_grad():
            self.rows.weight.copy_(saved["embeddings.word_embeddings.weight"])
            kind = saved["embeddings.token_type_embeddings.weight"][0]
            self.places.weight.copy_(saved["embeddings.position_embeddings.weight"] + kind)
            self.norm.weight.copy_(saved["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(saved["embeddings.LayerNorm.bias"])
            names = {
                "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                "mix": "attention.output.dense", "norm1": "attention.output.LayerNorm",
                "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
            }  # fmt: skip
            for layer, number in zip(self.layers, which, strict=True):
                for mine, theirs in names.items():
                    for part in ("weight", "bias"):
                        getattr(getattr(layer, mine), part).copy_(saved[f"encoder.layer.{number}.{theirs}.{part}"])


class Answers(nn.Module):
    """The network with probabilities instead of logits, for one window without its batch axis: what is exported."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, rows: Tensor, cases: Tensor, quotes: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        logits, links = self.network(rows[None], cases[None], quotes[None], first[None])
        s, k = len(SPAN_HEADS), len(KINDS)
        parts = (logits[0, :, :s].sigmoid(), logits[0, :, s : s + k].softmax(-1), logits[0, :, s + k :].softmax(-1))
        return torch.cat(parts, -1), links[0].sigmoid()


# ---------------------------------------------------------------- training


def collate(batch: Sequence[Example]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Pad a batch; the mask hides what is padding."""
    length = max(len(e.feed["rows"]) for e in batch) + STEP - 1 & -STEP
    count = max(len(e.feed["first"]) for e in batch) + STEP - 1 & -STEP
    feed = {
        k: np.zeros((len(batch), count if k == "first" else length), np.int64)
        for k in ("rows", "cases", "quotes", "first")
    }
    mask = np.zeros((len(batch), 1, 1, length), np.float32)
    y = np.zeros((len(batch), count, len(SPAN_HEADS)), np.float32)
    judged = np.zeros((len(batch), count), np.float32)
    kinds = np.full((len(batch), count), -1, np.int64)
    where, classes, links, seen, weights = [], [], [], [], []
    for b, e in enumerate(batch):
        for k, v in e.feed.items():
            feed[k][b, : len(v)] = v
        mask[b, :, :, len(e.feed["rows"]) :] = -1e9
        n = len(e.judged)
        y[b, :n], judged[b, :n], kinds[b, :n] = e.spans, e.judged * e.weight, e.kinds
        for (at, *labels), link in zip(e.anchors, e.links, strict=True):
            where.append((b, at))
            classes.append(labels)
            full = np.zeros((len(LINKS), count), np.float32)
            full[:, :n] = link
            links.append(full)
            seen.append(np.arange(count) < n)
            weights.append(e.weight)
    tensors = {k: torch.from_numpy(v) for k, v in feed.items()} | {"mask": torch.from_numpy(mask)}
    truth = {
        "y": torch.from_numpy(y),
        "judged": torch.from_numpy(judged),
        "kinds": torch.from_numpy(kinds),
        "where": torch.tensor(where, dtype=torch.long).reshape(-1, 2),
        "classes": torch.tensor(classes, dtype=torch.long).reshape(-1, 3),
        "links": torch.from_numpy(np.array(links, np.float32).reshape(-1, len(LINKS), count)),
        "seen": torch.from_numpy(np.array(seen, np.float32).reshape(-1, 1, count)),
        "weights": torch.tensor(weights, dtype=torch.float32),
    }
    return tensors, truth


def loss_of(logits: Tensor, links: Tensor, truth: dict[str, Tensor], smooth: float) -> Tensor:
    """Cross entropies of the heads, of the classes where they mean something, and of the links of true anchors."""
    s, k = len(SPAN_HEADS), len(KINDS)
    y = truth["y"] * (1 - 2 * smooth) + smooth
    by_word = F.binary_cross_entropy_with_logits(logits[..., :s].float(), y, reduction="none")
    weight = torch.ones(s)
    weight[SPAN_HEADS.index("anchor")] = 2.0
    total = (by_word * weight * truth["judged"].unsqueeze(-1)).sum() / truth["judged"].sum()
    if (truth["kinds"] >= 0).any():
        found = F.cross_entropy(
            logits[..., s : s + k].float().flatten(0, 1),
            truth["kinds"].flatten(),
            ignore_index=-1,
            label_smoothing=0.05,
        )
        total = total + CLASS_WEIGHT * found
    at = truth["where"]
    if len(at):
        chosen = logits[at[:, 0], at[:, 1]].float()
        stances = truth["classes"][:, 1]
        if (stances >= 0).any():
            found = F.cross_entropy(chosen[:, s + k :], stances, ignore_index=-1, label_smoothing=0.05)
            total = total + CLASS_WEIGHT * found
        linked = links[at[:, 0], :, at[:, 1]].float()
        by_link = F.binary_cross_entropy_with_logits(linked, truth["links"], reduction="none") * truth["seen"]
        # A sum over the window's words is some twenty wrong words' worth: brought to the heads' size.
        total = total + (by_link.sum((1, 2)) / 20 * truth["weights"]).sum() / truth["weights"].sum()
    return total


@dataclass
class Settings:
    """How to train; the defaults are what the bundled weights were made with."""

    layers: str = "0,1,2"
    passes: int = 13
    batch: int = 4
    rate: float = 3e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    dropout: float = 0.1
    smooth: float = 0.0
    freeze_rows: bool = True
    keep: float = 0.99  # of the running average of weights
    augment: float = 1.0
    cores: str = "150,180,210"
    extra_weight: float = 0.0
    seed: int = 1


def train(
    articles: Sequence[Article], settings: Settings, minilm: Path, wordpiece: WordPiece, say: bool = True
) -> Network:
    """Train on the articles; answers the network with its weights averaged over the last steps."""
    torch.manual_seed(settings.seed)
    Dropout.generator = np.random.default_rng(settings.seed)
    rng = random.Random(settings.seed)
    which = [int(i) for i in settings.layers.split(",")]
    saved = load_file(minilm / "model.safetensors")
    rows = next(v.shape[0] for k, v in saved.items() if k.endswith("word_embeddings.weight"))
    network = Network(rows, len(which), settings.dropout)
    network.load_minilm(minilm, which)
    network.rows.weight.requires_grad_(not settings.freeze_rows)
    averaged = Network(rows, len(which))
    averaged.load_state_dict(network.state_dict())
    names = sorted({t for a in articles for i, t in enumerate(a.encoded.tokens) if i and case_of(t) == 1 and len(t) > 2
                    and a.encoded.tokens[i - 1][0].islower()})  # fmt: skip
    augment = Augmenter(wordpiece, names, rng)
    for name in ("no_quotes", "single_quotes", "lower", "swap", "blank", "join"):
        setattr(augment, name, getattr(augment, name) * settings.augment)
    new = ("heads", "asks", "answers", "distance", "cases", "quotes")
    groups = [
        {
            "params": [p for n, p in network.named_parameters() if p.requires_grad and n.split(".")[0] not in new],
            "lr": settings.rate,
        },
        {"params": [p for n, p in network.named_parameters() if n.split(".")[0] in new], "lr": settings.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=settings.decay, fused=True)
    step, began = 0, time.time()
    steps = settings.passes * sum(sum(1 for _ in examples(a, wordpiece, 180)) for a in articles) // settings.batch
    cores = [int(c) for c in settings.cores.split(",")]
    bases = [g["lr"] for g in groups]
    for n in range(settings.passes):
        pool = [
            e for a in articles for e in examples(augment(a), wordpiece, rng.choice(cores), rng.choice((16, 30, 44)))
        ]
        rng.shuffle(pool)
        losses = []
        for i in range(0, len(pool), settings.batch):
            scale = min(1.0, step / (0.1 * steps)) * max(0.02, 1 - step / (steps * 1.02))
            for g, base in zip(optimiser.param_groups, bases, strict=True):
                g["lr"] = base * scale
            feed, truth = collate(pool[i : i + settings.batch])
            network.train()
            with torch.autocast("cpu", torch.bfloat16):
                logits, links = network(**feed)
            loss = loss_of(logits, links, truth, settings.smooth)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            losses.append(loss.item())
            with torch.no_grad():
                keep = min(settings.keep, (1 + step) / (10 + step))
                for mine, theirs in zip(averaged.parameters(), network.parameters(), strict=True):
                    if theirs.requires_grad or step == 1:
                        mine.lerp_(theirs, 1 - keep)
        if say:
            print(f"pass {n + 1}: loss {np.mean(losses):.4f}, {step} steps, {time.time() - began:.0f} s", flush=True)
    return averaged.eval()


@torch.no_grad()
def answer(network: nn.Module, article: Article, wordpiece: WordPiece) -> dict[str, Any]:
    """What the network says of an article, in the form of tagger.Tags, as plain data."""
    encoded = article.encoded
    out = Answers(network).eval()
    n = len(encoded.tokens)
    p = np.zeros((n, len(HEADS)), np.float32)
    anchors, reach, links = [], [], []
    for w in windows(sizes_of(encoded), encoded.starts, encoded.tokens):
        feed = {k: torch.from_numpy(v) for k, v in inputs(encoded, w, wordpiece).items()}
        heads, scores = (t.float().numpy() for t in out(**feed))
        p[w.core_begin : w.core_end] = heads[w.core_begin - w.begin : w.core_end - w.begin]
        for i in range(w.core_begin, w.core_end):
            if p[i, HEADS.index("anchor")] >= 0.1:
                anchors.append(i)
                reach.append((w.begin, w.end))
                links.append(scores[:, i - w.begin].copy())
    return {"words": encoded.spans, "p": p, "anchors": anchors, "reach": reach, "links": links, "heads": HEADS}


def export(network: Network, folder: Path, minilm: Path) -> None:
    """Write tagger.onnx with eight-bit weights, and vocab.txt."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "tagger.fp32.onnx"
    sample = (
        torch.ones(40, dtype=torch.long),
        torch.ones(40, dtype=torch.long),
        torch.ones(40, dtype=torch.long),
        torch.arange(30),
    )
    torch.onnx.export(
        Answers(network).eval(), sample, str(whole), dynamo=False, opset_version=17,
        input_names=["rows", "cases", "quotes", "first"], output_names=["heads", "links"],
        dynamic_axes={"rows": {0: "pieces"}, "cases": {0: "pieces"}, "quotes": {0: "pieces"}, "first": {0: "words"},
                      "heads": {0: "words"}, "links": {1: "words", 2: "words"}},
    )  # fmt: skip
    quantize_dynamic(whole, folder / "tagger.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=False)
    whole.unlink()
    (folder / "vocab.txt").write_text((minilm / "vocab.txt").read_text(encoding="utf-8"), encoding="utf-8")


def main() -> None:
    """Read the arguments, train, export or answer for the held-out fold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--annotated", type=Path, required=True)
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--measure", type=Path, nargs="*", default=[], help="articles to answer for, never trained on")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--weights", action="store_true", help="also keep the torch weights")
    for name, value in vars(Settings()).items():
        kind = type(value)
        parser.add_argument(
            f"--{name.replace('_', '-')}", type=(lambda s: s == "1") if kind is bool else kind, default=value
        )
    arguments = parser.parse_args()
    settings = Settings(**{name: getattr(arguments, name) for name in vars(Settings())})
    wordpiece = WordPiece.read(arguments.minilm / "vocab.txt")
    torch.set_num_threads(arguments.threads)
    articles = read_articles(arguments.annotated, wordpiece)
    folds = fold_of(articles)
    held = [a for a in articles if folds[a.id] == arguments.fold]
    used = [a for a in articles if folds[a.id] != arguments.fold]
    if settings.extra_weight:
        for path in arguments.extra:
            more = read_articles(path, wordpiece, settings.extra_weight)
            used += [a for a in more if not shares_text(a, articles)]
            print(path.name, len(more), "articles", len(used), "in all")
    network = train(used, settings, arguments.minilm, wordpiece)
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.weights:
        torch.save({"settings": vars(settings), "state": network.state_dict()}, arguments.out / "network.pt")
    if arguments.fold is None:
        export(network, arguments.out, arguments.minilm)
    else:
        (arguments.out / "held.pkl").write_bytes(pickle.dumps({a.id: answer(network, a, wordpiece) for a in held}))
    for path in arguments.measure:
        answers = {a.id: answer(network, a, wordpiece) for a in read_articles(path, wordpiece)}
        (arguments.out / f"{path.stem}.pkl").write_bytes(pickle.dumps(answers))


def shares_text(article: Article, others: Sequence[Article], run: int = 12) -> bool:
    """Whether the article is, in good part, one of the others: it must not stand on both sides of a fold."""

    def runs(a: Article) -> set[tuple[str, ...]]:
        tokens = [t.lower() for t in a.encoded.tokens]
        return {tuple(tokens[i : i + run]) for i in range(len(tokens) - run)}

    mine = runs(article)
    return any(len(mine & runs(other)) > 0.1 * len(mine) for other in others)


if __name__ == "__main__":
    main()
