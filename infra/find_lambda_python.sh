#!/bin/sh
# Prints where the Python is that Lambda runs, 3.13: on the path, or one that pyenv has installed. Nothing if there is none.
# On the path alone it may be pyenv's shim, which fails unless that version was chosen.
set -eu

for candidate in python3.13 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13.*/bin/python3.13; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' >/dev/null 2>&1; then
        "$candidate" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done
