#!/bin/sh
# Sets Hornbook up on a machine that may have nothing but sh and a package manager. `sh setup.sh help` says how.
#
# Everything it makes is in .venv and .setup.log beside it; the only thing it changes outside is what the machine's
# own package manager installs. It may be stopped at any moment: the stamp is written last, and an environment
# without a true stamp is made anew.
#
# How the project itself is installed: one relative line in a .pth file, and a launcher. No build backend runs, so
# nothing is fetched beyond the lock file, a half-edited pyproject.toml cannot stop it, and the .pth line is plain
# ASCII whatever the folder is called (Python before 3.13 reads .pth files in the locale's encoding).
#
# Tried: apt (Debian 12 and 13). Untested: dnf, apk, pacman, zypper, brew (macOS), Ubuntu, any machine but x86-64.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
venv=$root/.venv
stamp=$venv/.setup-stamp
log=$root/.setup.log
table=$root/toolkit/cli/system.txt
# Without bytecode every one of the hundreds of processes that a build or the tests start would compile the program.
unset PYTHONDONTWRITEBYTECODE
unset PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX PIP_CONSTRAINT PIP_NO_BINARY PIP_REQUIRE_VIRTUALENV

usage() {
    cat <<'HELP'
Usage: sh setup.sh [COMMAND]

  sh setup.sh                set everything up: the environment is .venv, the program .venv/bin/hornbook
  sh setup.sh demo [ARG...]  the same, then build every lesson of lessons/ into output/ (PDF and DOCX); ARGs go to
                             `hornbook build`
  sh setup.sh test [ARG...]  the same with the test tools, then run the tests; ARGs go to pytest
  sh setup.sh help           this text

What is missing of Python 3.11 or newer, Pango, HarfBuzz and fontconfig is installed with the machine's package
manager, in one go, which needs an administrator; then Python packages, checked against requirements.lock, go into
.venv. A second run finds all of it and goes straight to work.

  PYTHON=/path/to/python3 sh setup.sh      use this Python

Exit status: 0 done; 1 something failed, the end of .setup.log says what; 2 wrong usage; 3 something is missing and
needs an administrator: the message has the command; 4 no network. Otherwise that of the build or of the tests.

Tried on Debian 12 and 13. Untested: Ubuntu, Fedora (dnf), Alpine (apk), Arch (pacman), openSUSE (zypper),
macOS (Homebrew). Windows: use WSL (untested).
HELP
}

say() { printf 'setup: %s\n' "$*" >&2; }

# ---------------------------------------------------------------- Python

# Prints the interpreter behind command $1 if it is new enough and can make environments. Debian splits ensurepip off.
usable_python() {
    "$1" -I -c '
import sys
if sys.version_info < (3, 11):
    sys.exit(1)
import ctypes, ensurepip, os, venv
print(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))' 2>/dev/null
}

# Sets $python to a usable interpreter outside .venv (which may be about to go), or to nothing.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        python=$(usable_python "$PYTHON") && return
        say "PYTHON=$PYTHON is not a Python 3.11 or newer with the venv and ensurepip modules"
        exit 2
    fi
    for python in python3 python3.13 python3.12 python3.11 python3.14 python; do
        python=$(usable_python "$python") && return
    done
    python=
}

# ---------------------------------------------------------------- system libraries

# Prints the names of the libraries that do not open. Before there is a Python, the linker's cache is asked; where
# there is none (musl), all count as missing: installing what is there does no harm.
missing_libraries() {
    if [ -n "$python" ]; then
        "$python" -I -c '
import ctypes, sys
column = 3 if sys.platform == "darwin" else 2
folders = ("", "/opt/homebrew/lib/", "/usr/local/lib/") if column == 3 else ("",)
def opens(name):
    for folder in folders:
        try:
            return ctypes.CDLL(folder + name)
        except OSError:
            pass
for row in map(str.split, open(sys.argv[1], encoding="utf-8")):
    if row[:1] == ["library"] and not opens(row[column]):
        print(row[1])' "$table"
    else
        cache=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) || cache=
        while read -r kind name soname _; do
            [ "$kind" = library ] || continue
            case $cache in *"$soname"*) ;; *) echo "$name" ;; esac
        done <"$table"
    fi
}

