"""The whole circle on a sample lesson: a worksheet is built, edited as a teacher would, and brought back.

Run it in the folder of the project: `.venv/bin/python docs/round_trip.py`. It works on a copy and prints what
changed there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import docx
from docx.document import Document
from docx.text.run import Run

LESSON = "why-the-sea-is-salty"
SHEET = f"output/{LESSON}/worksheet.docx"
HORNBOOK = (sys.executable, "-m", "toolkit")
GIT = ("git", "-c", "user.name=Hornbook", "-c", "user.email=hornbook@example.org")


def main() -> None:
    """Build, edit, pull and show the difference."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(f"lessons/{LESSON}", folder / "lessons" / LESSON)
        run(folder, "git", "init", "-q")
        run(folder, "git", "add", "lessons")
        run(folder, *GIT, "commit", "-q", "-m", "The lesson")
        run(folder, *HORNBOOK, "build", LESSON, "--sheet", "worksheet", "--format", "docx", "--edition", "student")
        edit(folder / SHEET)
        run(folder, *HORNBOOK, "pull", SHEET, "--apply")
        run(folder, "git", "--no-pager", "diff")


def edit(path: Path) -> None:
    """Retype the first question and make words of its first option bold, as a teacher does in Word."""
    document = docx.Document(str(path))
    question = first(document, "LTQuestion")
    question.text = f"Think of a rainy day. {question.text}"
    option = first(document, "LTOption")
    option.bold = True
    say(f"# edited in Word: {question.text}")
    say(f"# edited in Word, now bold: {option.text}")
    document.save(str(path))


def first(document: Document, style: str) -> Run:
    """Return the first run of words in a paragraph of `style`."""
    found = (p for p in document.paragraphs if p.style and p.style.style_id == style)
    return next(run for paragraph in found for run in paragraph.runs if len(run.text.split()) > 1)


def say(line: str) -> None:
    """Print a line before what the next command prints."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(folder: Path, *command: str) -> None:
    """Run a command in `folder` and print it, the way a person would type it."""
    shown = " ".join(command).replace(" ".join(HORNBOOK), "hornbook").replace(" ".join(GIT), "git")
    say(f"\n$ {shown}")
    subprocess.run(command, cwd=folder, check=True)


if __name__ == "__main__":
    main()
