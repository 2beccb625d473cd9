# Sourced by demo.sh and test.sh: system libraries, virtual environment, locked packages. Idempotent.
# Environment: OHMSTEAD_VENV (default .venv in the checkout), OHMSTEAD_PYTHON (default: the first of
# python3, python3.13, python3.12, python3.11 that is at least 3.11).

say() { printf 'ohmstead: %s\n' "$*"; }
die() { printf 'ohmstead: %s\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else die "the system libraries $missing are missing. Install them as root, then run this again."
    fi
}

# What Qt's own wheels leave to the system (xcb platform, EGL, fonts, D-Bus), and a display for pictures.
need_libraries() {
    case "$(uname -s)" in
        Darwin) return 0 ;;             # Qt's macOS wheels bring everything. Not run here.
        Linux) ;;
        *) die "this script knows Debian, Ubuntu and macOS." ;;
    esac
    command -v dpkg-query >/dev/null || { say "not a Debian system: the libraries of Qt's xcb platform are taken as present."; return 0; }
    missing=""
    for package in libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libglib2.0-0 \
        libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 \
        libxcb-shape0 libxcb-xkb1 libxcb-xinerama0 "$@"; do
        if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' &&
           ! dpkg-query -W -f='${Status}' "${package}t64" 2>/dev/null | grep -q 'ok installed'; then
            missing="$missing $package"
        fi
    done
    [ -n "$missing" ] || return 0
    say "installing system libraries:$missing"
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get update -qq
    as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

find_python() {
    local candidate
    for candidate in "${OHMSTEAD_PYTHON:-}" python3 python3.13 python3.12 python3.11; do
        [ -n "$candidate" ] && command -v "$candidate" >/dev/null || continue
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        echo "$candidate"; return 0
    done
    return 1
}

# need_environment FOLDER LOCK: a virtual environment that holds exactly what the lock names.
need_environment() {
    local folder="$1" lock="$2" python="${3:-}" stamp
    [ -n "$python" ] || python="$(find_python)" || die "Python 3.11 or newer is needed. On Debian 12: apt-get install python3 python3-venv"
    if [ ! -x "$folder/bin/python" ]; then
        say "making the environment $(basename "$folder") with $("$python" --version)"
        if ! "$python" -m venv "$folder" >/dev/null 2>&1; then
            rm -rf "$folder"
            missing="python3-venv"; as_root apt-get update -qq
            as_root apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
            "$python" -m venv "$folder"
        fi
    fi
    stamp="$folder/.ohmstead-lock"
    if ! cmp -s "$lock" "$stamp"; then
        say "installing the locked packages of $(basename "$lock")"
        "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
        cp "$lock" "$stamp"
    fi
}

need_ohmstead() {
    local folder="$1" here
    here="$("$folder/bin/python" -c 'import ohmstead; print(ohmstead.__path__[0])' 2>/dev/null || true)"
    [ "$here" = "$PWD/app/ohmstead" ] ||
        "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
}
