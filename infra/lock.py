"""Locks the requirements: every .in file to a .txt with exact versions and hashes, and no index address in it.

One lock serves every Python and machine that the project supports: the resolution is universal, and each lock is
then checked to have a wheel for each of them, so that an installation never compiles anything.
Pins stay as they are unless asked to move: ``make lock`` for a changed .in file, ``make lock UPGRADE=1`` for newer
releases.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
LOWEST_PYTHON = "3.11"
PYTHONS = (LOWEST_PYTHON, "3.12", "3.13", "3.14")
# glibc 2.28 is the oldest that the wheels of lxml and spaCy run on; Lambda's python3.13 has 2.34.
PLATFORMS = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28")
# Each lock, and the lock whose versions it has to share: what is tested is what runs.
LOCKS = {
    "runtime": None,
    "dev": "runtime",
    "embedder": "runtime",
    "weights": None,
    "sam": None,
    "races": None,
    "browser": "dev",
    "openapi": None,
    "webhooks": None,
    "lambda": "runtime",
    "stack": "races",
    "lock": None,
}
# Locked and installed without what it asks for: the code beside the weights, which is not used, asks for PyTorch.
ALONE = ("weights",)
# Where nothing is installed, only looked whether it could be; uv puts a lock file there all the same.
UNUSED = ".unused"
# What a lock must not hold: where the packages came from is the business of the machine that installs them.
ADDRESSES = ("://", "--index", "--extra-index", "--find-links")


def compile_lock(name: str, upgrade: bool) -> Path:
    """Resolve requirements/<name>.in; answers the lock's path. Raises CalledProcessError when there is no solution."""
    lock = REQUIREMENTS / f"{name}.txt"
    command = ["uv", "pip", "compile", "--quiet", "--no-config", f"{name}.in", "--output-file", lock.name]
    command += ["--universal", "--python-version", LOWEST_PYTHON, "--generate-hashes"]
    command += ["--no-emit-index-url", "--no-annotate", "--no-header"]
    if upgrade:
        command.append("--upgrade")
    if name in ALONE:
        command.append("--no-deps")
    if shared_with := LOCKS[name]:
        command += ["--constraints", f"{shared_with}.txt"]
    subprocess.run(command, check=True, cwd=REQUIREMENTS)
    lock.write_text(f"# Locked from {name}.in by `make lock`: do not edit.\n{lock.read_text()}")
    return lock


def check_addresses(lock: Path) -> None:
    """Raise SystemExit when the lock names a host or an index."""
    for number, line in enumerate(lock.read_text().splitlines(), start=1):
        if any(address in line for address in ADDRESSES):
            sys.exit(f"{lock.name}:{number} holds an address: {line}")


def check_wheels(lock: Path) -> None:
    """Raise CalledProcessError when a supported Python or machine lacks a wheel of a locked version."""
    for python in PYTHONS:
        for platform in PLATFORMS:
            command = ["uv", "pip", "install", "--quiet", "--no-config", "--dry-run", "--target", UNUSED]
            command += ["--python-version", python, "--python-platform", platform]
            command += ["--only-binary", ":all:", "--require-hashes", "-r", lock.name]
            if lock.stem in ALONE:
                command.append("--no-deps")
            subprocess.run(command, check=True, cwd=REQUIREMENTS)


def main() -> None:
    """Make and check all locks."""
    parser = argparse.ArgumentParser(description="Locks the requirements.")
    parser.add_argument("--upgrade", action="store_true", help="move all pins to the newest releases")
    upgrade: bool = parser.parse_args().upgrade
    for name in LOCKS:
        lock = compile_lock(name, upgrade)
        check_addresses(lock)
        check_wheels(lock)
        shutil.rmtree(REQUIREMENTS / UNUSED, ignore_errors=True)
        pins = sum("==" in line and not line.startswith(("#", " ")) for line in lock.read_text().splitlines())
        print(f"{lock.relative_to(REQUIREMENTS.parent)}: {pins} packages")


if __name__ == "__main__":
    main()
