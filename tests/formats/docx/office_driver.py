"""LibreOffice, driven as a person drives it. Run by the system's Python, which has `uno`; the tests talk to it.

    python3 office_driver.py PIPE

One job a line comes in as JSON, {"open": file, "steps": [[name, argument, ...], ...]}, and one line goes out for
each: "ok", or what went wrong. The steps are commands of the program's own menus.
"""

import json
import sys
import time
from typing import Any

import uno  # type: ignore[import-not-found]  # comes with LibreOffice
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # as above


def value(name: str, content: object) -> Any:  # noqa: ANN401  # UNO has no types
    """Return a named argument."""
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made


class Office:
    """One document open in LibreOffice, and where its cursor is."""

    def __init__(self, pipe: str) -> None:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(300):
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:  # the program is still starting: it has no other way to say so
                time.sleep(0.1)
        manager = self.context.ServiceManager
        self.desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)
        self.dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", self.context)
        self.document: Any = None

    def job(self, job: dict[str, Any]) -> None:
        """Open a document, edit it, save it."""
        url = uno.systemPathToFileUrl(job["open"])
        self.document = self.desktop.loadComponentFromURL(url, "_blank", 0, (value("Hidden", True),))
        try:
            self.cursor = self.document.CurrentController.ViewCursor
            for name, *arguments in job["steps"]:
                getattr(self, f"do_{name}")(*arguments)
        finally:
            self.document.close(True)

    def command(self, name: str, **arguments: object) -> None:
        given = tuple(value(key, content) for key, content in arguments.items())
        self.dispatcher.executeDispatch(self.document.CurrentController.Frame, f".uno:{name}", "", 0, given)

    def found(self, words: str) -> Any:  # noqa: ANN401  # as above
        """Return where `words` stand first."""
        search = self.document.createSearchDescriptor()
        search.SearchString, search.SearchCaseSensitive = words, True
        found = self.document.findFirst(search)
        if found is None:
            raise LookupError(f"no {words!r} in the document")
        return found

    def _edge(self, words: str, edge: str, *, extend: bool = False) -> None:
        """Put the cursor to the start or the end of the paragraph of `words`."""
        place = self.found(words)
        cursor = place.Text.createTextCursorByRange(place.Start)
        getattr(cursor, edge)(False)
        self.cursor.gotoRange(cursor, extend)

    # -- steps

    def do_record(self) -> None:
        """Track changes from now on."""
        self.document.RecordChanges = True

    def do_save(self, file: str, kind: str) -> None:
        """Save a copy."""
        self.document.storeToURL(uno.systemPathToFileUrl(file), (value("FilterName", kind),))

    def do_select(self, words: str) -> None:
        """Select `words`."""
        self.cursor.gotoRange(self.found(words), False)

    def do_through(self, words: str) -> None:
        """Go on selecting up to the end of `words`."""
        self.cursor.gotoRange(self.found(words).End, True)

    def do_before(self, words: str) -> None:
        """Put the cursor in front of the paragraph of `words`."""
        self._edge(words, "gotoStartOfParagraph")

    def do_behind(self, words: str) -> None:
        """Put the cursor behind the paragraph of `words`."""
        self._edge(words, "gotoEndOfParagraph")

    def do_after(self, words: str) -> None:
        """Put the cursor behind `words`."""
        self.cursor.gotoRange(self.found(words).End, False)

    def do_paragraph(self, words: str) -> None:
        """Select the paragraph of `words`, without its end."""
        self._edge(words, "gotoStartOfParagraph")
        self._edge(words, "gotoEndOfParagraph", extend=True)

    def do_blocks(self, first: str, behind: str) -> None:
        """Select from the paragraph of `first` up to that of `behind`."""
        text = self.document.Text
        start = text.createTextCursorByRange(self.found(first).Start)
        start.gotoStartOfParagraph(False)
        end = text.createTextCursorByRange(self.found(behind).Start)
        end.gotoStartOfParagraph(False)
        self.cursor.gotoRange(start, False)
        self.cursor.gotoRange(end, True)

    def do_type(self, words: str) -> None:
        """Type `words`."""
        self.command("InsertText", Text=words)

    def do_press(self, key: str) -> None:
        """Press a key, or choose a command of the menu."""
        self.command(key)

    def do_link(self, address: str) -> None:
        """Make the selection a link."""
        self.cursor.HyperLinkURL = address

    def do_lines(self, words: str, number: int) -> None:
        """Put the cursor into row `number` of the first table behind `words`."""
        place = self.found(words)
        text = self.document.Text
        behind = [t for t in self.document.TextTables if text.compareRegionStarts(place.Start, t.Anchor) > 0]
        behind.sort(key=lambda table: sum(text.compareRegionStarts(table.Anchor, one.Anchor) < 0 for one in behind))
        self.cursor.gotoRange(behind[0].getCellByName(f"A{number}").Start, False)


def answer(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    office = Office(sys.argv[1])
    for line in sys.stdin:
        try:
            office.job(json.loads(line))
            answer("ok")
        except Exception as error:  # told to the tests, which fail with it
            answer(f"{type(error).__name__}: {error}".replace("\n", " "))


if __name__ == "__main__":
    main()
