"""LibreOffice without a screen, for the tests that open what the program wrote as a teacher does."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import pytest

_PATIENCE: Final = 300  # seconds
_LIBRARY: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Typing"/></library:library>
"""
_MODULE: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Typing" script:language="StarBasic">
"""
# Opens a file, sets the cursor behind the words `place`, does what the commands say, and saves the file as it was.
# An error would open a box that nobody sees, and wait for ever.
_TYPING: Final = """
Sub Edit(file As String, place As String, commands As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim typed(0) As New com.sun.star.beans.PropertyValue
  Dim steps, number, sheet, view, wanted, found, dispatcher
  On Error Goto Failed
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  sheet = StarDesktop.loadComponentFromURL(ConvertToURL(file), "_blank", 0, hidden())
  view = sheet.CurrentController
  wanted = sheet.createSearchDescriptor()
  wanted.SearchString = place
  found = sheet.findFirst(wanted)
  view.select(found)
  view.ViewCursor.collapseToEnd()
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  steps = Split(commands, "|")
  For number = 0 To UBound(steps)
    If Left(steps(number), 5) = ".uno:" Then
      dispatcher.executeDispatch(view.Frame, steps(number), "", 0, Array())
    Else
      typed(0).Name = "Text"
      typed(0).Value = steps(number)
      dispatcher.executeDispatch(view.Frame, ".uno:InsertText", "", 0, typed())
    End If
  Next
  sheet.store()
  sheet.close(True)
  Exit Sub
Failed:
  Open file & ".error" For Output As #1
  Print #1, Error$ & " in line " & Erl
  Close #1
  StarDesktop.terminate()
End Sub
"""


class Office:
    """LibreOffice with a profile of its own in `folder`, so that no other run of it is in the way."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("soffice")
        if program is None:
            pytest.skip("LibreOffice (soffice) is not installed: nobody has opened the Word files")
        profile = folder / "profile"
        self._command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        self._run("--terminate_after_init")  # makes the profile
        library = profile / "user/basic/Standard"
        (library / "script.xlb").write_text(_LIBRARY)
        (library / "Typing.xba").write_text(f"{_MODULE}{escape(_TYPING)}</script:module>\n")

    def convert(self, form: str, folder: Path, *files: Path) -> list[Path]:
        """Save `files` in the format `form` ("docx", "pdf") in `folder`, and return what was saved."""
        self._run("--convert-to", form, "--outdir", str(folder), *map(str, files))
        return [folder / f"{file.stem}.{form}" for file in files]

    def edit(self, file: Path, place: str, *commands: str) -> None:
        """Do `commands` behind the words `place` of `file`, and save it: words are typed, ".uno:..." are commands."""
        before = file.read_bytes()
        words = (str(file), place, "|".join(commands))
        assert not any('"' in word for word in words), "Basic has no way to write it here"
        self._run("macro:///Standard.Typing.Edit({})".format(",".join(f'"{word}"' for word in words)))
        failed = Path(f"{file}.error")
        assert not failed.exists(), failed.read_text()
        assert file.read_bytes() != before, f"LibreOffice did not edit the file at {place!r}"

    @contextmanager
    def opened(self, file: Path) -> Iterator[Path]:
        """Have `file` open for a while, and give the file by which LibreOffice says so."""
        lock = file.with_name(f".~lock.{file.name}#")
        with self._started(str(file)):
            end = time.monotonic() + _PATIENCE
            while not lock.exists():
                assert time.monotonic() < end, "LibreOffice did not open the file"
                time.sleep(0.1)
            yield lock
        lock.unlink(missing_ok=True)  # as a person does after a crash

    def _run(self, *words: str) -> None:
        with self._started(*words) as process:
            assert process.wait(_PATIENCE) == 0

    @contextmanager
    def _started(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        # LibreOffice has the machine's fonts, as a teacher's has, also where PDFs were printed before in this process.
        fonts = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
        process = subprocess.Popen(
            [*self._command, *words], env=fonts, start_new_session=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip  # reads as a call
        try:
            yield process
        finally:
            if process.poll() is None:  # the program is a script that starts another
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