# ---------------------------------------------------------------- the package manager

find_manager() {
    manager=
    if [ "$(uname -s)" = Darwin ]; then known=brew; else known='apt dnf apk pacman zypper'; fi
    for name in $known; do
        tool=$name
        [ "$name" = apt ] && tool="apt-get"
        if command -v "$tool" >/dev/null 2>&1; then manager=$name && return; fi
    done
}

# Prints the packages that bring Python (if none is usable) and the libraries $libraries, one a line, each once.
packages() {
    while read -r kind name _ _ apt dnf apk pacman zypper brew; do
        case $kind in
            python) [ -z "$python" ] || continue ;;
            library) case " $libraries " in *" $name "*) ;; *) continue ;; esac ;;
            *) continue ;;
        esac
        case $manager in
            apt) [ "$kind" = python ] && apt=$(apt_python "$apt"); echo "$apt" ;;
            dnf) echo "$dnf" ;;
            apk) echo "$apk" ;;
            pacman) echo "$pacman" ;;
            zypper) echo "$zypper" ;;
            brew) echo "$brew" ;;
        esac
    done <"$table" | tr , '\n' | awk '!seen[$0]++' | known_packages
}

# Prints $1, or, where the release's own python3 is older than 3.11 but a newer one is on offer, that one's packages.
apt_python() {
    minor=$(apt-cache show --no-all-versions python3 2>/dev/null | sed -n 's/^Version: 3\.\([0-9]*\).*/\1/p')
    if [ "${minor:-11}" -lt 11 ]; then
        for minor in 13 12 11; do
            if apt-cache show "python3.$minor-venv" >/dev/null 2>&1; then
                echo "python3.$minor,python3.$minor-venv" && return
            fi
        done
    fi
    echo "$1"
}

# Lets through what the package manager knows: before 2022 Debian's libharfbuzz0b held the subsetter too, and one
# unknown name would stop the whole transaction. What is then still missing is found afterwards.
known_packages() {
    if [ "$manager" = apt ] && apt-cache show libpango-1.0-0 >/dev/null 2>&1; then
        while read -r name; do
            if apt-cache show "$name" >/dev/null 2>&1; then echo "$name"; fi
        done
    else
        cat
    fi
}

# Sets $refresh and $install to the commands that bring $1 (empty if there is no package manager we know).
install_commands() {
    refresh=
    case $manager in
        apt) refresh='apt-get update' install="apt-get install --yes --no-install-recommends $1" ;;
        dnf) install="dnf install --assumeyes --setopt=install_weak_deps=False $1" ;;
        apk) install="apk add --no-cache $1" ;;
        pacman) install="pacman -Sy --needed --noconfirm $1" ;;
        zypper) install="zypper --non-interactive install --no-recommends $1" ;;
        brew) install="brew install $1" ;;
        *) install= ;;
    esac
}

# Says in one message what is missing, and ends.
ask_administrator() {
    say "this machine lacks something that Hornbook needs, and $1."
    {
        [ -n "$python" ] || echo "  missing program:    Python 3.11 or newer, with venv"
        [ -z "$libraries" ] || echo "  missing libraries:  $libraries"
        if [ -n "$install" ]; then
            sudo='' who=''
            if [ "$manager" = brew ]; then :; elif command -v sudo >/dev/null 2>&1; then sudo='sudo '; else who=' as root'; fi
            echo "  run this$who, then set up again:"
            echo "    ${refresh:+$sudo$refresh && }$sudo$install"
        else
            echo "  install them with the machine's package manager, then set up again"
        fi
        echo "  Nothing was changed."
    } >&2
    exit 3
}

