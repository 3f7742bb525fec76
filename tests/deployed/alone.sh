#!/bin/sh
# Runs a command in a network of its own, where the machine lets a user make one: loopback, and one address that is
# public elsewhere, at which the tests serve the pages that the deployed functions fetch. The fetch refuses loopback, in
# tests as everywhere, and no packet leaves this network. Elsewhere the command runs as it is, and those tests are skipped.
set -eu

PATH=$PATH:/usr/sbin:/sbin
if unshare --map-root-user --net ip link set lo up >/dev/null 2>&1; then
    # shellcheck disable=SC2016 # the inner shell expands it
    exec unshare --map-root-user --net sh -c 'ip link set lo up && ip address add 11.22.33.44/32 dev lo && exec "$@"' sh "$@"
fi
exec "$@"
