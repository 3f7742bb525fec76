#!/bin/sh
# Makes the virtual environment $1 from the hash-locked requirements $2, anew each time.
# PYTHON names the interpreter; without it, the first on the path that the locks hold wheels for.
set -eu

env_dir=$1
lock=$2
suits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))'

python=''
for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.14 python3.11}; do
    if "$candidate" -c "$suits" >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    found=$("${PYTHON:-python3}" --version 2>&1) || found="no ${PYTHON:-python3}"
    echo "Second Source needs Python 3.11, 3.12, 3.13 or 3.14, and found $found." >&2
    echo "Install one, or name it: make setup PYTHON=/path/to/python3.13" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    echo "$("$python" --version) has no venv module, which makes the environment $env_dir." >&2
    echo "On Debian and Ubuntu: apt-get install python3-venv" >&2
    exit 1
fi

if [ -h "$env_dir" ]; then
    echo "$env_dir is a link: what it leads to is not made anew." >&2
    exit 1
fi

echo "Making $env_dir with $("$python" --version) from $lock (once for each change of the lock)"
"$python" -m venv --clear "$env_dir"
# Wheels only, so that no compiler is needed. No resolving: the lock is complete, and older versions of pip stumble
# over an extra that a locked package asks of another.
"$env_dir/bin/python" -m pip install -qq --no-input --disable-pip-version-check \
    --require-hashes --no-deps --only-binary=:all: -r "$lock"
check=$("$env_dir/bin/python" -m pip check --disable-pip-version-check) || {
    echo "$check" >&2
    exit 1
}
