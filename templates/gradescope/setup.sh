#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image. It installs what lrquiz needs; lrquiz itself
# is in the bundle. LRQUIZ_TORCH_INDEX names an index of PyTorch builds without CUDA.
set -euo pipefail

root="${LRQUIZ_AUTOGRADER_ROOT:-/autograder}"
index="${LRQUIZ_TORCH_INDEX:-https://download.pytorch.org/whl/cpu}"

suitable() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

python=""
for each in python3 python3.13 python3.12 python3.11; do
    if suitable "$each"; then python="$each"; break; fi
done
if [ -z "$python" ]; then
    apt-get update
    apt-get install -y python3.12 python3.12-venv || apt-get install -y python3.11 python3.11-venv
    for each in python3.12 python3.11; do
        if suitable "$each"; then python="$each"; break; fi
    done
fi
if [ -z "$python" ]; then
    echo "lrquiz needs Python 3.11 or newer: choose a newer base image" >&2
    exit 1
fi
"$python" -m venv "$root/venv"
"$root/venv/bin/python" -m pip install --no-cache-dir --extra-index-url "$index" \
    -r "$root/source/requirements.txt"
chmod 600 "$root/source/secret"
