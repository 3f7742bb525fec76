"""Builds the Lambda layer: the package and what it runs on, for one architecture, under the size that Lambda takes.

    python3.13 -m infra.build_layer DIRECTORY [--arch arm64|x86_64]

fills DIRECTORY (a layer's ``python`` folder), prints the size by package, and fails when it is too large. It is run by
the Python that Lambda runs, since pip evaluates the lock's markers for the interpreter it runs on.
"""

import argparse
import compileall
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from py_compile import PycInvalidationMode

from infra.elf import cut

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "shared" / "secondsource"
LOCK = ROOT / "requirements" / "runtime.txt"
# Not in the repository: `make embedder` builds it.
EMBEDDER = PACKAGE / "language" / "data" / "embedder.onnx"
# What stands in for a compiled module that holds a library twice.
BLIS_PY = ROOT / "infra" / "blis_py.py"

RUNTIME = (3, 13)
# Lambda's python3.13 runs on Amazon Linux 2023, whose glibc is 2.34; pip takes each older tag only if it is named.
GLIBC_MINORS = range(34, 16, -1)
MACHINES = {"arm64": "aarch64", "x86_64": "x86_64"}

# A function with all its layers may have 250 MB unzipped; a tenth is kept for the functions and for growth.
LAMBDA_LIMIT = 250 * 1024 * 1024
LIMIT = LAMBDA_LIMIT * 9 // 10

# Of our own package: what only a person's machine runs.
NOT_IN_LAYER = ("local", "cli.py")
# Of the others: what Lambda brings itself, and what nothing here imports when it serves.
FROM_RUNTIME = ("boto3", "botocore", "s3transfer")
NEVER_IMPORTED = (
    *("_distutils_hack", "bin", "distutils-precedence.pth", "pip", "pkg_resources", "setuptools", "share"),
    *("flatbuffers", "google"),  # onnxruntime writes models with them, and needs neither to run one
    "pyparsing",  # grandalf asks for it, and reads no files here
    *("dateparser_cli", "dateparser_scripts", "wrapt-stubs"),
)
# Tests and sources of compiled modules.
PRUNED_FOLDERS = ("tests", "test", "__pycache__")
PRUNED_FILES = (".pyx", ".pxd", ".pxi", ".c", ".cpp", ".cc", ".h", ".hpp", ".pyi", ".a", ".lib")
PRUNED_PATHS = (
    "blis/benchmark.py",
    "lxml/html/_difflib.*",
    "lxml/isoschematron",
    "lxml/objectify.*",
    "numpy/_core/_*_tests.*",
    "numpy/_core/_simd.*",
    "numpy/f2py",
    "numpy/random/_examples",
    "numpy/random/lib",
    # The C library: the Python module holds all of it once more.
    "onnxruntime/capi/libonnxruntime.so.*",
    "onnxruntime/datasets",
    "onnxruntime/quantization",
    "onnxruntime/tools",
    "onnxruntime/transformers",
    # Rich, which spaCy imports, loads a lexer only to colour source code.
    "pygments/lexers/[a-z]*.py",
    "pygments/lexers/_*_builtins.py",
    # What pip would need to remove a package again.
    "*.dist-info/RECORD",
    "*.dist-info/sboms",
)
# Of spaCy's languages those that it imports by itself, and English; another would be looked up by its name.
KEPT_LANGUAGES = ("en", "ja", "ko", "th", "vi", "xx", "zh")
# Locale data of Babel that no date in an English page needs.
KEPT_LOCALES = re.compile(r"(root|en)(_\w+)?\.dat")


