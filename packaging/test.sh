#!/usr/bin/env bash
# Every check and every test, on a fresh machine or a used one.   packaging/test.sh [pytest arguments]
set -euo pipefail
cd "$(dirname "$0")/.."
. packaging/setup.sh
venv="${OHMSTEAD_VENV:-$PWD/.venv}"
pure="${OHMSTEAD_PURE_VENV:-$PWD/.venv-pure}"
need_libraries xvfb
need_environment "$venv" packaging/locks/linux.txt
need_ohmstead "$venv"
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"

say "ruff"
"$venv/bin/ruff" check .
"$venv/bin/ruff" format --check .
say "mypy --strict"
"$venv/bin/mypy"
say "no paths or hosts of one machine in the tree"
"$venv/bin/python" packaging/check_tree.py

# The pure parts stand alone: no Qt, no radio, no database; on another Python than all tests below, if there is one.
pure_tests() {
    say "pure parts without Qt on $("$1/bin/python" --version)"
    "$1/bin/python" -c 'import importlib.util as u, sys; sys.exit(u.find_spec("PySide6") is not None)'
    PYTHONPATH=app:. "$1/bin/python" -m pytest -c packaging/pytest-pure.ini --rootdir . -q \
        tests/core tests/ledger tests/market tests/neighbours tests/contract tests/conformance
}
this="$("$venv/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
other=""
for version in 3.13 3.12 3.14 3.11; do
    [ "$version" != "$this" ] || continue
    for candidate in "python$version" "$HOME"/.pyenv/versions/"$version".*/bin/python; do
        if command -v "$candidate" >/dev/null && "$candidate" -c 'import venv, ensurepip' 2>/dev/null; then
            other="$candidate"; break 2
        fi
    done
done
if [ -n "$other" ]; then
    pure="$pure-other"
else
    say "no second Python version is installed here: the pure parts are tested on this one"
fi
need_environment "$pure" packaging/locks/pure.txt ${other:+"$other"}
pure_tests "$pure"

say "pytest"
"$venv/bin/python" -m pytest -q -n "${OHMSTEAD_TEST_WORKERS:-2}" --dist loadgroup "$@"
