#!/bin/sh
# Builds the browser extension (build), checks its types and runs its unit tests (check), or all its tests, in Chromium
# too (test), or takes the picture of the documentation (picture). Without Node nothing is done, and that is said aloud.
set -eu
cd "$(dirname "$0")"

if ! command -v npm >/dev/null || ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null; then
    echo "SKIPPED: the browser extension needs Node 20 or newer with npm (Debian: apt-get install nodejs npm)." >&2
    exit 0
fi

# Installed anew when the lock changes; no package's own scripts are run.
if ! cmp -s package-lock.json node_modules/.locked; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    cp package-lock.json node_modules/.locked
fi

case "${1:-build}" in
build)
    npm run --silent build
    ;;
check)
    npm run --silent types
    npm run --silent unit
    ;;
test)
    npm run --silent types
    npm run --silent unit
    npm run --silent e2e
    ;;
picture)
    npm run --silent picture
    ;;
*)
    echo "What is $1? There are build, check, test and picture." >&2
    exit 2
    ;;
esac
