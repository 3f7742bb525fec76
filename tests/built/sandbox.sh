#!/bin/sh
# Runs a command in a file system as Lambda has it: all read-only but /tmp, code $2 at /var/task, layer $3 at /opt, what
# Lambda brings, $4, at /var/runtime. $1 is an empty folder. Called within namespaces of its own, which end with it.
set -eu

root=$1 code=$2 layer=$3 runtime=$4
shift 4

mount --rbind / "$root"
mount -o remount,bind,ro "$root"
bind() {
    mount --bind "$1" "$2"
    mount -o remount,bind,ro "$2"
}
mount -t tmpfs -o mode=755 lambda "$root/var"
mkdir "$root/var/task" "$root/var/runtime"
bind "$code" "$root/var/task"
bind "$runtime" "$root/var/runtime"
bind "$layer" "$root/opt"
# The emulator comes along: where the checkout lies below /tmp, that is hidden next.
if [ "${1##*/aws-lambda-rie-}" != "$1" ]; then
    cp "$1" "$root/var/emulator"
    shift
    set -- /var/emulator "$@"
fi
mount -o remount,ro "$root/var"
mount -t tmpfs -o size=512m,mode=1777 lambda "$root/tmp"
PATH=$PATH:/usr/sbin:/sbin
exec chroot "$root" /bin/sh -c 'cd /var/task && exec "$@"' sh "$@"
