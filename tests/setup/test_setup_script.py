"""setup.sh on machines made up for it: an empty PATH with stubs of what a machine may have, and real environments.

Nothing here touches the repository's own .venv: every run is of a copy, in a folder with a space and an accent in its
name. What needs a real environment is marked slow; its packages are wheels made here, so that no network is needed.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import signal
import subprocess
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ["awk", "cat", "cksum", "cut", "dirname", "env", "flock", "grep", "mv", "rm", "sed", "sh", "tail", "tr"]
LIBRARIES = ["glib", "pango", "pangoft2", "harfbuzz", "harfbuzz-subset", "fontconfig"]
SONAMES = "libgobject-2.0.so.0 libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz.so.0 libfontconfig.so.1"
STAMP = ".venv/.setup-stamp"
MANAGERS = {
    "apt-get": "apt-get update && apt-get install --yes --no-install-recommends python3 python3-venv"
    " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "dnf install --assumeyes --setopt=install_weak_deps=False python3 glib2 pango harfbuzz fontconfig",
    "apk": "apk add --no-cache python3 so:libgobject-2.0.so.0 so:libpango-1.0.so.0",
    "pacman": "pacman -Sy --needed --noconfirm python glib2 pango harfbuzz fontconfig",
    "zypper": "zypper --non-interactive install --no-recommends python3 libgobject-2_0-0 libpango-1_0-0",
}
MAIN = """import sys
def main():
    print("hornbook", *sys.argv[1:])