install_system() {
    find_manager
    wanted=$(packages | tr '\n' ' ')
    install_commands "${wanted% }"
    [ -n "$install" ] || ask_administrator "no package manager that this script knows is here"
    if [ "$manager" != brew ] && [ "$(id -u)" != 0 ]; then
        ask_administrator "only an administrator can install it"
    fi
    one_at_a_time
    say "installing with $manager: $wanted"
    if [ -n "$refresh" ]; then
        # One broken source among many is no reason to stop; if it matters, the installation fails and tells.
        # shellcheck disable=SC2086 # a command and its words
        logged $refresh || true
        wanted=$(packages | tr '\n' ' ') # the fresh lists may know names that the old ones did not
        install_commands "$wanted"
    fi
    patience=
    if [ "$manager" = apt ]; then
        patience='-o DPkg::Lock::Timeout=120' # a new machine updates itself at its first start
        logged dpkg --configure -a || true    # what an installation that was cut off left half done
    fi
    # shellcheck disable=SC2086 # a command and its words
    logged $install $patience || fail "the package manager could not install what is missing"
    find_python
    [ -n "$python" ] || fail "there is still no usable Python; name one: PYTHON=/path/to/python3.12 sh setup.sh"
    libraries=$(missing_libraries | tr '\n' ' ')
    [ -z "$libraries" ] || fail "these libraries still do not open: $libraries"
}

# ---------------------------------------------------------------- running things and telling what went wrong

# Two setups of one folder take turns, where the machine has flock. The lock is on the log and dies with its holders,
# a child that outlives a killed setup among them: nobody builds beside a pip that is still writing.
one_at_a_time() {
    [ -z "$locked" ] || return 0
    locked=yes
    if ! (: >>"$log") 2>/dev/null; then
        say "cannot write $log; who may?"
        exit 1
    fi
    exec 9>>"$log"
    if command -v flock >/dev/null 2>&1 && ! flock -n 9; then
        say "another setup is at work in this folder; waiting for it ..."
        flock 9
    fi
    : >"$log"
}

logged() {
    printf '+ %s\n' "$*" >>"$log"
    DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@" >>"$log" 2>&1 </dev/null
}

# Says that $1, why as far as the log shows, and ends: 4 for want of a network, otherwise 1.
fail() {
    say "$1."
    status=1
    telling='[Ee]rror|ERROR|^E:'
    if blames 'No space left on device|Disk quota exceeded'; then
        say "cause: the disk is full."
    elif blames 'DO NOT MATCH THE HASHES'; then
        say "cause: a package that was fetched is not the one that the lock file names; it was not installed."
    elif blames 'Could not get lock|Unable to lock|unable to lock database'; then
        say "cause: another package manager is running; wait for it, then run this again."
    elif blames 'CERTIFICATE_VERIFY_FAILED'; then
        say "cause: the package server cannot be reached safely: this machine does not trust its certificate."
        say "Behind a filter that opens connections, PIP_CERT=/path/to/its/certificate.pem helps."
        status=4
    elif blames "$no_network"; then
        say "cause: no network, or the package server cannot be reached. When it can, run this again."
        status=4
    elif blames 'from versions: none'; then
        say "cause: no ready-made package for this Python on this machine; another may do: PYTHON=python3.12 sh setup.sh"
    fi
    say "more in $log:"
    excerpt=$(grep -E "$telling" "$log" | tail -n 2)
    printf '%s\n' "${excerpt:-$(tail -n 2 "$log")}" | cut -c 1-300 | sed 's/^/    /' >&2
    exit "$status"
}

# True if the log has a line like $1, which then is the telling one.
blames() { grep -qE "$1" "$log" && telling=$1; }

no_network='Temporary failure|Could not resolve|[Nn]ame or service not known|nodename nor servname|Could not connect'
no_network="$no_network|Network is unreachable|No route to host|Failed to establish a new connection|NewConnectionError"
no_network="$no_network|Cannot initiate the connection|Connection refused|[Cc]onnection timed out|ConnectTimeout"
no_network="$no_network|ReadTimeout|ProxyError|temporary error \(try again later\)|Failed to download metadata"

# ---------------------------------------------------------------- the environment

checksum() { cksum <"$1"; }

holds() { grep -qxF -- "$1" "$stamp" 2>/dev/null; }

