#!/usr/bin/env bash
# The main job on one machine: a home meter, a ledger, a virtual radio and the app, each a process.
#   packaging/demo.sh [arguments of `ohmstead demo`]
# Debian or Ubuntu (root or sudo) with Python 3.11 or newer. macOS: written, not run.
# Without a display it runs `ohmstead demo --headless` and says where the pictures are.
set -euo pipefail
cd "$(dirname "$0")/.."
. packaging/setup.sh
venv="${OHMSTEAD_VENV:-$PWD/.venv}"
need_libraries
need_environment "$venv" packaging/locks/linux.txt
need_ohmstead "$venv"
case " $* " in
    *" --headless "*) exec "$venv/bin/ohmstead" demo "$@" ;;
esac
if [ "$(uname -s)" = Darwin ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$venv/bin/ohmstead" demo "$@"
fi
out="${OHMSTEAD_OUT:-$PWD/out/demo}"
say "no display: running without a window, pictures go to $out"
"$venv/bin/ohmstead" demo --headless "$out" "$@"
say "pictures and summary.json are in $out"