"""
Run = Callable[..., subprocess.CompletedProcess[str]]


def needed(tool: str) -> str:
    """Return the path of `tool`; without it the test is skipped, and says so."""
    return shutil.which(tool) or pytest.skip(f"{tool} is not on this machine")


def wheel(folder: Path, name: str, files: Mapping[str, str]) -> str:
    """Return the lock line of a wheel of `files` that is made in `folder`."""
    info = f"{name}-1.dist-info"
    members = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},\n"
        for path, text in members.items()
    )
    file = folder / f"{name}-1-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        for path, text in {**members, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            archive.writestr(path, text)
    return f"{name}==1 --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n"


def checkout(parent: Path) -> Path:
    """Return a folder with what setup.sh reads: a program of three lines, and locks of wheels that lie beside it."""
    root = parent / "leçons d’été"
    (root / "toolkit/cli").mkdir(parents=True)
    for file in ("setup.sh", "toolkit/cli/system.txt"):
        shutil.copy(ROOT / file, root / file)
    (root / "toolkit/__init__.py").touch()
    (root / "toolkit/cli/__init__.py").write_text(MAIN, encoding="utf-8")
    wheels = root / "wheels"
    wheels.mkdir()
    runtime = wheel(wheels, "runtimepart", {"runtimepart.py": ""})
    # A stand-in for pytest: it tells the arguments that setup.sh passes on.
    test = wheel(wheels, "pytest", {"pytest/__init__.py": "", "pytest/__main__.py": "import sys; print(sys.argv[1:])"})
    (root / "requirements.lock").write_text(runtime, encoding="utf-8")
    (root / "requirements-test.lock").write_text(runtime + test, encoding="utf-8")
    return root


def call(
    root: Path, *arguments: str, prefix: Sequence[str] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    """Return the finished run of setup.sh in `root`, called from another folder, with `environment` added."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    return subprocess.run(
        [*prefix, "/bin/sh", str(root / "setup.sh"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=root.parent,
        env=inherited | environment,
        timeout=300,
    )


def offline(root: Path) -> dict[str, str]:
    """Return the environment in which pip takes the wheels of `root` and asks nobody else."""
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": (root / "wheels").as_uri(), "PIP_CONFIG_FILE": os.devnull}


@pytest.fixture
def machine(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Return a maker of machines: an environment whose PATH has the plainest tools, and `stubs` (name -> script)."""

    def make(**stubs: str) -> dict[str, str]:
        folder = tmp_path / "bin"
        folder.mkdir()
        for tool in TOOLS:
            (folder / tool).symlink_to(needed(tool))
        for name, script in {"id": "echo 1000", "ldconfig": "", "uname": "echo Linux", **stubs}.items():
            stub = folder / name.replace("_", "-")
            stub.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            stub.chmod(0o755)
        return {"PATH": str(folder)}

    return make


def listing(root: Path) -> set[Path]:
    return set(root.rglob("*"))


# ---------------------------------------------------------------- the script as text


def test_the_script_is_posix_sh() -> None:
    subprocess.run([needed("dash"), "-n", str(ROOT / "setup.sh")], check=True)


def test_shellcheck_finds_nothing() -> None:
    scripts = [str(ROOT / "setup.sh"), str(ROOT / ".ci/run")]
    done = subprocess.run([needed("shellcheck"), *scripts], capture_output=True, text=True, check=False)
    assert done.stdout == ""


@pytest.mark.parametrize("word", ["help", "--help", "-h"])
def test_help_tells_the_commands_and_what_was_not_tried(word: str) -> None:
    done = call(ROOT, word)
    assert done.returncode == 0
    assert all(text in done.stdout for text in ("sh setup.sh demo", "sh setup.sh test", "Untested: ", "PYTHON="))
    assert max(map(len, done.stdout.splitlines())) <= 120


def test_an_unknown_command_is_wrong_usage() -> None:
    done = call(ROOT, "tset")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no command 'tset'" in done.stderr


# ---------------------------------------------------------------- machines that lack something


@pytest.mark.parametrize("manager", MANAGERS)
def test_without_root_one_message_names_everything_and_nothing_is_changed(
    manager: str, tmp_path: Path, machine: Callable[..., dict[str, str]]
) -> None:
    root = checkout(tmp_path)
    before = listing(root)
    done = call(root, "demo", **machine(**{manager: 'echo called >>"$0.called"'}))
    assert done.returncode == 3
    assert done.stderr.count("setup:") == 1
    assert f"missing libraries:  {' '.join(LIBRARIES)}\n" in done.stderr
    assert "Python 3.11 or newer, with venv" in done.stderr
    assert "run this as root" in done.stderr
    assert f"    {MANAGERS[manager]}" in done.stderr
    assert listing(root) == before
    assert not (tmp_path / f"bin/{manager}.called").exists()


def test_only_what_is_missing_is_asked_for(tmp_path: Path, machine: Callable[..., dict[str, str]]) -> None:
    cache = "".join(f"\\t{name} (libc6,x86-64) => /usr/lib/{name}\\n" for name in SONAMES.split())
    done = call(checkout(tmp_path), **machine(apt_get="", sudo="", ldconfig=f"printf '{cache}'"))
    assert done.returncode == 3
    assert "missing libraries:  harfbuzz-subset\n" in done.stderr
    wanted = "sudo apt-get install --yes --no-install-recommends python3 python3-venv libharfbuzz-subset0\n"
    assert f"    sudo apt-get update && {wanted}" in done.stderr


def test_an_older_release_gets_the_newest_python_it_offers(
    tmp_path: Path, machine: Callable[..., dict[str, str]]
) -> None:
    offers = "python3|python3.11*|libpango-1.0-0|libpangoft2-1.0-0"
    show = f'for name; do :; done; case $name in {offers}) echo "Version: 3.10.6-1" ;; *) exit 100 ;; esac'
    done = call(checkout(tmp_path), **machine(apt_get="", apt_cache=show))
    # libharfbuzz-subset0 is not known to that release: one unknown name would stop the whole transaction.
    assert "install --yes --no-install-recommends python3.11 python3.11-venv libpango-1.0-0 libpangoft2" in done.stderr
    assert "libharfbuzz-subset0" not in done.stderr


def test_a_machine_without_a_package_manager_is_told_so(tmp_path: Path, machine: Callable[..., dict[str, str]]) -> None:
    done = call(checkout(tmp_path), **machine(id="echo 0"))
    assert done.returncode == 3
    assert "no package manager that this script knows" in done.stderr
    assert "harfbuzz-subset" in done.stderr


def test_homebrew_needs_no_administrator(tmp_path: Path, machine: Callable[..., dict[str, str]]) -> None:
    root = checkout(tmp_path)
    done = call(root, **machine(uname="echo Darwin", brew='echo "brew $*"'))
    assert done.returncode == 1
    assert "still no usable Python" in done.stderr
    assert "+ brew install python glib pango harfbuzz fontconfig" in (root / ".setup.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("says", "status", "cause"),
    [
        ("Temporary failure resolving 'deb.example'", 4, "no network"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", 1, "another package manager is running"),
        ("write error: No space left on device", 1, "the disk is full"),
        ("E: Unable to locate package", 1, ""),
    ],
)
def test_a_failed_installation_tells_its_cause(
    says: str, status: int, cause: str, tmp_path: Path, machine: Callable[..., dict[str, str]]
) -> None:
    stubs = {"id": "echo 0", "dpkg": "", "apt_get": f'echo "{says}"; exit 100'}
    done = call(checkout(tmp_path), **machine(**stubs))
    assert done.returncode == status
    assert f"cause: {cause}" in done.stderr if cause else "cause:" not in done.stderr
    assert says in done.stderr


def test_a_python_that_will_not_do_is_wrong_usage(tmp_path: Path) -> None:
    done = call(checkout(tmp_path), PYTHON="/nonexistent/python3")
    assert done.returncode == 2
    assert "PYTHON=/nonexistent/python3 is not a Python 3.11 or newer" in done.stderr


# ---------------------------------------------------------------- real environments


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a checkout that setup.sh has set up, in an environment of its own."""
    root = checkout(tmp_path_factory.mktemp("installed"))
    done = call(root, **offline(root))
    assert done.returncode == 0, done.stderr
    return root


@pytest.mark.slow
def test_the_program_runs_from_anywhere_and_shadows_nothing(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "toolkit.py").write_text("raise SystemExit('the wrong toolkit')", encoding="utf-8")
    link = tmp_path / "hornbook"
    link.symlink_to(installed / ".venv/bin/hornbook")
    command = [str(link), "build", "two words", "$HOME"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout == "hornbook build two words $HOME\n"


@pytest.mark.slow
def test_demo_builds_every_lesson_as_pdf_and_docx(installed: Path) -> None:
    done = call(installed, "demo", **offline(installed))
    assert (done.returncode, done.stdout) == (0, "hornbook build --format pdf --format docx\n")


@pytest.mark.slow
def test_a_second_run_takes_less_than_a_second_and_no_network(installed: Path) -> None:
    times = []
    for _ in range(3):
        start = time.monotonic()
        done = call(installed, PIP_INDEX_URL="https://127.0.0.1:9/simple")
        times.append(time.monotonic() - start)
        assert (done.returncode, done.stderr) == (0, "")
    assert min(times) < 1


@pytest.fixture
def own(installed: Path, tmp_path: Path) -> Path:
    """Return a copy of `installed` to spoil, whose stamp is true for where it is."""
    root = shutil.copytree(installed, tmp_path / installed.name, symlinks=True)
    stamp = root / STAMP
    stamp.write_text(
        stamp.read_text(encoding="utf-8").replace(f"root {installed}\n", f"root {root}\n"), encoding="utf-8"
    )
    return root


@pytest.mark.slow
def test_the_tests_packages_are_added_and_arguments_passed_on(own: Path) -> None:
    (own / ".venv/kept").touch()
    done = call(own, "test", "-k", "dates and times", **offline(own))
    assert (done.returncode, done.stdout) == (0, "['-k', 'dates and times']\n"), done.stderr
    assert (own / ".venv/kept").exists()
    assert call(own, "demo", **offline(own)).stderr == ""  # an environment with the tests' packages will do


@pytest.mark.slow
@pytest.mark.parametrize("change", ["stamp gone", "lock changed", "folder moved"])
def test_an_environment_that_is_not_true_is_made_anew(change: str, own: Path) -> None:
    (own / ".venv/left over").touch()
    if change == "stamp gone":
        (own / STAMP).unlink()
    elif change == "lock changed":
        with (own / "requirements.lock").open("a", encoding="utf-8") as lock:
            lock.write("# changed\n")
    else:
        own = own.rename(own.with_name("moved"))
    done = call(own, **offline(own))
    assert done.returncode == 0
    assert "making .venv anew" in done.stderr
    assert not (own / ".venv/left over").exists()
    assert subprocess.run([own / ".venv/bin/hornbook"], check=True, capture_output=True).stdout == b"hornbook\n"


@pytest.mark.slow
def test_killed_in_the_middle_it_heals(tmp_path: Path) -> None:
    root = checkout(tmp_path)
    running = subprocess.Popen(
        ["/bin/sh", str(root / "setup.sh")], env=os.environ | offline(root), start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not (root / ".venv/bin/python").exists():
        assert time.monotonic() < deadline
        assert running.poll() is None
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert not (root / STAMP).exists()
    done = call(root, "demo", **offline(root))
    assert (done.returncode, done.stdout) == (0, "hornbook build --format pdf --format docx\n"), done.stderr


@pytest.mark.slow
def test_without_a_network_the_exit_status_is_4_and_the_cause_is_told(own: Path) -> None:
    probe = subprocess.run([needed("unshare"), "-n", "true"], capture_output=True, check=False)
    cut_off = ["unshare", "-n"] if probe.returncode == 0 else []
    nowhere = "https://packages.invalid/simple" if cut_off else "https://127.0.0.1:9/simple"
    done = call(own, "test", prefix=cut_off, PIP_RETRIES="1", PIP_CONFIG_FILE=os.devnull, PIP_INDEX_URL=nowhere)
    assert (done.returncode, done.stdout) == (4, "")
    assert "cause: no network" in done.stderr
    assert not (own / STAMP).exists()


@pytest.mark.slow
def test_a_package_that_is_not_the_one_of_the_lock_is_refused(own: Path) -> None:
    lock = own / "requirements-test.lock"
    lock.write_text(re.sub("=sha256:.*", f"=sha256:{'0' * 64}", lock.read_text(encoding="utf-8")), encoding="utf-8")
    done = call(own, "test", **offline(own))
    assert (done.returncode, done.stdout) == (1, "")
    assert "is not the one that the lock file names" in done.stderr
    assert not (own / STAMP).exists()


@pytest.mark.slow
def test_two_setups_of_one_folder_take_turns(tmp_path: Path) -> None:
    needed("flock")
    root = checkout(tmp_path)
    command = ["/bin/sh", str(root / "setup.sh"), "demo"]
    both = [
        subprocess.Popen(command, env=os.environ | offline(root), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    told = [process.communicate(timeout=300) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert sum(b"waiting for it" in errors for _, errors in told) == 1
    assert sum(b"installing Python packages" in errors for _, errors in told) == 1