# True if the environment is whole, and made here, by this script, with this Python; $1 names the lock file.
made_with() {
    holds "root $root" && holds "setup.sh $(checksum "$root/setup.sh")" && holds "$1 $(checksum "$root/$1")" &&
        holds "python $("$venv/bin/python" -I -c "$python_version" 2>/dev/null)" &&
        { [ -z "${PYTHON:-}" ] || holds "from $(usable_python "$PYTHON")"; }
}

python_version='import sys; print("%d.%d" % sys.version_info[:2])'

# Brings .venv to what lock file $1 says: the tests' packages are added to a whole environment, anything else is
# made anew, so that what is there depends on the lock file and on nothing that was there before.
make_environment() {
    one_at_a_time
    if made_with "$1"; then return; fi # the setup that we waited for made it
    if made_with requirements.lock && ! grep -q '^requirements-test.lock ' "$stamp"; then
        python=$(sed -n 's/^from //p' "$stamp")
        rm -f "$stamp"
    else
        [ ! -e "$venv" ] || say "making .venv anew: it is unfinished, out of date, or not from here"
        rm -rf "$venv"
        logged "$python" -m venv "$venv" || fail "could not make an environment with $python"
    fi
    say "installing Python packages from $1 ..."
    [ "${PIP_RETRIES:-0}" -gt 0 ] || PIP_RETRIES=2 # without a retry pip does not say that there is no network
    export PIP_RETRIES
    logged "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --no-user --progress-bar off \
        --require-hashes --only-binary :all: --requirement "$root/$1" ||
        fail "could not install the Python packages"
    logged "$venv/bin/python" -I -c "$put_project" "$root" || fail "could not install the project itself"
    {
        echo "root $root"
        echo "setup.sh $(checksum "$root/setup.sh")"
        echo "python $("$venv/bin/python" -I -c "$python_version")"
        echo "from $python"
        echo "requirements.lock $(checksum "$root/requirements.lock")"
        [ "$1" = requirements.lock ] || echo "$1 $(checksum "$root/$1")"
    } >"$stamp.new"
    mv "$stamp.new" "$stamp"
}

# -P keeps the folder one works in off the module path; -c, unlike a script file, is not run again by worker processes.
put_project='
import os, pathlib, shlex, sys, sysconfig
root, site = sys.argv[1], sysconfig.get_path("purelib")
launcher = pathlib.Path(sys.prefix, "bin", "hornbook")
libraries = "DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib " if sys.platform == "darwin" else ""
start = "import sys; sys.argv[0] = \"hornbook\"; from toolkit.cli import main; sys.exit(main())"
pathlib.Path(site, "hornbook.pth").write_text(os.path.relpath(root, site) + "\n", encoding="ascii")
python = shlex.quote(os.path.join(sys.prefix, "bin", "python"))
launcher.write_bytes(os.fsencode(f"#!/bin/sh\n{libraries}exec {python} -P -c {shlex.quote(start)} \"$@\"\n"))
launcher.chmod(0o755)'

# ---------------------------------------------------------------- the commands

set_up() {
    locked=
    python=
    if made_with "$1"; then python=$venv/bin/python; else find_python; fi
    libraries=$(missing_libraries | tr '\n' ' ')
    libraries=${libraries% }
    if [ -z "$python" ] || [ -n "$libraries" ]; then install_system; fi
    made_with "$1" || make_environment "$1"
    [ -z "$locked" ] || exec 9>&-
}

verb=${1:-setup}
[ $# -eq 0 ] || shift
case $verb in
    setup)
        set_up requirements.lock
        echo "Hornbook is set up. Try: .venv/bin/hornbook --help"
        ;;
    demo)
        set_up requirements.lock
        cd "$root"
        exec "$venv/bin/hornbook" build --format pdf --format docx "$@"
        ;;
    test)
        set_up requirements-test.lock
        cd "$root"
        exec "$venv/bin/python" -m pytest "$@"
        ;;
    help | --help | -h) usage ;;
    *)
        say "no command '$verb'"
        usage >&2
        exit 2
        ;;
esac