def install(target: Path, arch: str) -> None:
    """Install the locked wheels for Lambda's Python on ``arch``. Raises CalledProcessError."""
    command = [sys.executable, "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    command += ["--no-compile", "--target", str(target)]
    command += ["--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(LOCK)]
    command += ["--implementation", "cp", "--python-version", ".".join(map(str, RUNTIME))]
    for minor in GLIBC_MINORS:
        command += ["--platform", f"manylinux_2_{minor}_{MACHINES[arch]}"]
    command += ["--platform", f"manylinux2014_{MACHINES[arch]}"]
    subprocess.run(command, check=True)


def copy_package(target: Path) -> None:
    """Copy the package to ``target``/secondsource, without what is not for the layer."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        local = NOT_IN_LAYER if Path(folder) == PACKAGE else ()
        return {name for name in names if name in local or name in PRUNED_FOLDERS or name.endswith(".sha256")}

    shutil.copytree(PACKAGE, target / PACKAGE.name, ignore=left_out)


def remove(path: Path) -> None:
    """Delete a file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def prune(target: Path) -> None:
    """Delete from the installed packages what nothing in Lambda reads."""
    for name in (*FROM_RUNTIME, *NEVER_IMPORTED):
        remove(target / name)
        for metadata in target.glob(f"{name}-*.dist-info"):
            remove(metadata)
    for pattern in PRUNED_PATHS:
        for path in target.glob(pattern):
            remove(path)
    for path in sorted(target.rglob("*"), reverse=True):
        if path.name in PRUNED_FOLDERS if path.is_dir() else path.suffix in PRUNED_FILES:
            remove(path)
    for language in (target / "spacy" / "lang").iterdir():
        if language.is_dir() and language.name not in KEPT_LANGUAGES:
            remove(language)
    for locale in (target / "babel" / "locale-data").glob("*.dat"):
        if not KEPT_LOCALES.fullmatch(locale.name):
            remove(locale)


def replace_blis_py(target: Path) -> None:
    """Put the module of infra/blis_py.py in the place of the compiled one. Raises SystemExit when there is none."""
    compiled = list((target / "blis").glob("py.*.so"))
    if len(compiled) != 1:
        sys.exit("The package blis has changed: it holds no compiled module py.")
    remove(compiled[0])
    shutil.copy(BLIS_PY, target / "blis" / "py.py")


def cut_symbols(target: Path) -> int:
    """Cut from the compiled libraries what is never loaded; answers the bytes saved."""
    return sum(cut(path) for path in target.rglob("*.so*") if path.is_file() and not path.is_symlink())


def compile_packages(target: Path, workers: int = 0) -> None:
    """Compile to bytecode: Lambda's /opt is read-only, so else each cold start would compile all it imports.

    The bytecode of others takes the place of their sources, which nothing reads but a traceback; our own sources stay.
    It is not checked against its source, whose times an archive changes. `workers`: processes, 0 for one a core.
    """
    unchecked = PycInvalidationMode.UNCHECKED_HASH
    ours = target / PACKAGE.name
    compileall.compile_dir(ours, quiet=2, workers=workers, invalidation_mode=unchecked)
    not_ours = re.compile(re.escape(f"{ours}/"))
    compileall.compile_dir(target, rx=not_ours, quiet=2, workers=workers, invalidation_mode=unchecked, legacy=True)
    for source in target.rglob("*.py"):
        if not source.is_relative_to(ours) and source.with_suffix(".pyc").exists():
            remove(source)


def sizes(target: Path) -> Counter[str]:
    """Bytes by what lies at the top of ``target``."""
    found: Counter[str] = Counter()
    for path in target.rglob("*"):
        if path.is_file():
            found[path.relative_to(target).parts[0]] += path.stat().st_size
    return found


def report(by_name: Counter[str], shown: int = 20) -> str:
    """The largest packages and the total, in MB of 1,048,576 bytes as Lambda counts."""
    lines = [f"{size / 2**20:8.1f} MB  {name}" for name, size in by_name.most_common(shown)]
    rest = by_name.total() - sum(size for _, size in by_name.most_common(shown))
    lines.append(f"{rest / 2**20:8.1f} MB  in {max(len(by_name) - shown, 0)} more")
    lines.append(f"{by_name.total() / 2**20:8.1f} MB  of {LIMIT / 2**20:.0f} (Lambda takes {LAMBDA_LIMIT / 2**20:.0f})")
    return "\n".join(lines)


def main() -> None:
    """Build, print the sizes, and exit with 1 when the layer is too large."""
    parser = argparse.ArgumentParser(description="Builds the Lambda layer.")
    parser.add_argument("directory", type=Path, help="the layer's python folder; has to be empty or not there")
    parser.add_argument("--arch", choices=sorted(MACHINES), default="arm64")
    arguments = parser.parse_args()
    target: Path = arguments.directory
    if sys.version_info[:2] != RUNTIME:
        sys.exit(f"Run this with Python {'.'.join(map(str, RUNTIME))}, which is what Lambda runs.")
    if target.exists() and any(target.iterdir()):
        sys.exit(f"{target} is not empty.")
    if not EMBEDDER.is_file():
        sys.exit(f"{EMBEDDER.relative_to(ROOT)} is not there: `make embedder` builds it.")

    install(target, arguments.arch)
    prune(target)
    replace_blis_py(target)
    copy_package(target)
    print(f"Layer for {arguments.arch}, less {cut_symbols(target) / 2**20:.0f} MB of symbols")
    compile_packages(target)
    by_name = sizes(target)
    print(report(by_name))
    if by_name.total() > LIMIT:
        sys.exit("The layer is too large.")


if __name__ == "__main__":
    main()
