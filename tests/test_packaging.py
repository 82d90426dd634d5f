"""What is installed from the wheel is all that is needed: templates, fonts, labels, the command."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from sandbox import REPOSITORY

import toolkit

pytestmark = pytest.mark.slow

TEMPLATES = REPOSITORY / "templates"


def tracked(folder: Path) -> set[str]:
    """Return the files under `folder`, without what Python and editors leave there."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts and not path.name.startswith(".")}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the source archive, and the wheel that is made from that archive alone."""
    folder = tmp_path_factory.mktemp("dist")
    # Without isolation: the build back end is installed here, and a test must not reach for the network.
    words = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(REPOSITORY)]
    made = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (found,) = dist.glob("*.whl")
    return found


def test_the_archives_are_named_after_the_program(dist: Path) -> None:
    version = toolkit.__version__
    assert sorted(path.name for path in dist.iterdir()) == [
        f"hornbook-{version}-py3-none-any.whl",
        f"hornbook-{version}.tar.gz",
    ]


def test_the_wheel_has_every_template_and_every_module(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    packaged = {name.removeprefix("toolkit/_templates/") for name in names if name.startswith("toolkit/_templates/")}
    assert packaged == tracked(TEMPLATES)
    modules = {name.removeprefix("toolkit/") for name in names if name.startswith("toolkit/")}
    modules = {name for name in modules if not name.startswith("_templates/")}
    assert modules == tracked(REPOSITORY / "toolkit")


def test_the_wheel_has_the_licences_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    licences = {name.partition(".dist-info/licenses/")[2] for name in names if ".dist-info/licenses/" in name}
    fonts = {path.relative_to(REPOSITORY).as_posix() for path in TEMPLATES.glob("fonts/*/OFL.txt")}
    assert licences == {"LICENSE", "templates/styles/README.md", *fonts}
    assert {name.split("/")[0] for name in names} == {"toolkit", f"hornbook-{toolkit.__version__}.dist-info"}


def test_the_source_archive_has_what_the_wheel_is_made_of(dist: Path) -> None:
    (found,) = dist.glob("*.tar.gz")
    with tarfile.open(found) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"templates/{name}" for name in tracked(TEMPLATES)} <= names
    assert {"LICENSE", "README.md", "pyproject.toml", "PKG-INFO"} <= names
    assert {name.split("/")[0] for name in names} & {"tests", "output", "lessons", ".venv"} == set()


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the command as it is installed from the wheel in an empty environment."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    words = [str(python), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(words, check=True, timeout=300, capture_output=True)
    # The libraries come from the environment that runs the test, so that no network is needed. Only its
    # site-packages: this repository, which a .pth file there may name, is not among what is found.
    site = sysconfig.get_path("purelib")
    inside = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip  # reads as a call
    Path(inside, "libraries.pth").write_text(f"{site}\n")
    return place / "bin" / "hornbook"


def run(program: Path, *args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {"PATH": "/usr/bin:/bin", "HOME": str(cwd), "LANG": "C.UTF-8"}
    return subprocess.run(
        [str(program), *args], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=300
    )


def test_what_is_installed_is_the_wheel_and_not_this_repository(program: Path, tmp_path: Path) -> None:
    python = program.parent / "python"
    script = "import toolkit, toolkit.resources as r; print(toolkit.__file__); print(r.templates())"
    out = subprocess.run([str(python), "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert all(line.startswith(str(program.parent.parent)) for line in out.splitlines()), out
    assert str(REPOSITORY) not in out


def test_new_and_build_work_in_another_folder(program: Path, tmp_path: Path) -> None:
    for args in (("new", "x"), ("check", "--strict"), ("build",)):
        done = run(program, *args, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    files = sorted(path.name for path in (tmp_path / "output" / "x").iterdir())
    assert files == ["handout-teacher.pdf", "handout.pdf", "worksheet-teacher.docx", "worksheet.docx"]


def test_every_other_command_works_there(program: Path, tmp_path: Path) -> None:
    for args in (("--help",), ("--version",), ("schema",), ("completion", "bash"), ("doctor",), ("clean",)):
        done = run(program, *args, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
