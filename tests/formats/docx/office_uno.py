"""LibreOffice for tests: one process and one driver, which edit documents as a person does."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

DOCX: Final = "MS Word 2007 XML"
ODT: Final = "writer8"
Step = Sequence[Any]
_PYTHONS: Final = ("/usr/bin/python3", "/usr/lib/libreoffice/program/python", "/opt/libreoffice/program/python")
_DRIVER: Final = Path(__file__).with_name("office_driver.py")


def python() -> str | None:
    """Return the Python that can drive LibreOffice, None where there is none."""
    for name in _PYTHONS:
        if Path(name).exists() and subprocess.run([name, "-c", "import uno"], capture_output=True).returncode == 0:
            return name
    return None


class Office:
    """LibreOffice, at work on one document after the other."""

    def __init__(self, driver: subprocess.Popen[str], folder: Path) -> None:
        self._driver = driver
        self._folder = folder
        self._count = 0

    def ways(self, data: bytes, steps: Sequence[Step]) -> tuple[bytes, bytes, bytes, bytes, bytes]:
        """Return `data` after `steps`: saved, tracked, tracked and accepted, saved twice, and through OpenDocument."""
        source, saved, tracked, accepted, again, through = (self._file(".docx") for _ in range(6))
        odt = self._file(".odt")
        source.write_bytes(data)
        self._job(source, [*steps, ("save", str(saved), DOCX), ("save", str(odt), ODT)])
        accept = (("press", "AcceptAllTrackedChanges"), ("save", str(accepted), DOCX))
        self._job(source, [("record",), *steps, ("save", str(tracked), DOCX), *accept])
        self._job(saved, [("save", str(again), DOCX)])
        self._job(odt, [("save", str(through), DOCX)])
        found = [file.read_bytes() for file in (saved, tracked, accepted, again, through)]
        return found[0], found[1], found[2], found[3], found[4]

    def _file(self, ending: str) -> Path:
        self._count += 1
        return self._folder / f"{self._count}{ending}"

    def _job(self, source: Path, steps: Sequence[Step]) -> None:
        job = {"open": str(source), "steps": [list(step) for step in steps]}
        assert self._driver.stdin
        assert self._driver.stdout
        self._driver.stdin.write(json.dumps(job) + "\n")
        self._driver.stdin.flush()
        answer = self._driver.stdout.readline().strip()
        assert answer == "ok", f"{answer or 'LibreOffice is gone'} in {job}"


@contextlib.contextmanager
def running(python_with_uno: str) -> Iterator[Office]:
    """Run LibreOffice for a while."""
    with tempfile.TemporaryDirectory() as folder:
        pipe = f"hornbook{os.getpid()}"
        words = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nologo"]
        office = subprocess.Popen(
            [*words, f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip  # reads as a call
        driver = subprocess.Popen(
            [python_with_uno, str(_DRIVER), pipe], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            yield Office(driver, Path(folder))
        finally:
            assert driver.stdin
            assert driver.stdout
            driver.stdin.close()
            driver.wait(30)
            driver.stdout.close()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(office.pid, signal.SIGKILL)
            office.wait(30)


def available() -> bool:
    """Return whether LibreOffice is here, with a Python that drives it."""
    return shutil.which("soffice") is not None and python() is not None
