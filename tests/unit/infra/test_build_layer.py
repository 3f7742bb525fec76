"""The layer holds what serves and nothing twice: bytecode for the sources of others, our own package whole."""

import compileall
import subprocess
import sys
from pathlib import Path

import pytest

from infra import build_layer


def lay(target: Path, *names: str, text: str = "VALUE = 1\n") -> None:
    """Put a small file at each of these places."""
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text)


def names(target: Path) -> set[str]:
    return {str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()}


def test_bytecode_takes_the_place_of_the_sources_of_others_and_can_be_imported(tmp_path: Path) -> None:
    lay(tmp_path, "other/__init__.py", "other/data.txt", "alone.py", "secondsource/__init__.py")
    build_layer.compile_packages(tmp_path, workers=1)
    tag = sys.implementation.cache_tag
    assert names(tmp_path) == {
        "other/__init__.pyc", "other/data.txt", "alone.pyc",
        "secondsource/__init__.py", f"secondsource/__pycache__/__init__.{tag}.pyc",
    }  # fmt: skip
    code = "import alone, other, secondsource; print(alone.VALUE + other.VALUE + secondsource.VALUE)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "3\n"


def test_a_source_that_does_not_compile_stays(tmp_path: Path) -> None:
    lay(tmp_path, "other/template.py", text="not { python")
    build_layer.compile_packages(tmp_path, workers=1)
    assert names(tmp_path) == {"other/template.py"}


def test_the_package_is_copied_without_what_only_a_persons_machine_needs(tmp_path: Path) -> None:
    build_layer.copy_package(tmp_path)
    copied = names(tmp_path / "secondsource")
    assert "language/data/embedder.onnx" in copied and "language/embed.py" in copied
    assert not any(name.startswith("local/") or name.endswith((".sha256", ".pyc")) for name in copied)
    assert "cli.py" not in copied


def test_without_the_network_for_sentence_vectors_nothing_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_layer, "EMBEDDER", build_layer.ROOT / "no" / "embedder.onnx")
    monkeypatch.setattr(build_layer, "RUNTIME", sys.version_info[:2])
    monkeypatch.setattr(build_layer, "install", lambda *_: pytest.fail("It went on."))
    monkeypatch.setattr(sys, "argv", ["build_layer", str(tmp_path)])
    with pytest.raises(SystemExit, match="make embedder"):
        build_layer.main()


def test_the_compiled_blis_py_is_replaced(tmp_path: Path) -> None:
    lay(
        tmp_path,
        "blis/__init__.py",
        "blis/cy.cpython-313-x86_64-linux-gnu.so",
        "blis/py.cpython-313-x86_64-linux-gnu.so",
    )
    build_layer.replace_blis_py(tmp_path)
    assert names(tmp_path) == {"blis/__init__.py", "blis/cy.cpython-313-x86_64-linux-gnu.so", "blis/py.py"}
    assert compileall.compile_file(tmp_path / "blis" / "py.py", quiet=1)


def test_a_blis_without_that_module_is_noticed(tmp_path: Path) -> None:
    lay(tmp_path, "blis/__init__.py")
    with pytest.raises(SystemExit, match="blis has changed"):
        build_layer.replace_blis_py(tmp_path)


def test_only_the_languages_that_are_imported_are_kept(tmp_path: Path) -> None:
    lay(tmp_path, "spacy/lang/__init__.py", "spacy/lang/en/__init__.py", "spacy/lang/fr/__init__.py")
    build_layer.prune(tmp_path)
    assert names(tmp_path) == {"spacy/lang/__init__.py", "spacy/lang/en/__init__.py"}
