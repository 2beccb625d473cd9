#!/usr/bin/env bash
# Writes the hashed dependency locks again from pyproject.toml. Needs uv (pip install uv).
set -euo pipefail
cd "$(dirname "$0")/.."
common=(--quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header)
uv pip compile pyproject.toml "${common[@]}" --extra test --extra simulator --extra build -o packaging/locks/linux.txt
printf '%s\n' 'pynacl>=1.6.2' pytest pytest-randomly hypothesis cbor2 pycose cddl-verifier tzdata |
    uv pip compile - "${common[@]}" -c packaging/locks/linux.txt -o packaging/locks/pure.txt
echo "packaging/locks written."
