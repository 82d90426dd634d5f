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

    def edited(self, data: bytes, steps: Sequence[Step] = (), *, record: bool = False, via: str = DOCX) -> bytes:
        """Return the document `data` after `steps`, saved as .docx; `via` another format first."""
        source = self._file(".docx")
        source.write_bytes(data)
        middle = self._file(".odt" if via == ODT else ".docx")
        self._job(source, steps, middle, via, record=record)
        if via == DOCX:
            return middle.read_bytes()
        return self._saved(middle)

    def _saved(self, file: Path) -> bytes:
        target = self._file(".docx")
        self._job(file, (), target, DOCX)
        return target.read_bytes()

    def _file(self, ending: str) -> Path:
        self._count += 1
        return self._folder / f"{self._count}{ending}"

    def _job(self, source: Path, steps: Sequence[Step], target: Path, kind: str, *, record: bool = False) -> None:
        job = {"open": str(source), "record": record, "steps": list(steps), "save": [[str(target), kind]]}
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
