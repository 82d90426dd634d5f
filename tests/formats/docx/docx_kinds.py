"""Printouts with every response there is, for students and with its key for teachers."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from docx_samples import choice, furniture, metadata, opener, picture, prose, words

from toolkit.model.printout import Aside, Audience, Block, Exhibit, Furniture, Model, Part, Printout, Task
from toolkit.model.response import (
    Area,
    Cells,
    Choice,
    Entry,
    Gaps,
    Match,
    Option,
    Order,
    Organizer,
    Response,
    Writing,
    public,
)
from toolkit.model.text import Block as TextBlock
from toolkit.model.text import Figure, Gap, Heading, Paragraph, Quote, Strong, Text


def options(address: str, texts: tuple[str, ...], labels: str = "") -> tuple[Option, ...]:
    """Return options, lettered by the characters of `labels` where there are any."""
    letters = labels or " " * len(texts)
    return tuple(
        Option(letter.strip(), words(text), f"{address}/{number}")
        for number, (letter, text) in enumerate(zip(letters, texts, strict=True), start=1)
    )


def truth(key: int = 1) -> Choice:
    """Return a true-false with room to write the statement right."""
    return Choice(
        options("questions/truth/options", ("True", "False")),
        False,
        frozenset({key}),
        inline=True,
        correction=Writing(2, 8.7, "Room to write it right, 2 lines."),
    )


def matching() -> Match:
    """Return a matching with one option to spare."""
    return Match(
        options("questions/match/items", ("Soviet aid shrinks", "Paris talks fail in August", "A plan is agreed")),
        options(
            "questions/match/options",
            ("Fighting spreads in the west", "China invades", "A withdrawal is announced", "Four parties sign"),
            "ABCD",
        ),
        "Write a letter before each.",
        ("C", "A", "D"),
    )


def ordering() -> Order:
    """Return an ordering."""
    texts = ("The canal opens again.", "War closes the canal.", "Navies clear mines and wrecks.")
    return Order(options("questions/order/items", texts), "Write a number in each box.", (3, 1, 2))


def cloze(bank: bool = True) -> Gaps:
    """Return a text with three gaps, one of them in strong words."""
    content = (
        Text("The canal was paid for with "),
        Gap(1, 26, "Gap 1"),
        Text(" help. In 1967 it was closed by "),
        Strong((Text("a "), Gap(2, 26, "Gap 2"))),
        Text(", and fourteen ships lay in the "),
        Gap(3, 26, "Gap 3"),
        Text(" until a convoy of two navies came."),
    )
    return Gaps(
        (Paragraph(content, "questions/cloze/text"),),
        (words("war"), words("key-spare"), words("Great Bitter Lake"), words("French")) if bank else (),
        "Word bank" if bank else "",
        (words("gap-key French"), words("gap-key war"), words("gap-key lake")),
    )


def grid() -> Cells:
    """Return a table to fill in."""
    return Cells(
        (words("Route"), words("Gain"), words("Loss")),
        ((words("Through the canal"), None, None), (words("Round Africa"), words("larger ships"), None)),
        16,
        "Two routes, what each gains and loses.",
        "Three cells to fill in.",
        ((None, words("cell-key time"), words("cell-key tolls")), (None, None, words("cell-key two weeks"))),
    )


def organizers() -> dict[str, Organizer]:
    """Return one organiser of every layout."""

    def key(*texts: str) -> tuple[tuple[TextBlock, ...], ...]:
        return tuple((prose(f"frame-key {text}"),) for text in texts)

    def labels(*texts: str) -> tuple[tuple[Text, ...], ...]:
        return tuple((Text(text),) for text in texts)

    cause = labels("Cause 1", "Cause 2", "Cause 3", "Effect")
    canals, circles = labels("Criterion", "Suez", "Panama"), labels("Only Suez", "Both", "Only Panama")
    notes = labels("Cues", "Notes", "Summary")
    spoken = "Frames to write in."
    return {
        "cause": Organizer("cause-effect", cause, (), 66, "Causes lead to an effect.", spoken, key("a", "b", "c", "d")),
        "compare": Organizer(
            "compare", canals, labels("Length", "Locks"), 50, "Canals compared.", spoken, key("w", "x", "y", "z")
        ),
        "venn": Organizer("venn", circles, (), 50, "Two canals, alike and not.", spoken, key("l", "m", "n")),
        "cornell": Organizer("cornell", notes, (), 80, "Cornell notes.", spoken, key("o", "p", "q")),
    }


def responses() -> dict[str, tuple[str, Response]]:
    """Return a prompt and a response with its key, for every response there is."""
    many = replace(choice("questions/share", True, frozenset({0, 2}), ("doctors", "flags", "a pool")))
    drawn = {name: (f"Use the organiser ({name}).", organizer) for name, organizer in organizers().items()}
    return {
        "open": ("How did the crews live?", Writing(3, 8.7, "Space for the answer, 3 lines.")),
        "fill": ("Who should own a canal?", Writing(2, 8.7, "Space for the answer.", fill=True)),
        "short": ("Name the lake.", Entry(60, 9, "Space for a short answer.", words("entry-key lake"))),
        "numeric": ("How long is the canal?", Entry(30, 9, "Space.", words("entry-key 193"), words("km"))),
        "one": (
            "How long did the ships stay?",
            choice("questions/stay", False, frozenset({2}), ("Days", "Weeks", "Years")),
        ),
        "many": ("Which did they share?", many),
        "truth": ("True or false? The ships moved every year.", truth()),
        "match": ("Match each cause with its effect. One letter is not used.", matching()),
        "order": ("Number the events, earliest first.", ordering()),
        "cloze": ("Complete the summary.", cloze()),
        "cloze-free": ("Complete the summary without help.", cloze(bank=False)),
        "cells": ("Fill in the table.", grid()),
        "box": ("Draw the lake.", Area(40, 0, "A frame to draw in.")),
        "squared": ("Draw the canal to scale.", Area(30, 5, "Squared paper.")),
        **drawn,
    }


def exhibits() -> tuple[Exhibit, ...]:
    """Return a text and a picture."""
    quoted = Quote((prose("Sand blew over the decks until nobody knew what colour they had been."),))
    return (
        Exhibit(
            "Document A",
            (prose("From a sailor's letter, written aboard in 1969."), quoted, prose("We print our own stamps.")),
            words("A letter, 1969. Private collection."),
            "questions/sources/exhibits/1",
        ),
        Exhibit(
            "Document B",
            (Figure("canal.webp", "A band of blue water between two banks of sand."),),
            words("Drawing: the authors, CC0."),
            "questions/sources/exhibits/2",
        ),
    )


def sourced(number: str, audience: Audience) -> Task:
    """Return a question on two documents in three parts, each answered in its own way."""
    teacher = audience == "teacher"
    address = "questions/sources"

    def part(letter: str, prompt: str, shown: Response, notes: bool = False) -> Task:
        where = f"{address}/parts/{letter}"
        seen = shown if teacher else public(shown)
        models = (Model("Model answer", (prose("model-key: the sand."),), f"{where}/answer"),) if notes else ()
        asides = (Aside("Look for", (prose("aside-key: the date."),), f"{where}/look_for"),) if notes else ()
        return Task(
            f"({letter})",
            (prose(prompt, f"{where}/prompt"),),
            "2 pts",
            seen,
            where,
            asides if teacher else (),
            models if teacher else (),
        )

    chosen = choice(f"{address}/parts/b", False, frozenset({1}), ("to sell them", "to pass the time"))
    parts = (
        part("a", "What does the writer see?", Writing(2, 8.7, "Space, 2 lines."), notes=True),
        part("b", "Why did they print stamps?", chosen),
        part("c", "Which is the picture's main colour?", Entry(40, 9, "Space.", words("entry-key blue"))),
        part("d", "Complete.", replace(cloze(), content=(Paragraph((Text("It lies in "), Gap(1, 30, "Gap 1"))),))),
    )
    stem = (prose("Use both documents.", f"{address}/prompt"),)
    return Task(number, stem, "8 pts", None, address, exhibits=exhibits(), parts=parts)


def kinds(audience: Audience = "student", seed: int | None = None) -> Printout:
    """Return a sheet with a question for every response, and one with documents and parts; a seed shuffles them."""
    blocks: list[Block] = [Heading(2, words("Every kind"), "questions/heading")]
    teacher = audience == "teacher"
    given = list(responses().items())
    if seed is not None:
        Random(seed).shuffle(given)
    for number, (name, (prompt, shown)) in enumerate(given, start=1):
        address = f"questions/{name}"
        stem = (prose(prompt, f"{address}/prompt"),)
        blocks.append(Task(str(number), stem, "2 pts", shown if teacher else public(shown), address))
    blocks.append(sourced(str(len(blocks)), audience))
    part = Part("questions", tuple(blocks))
    return Printout(
        "worksheet", audience, "en", "ltr", "letter", metadata(), opener(audience), furniture(), (part,), (picture(),)
    )


def arabic_kinds(audience: Audience = "teacher") -> Printout:
    """Return responses that have a left and a right, on a sheet that runs from the right."""
    items = options("questions/m/items", ("حرب", "اتفاق"))
    letters = options("questions/m/options", ("أُغلقت القناة", "فُتحت القناة", "بقيت السفن"), "أبج")
    gap = (Text("أُغلقت القناة عام "), Gap(1, 24, "فراغ 1"), Text("."))
    frames = (words("سبب"), words("سبب آخر"), words("نتيجة"))
    key = tuple((prose("جواب"),) for _ in frames)
    shown: tuple[Response, ...] = (
        Match(items, letters, "اكتب حرفًا.", ("أ", "ب")),
        Order(items, "اكتب رقمًا.", (1, 2)),
        Gaps((Paragraph(gap),), (words("1967"), words("1975")), "كلمات", (words("1967"),)),
        Choice(options("questions/t", ("صواب", "خطأ")), False, frozenset({0}), inline=True),
        Cells((words("الطريق"), words("الأيام")), ((words("القناة"), None),), 12, "جدول", "", ((None, words("24")),)),
        Organizer("cause-effect", frames, (), 40, "أسباب ونتيجة", "", key),
        Entry(30, 9, "مساحة", words("193"), words("كم")),
    )
    teacher = audience == "teacher"
    parts = tuple(
        Task(f"({letter})", (prose("لماذا؟"),), "", Writing(2, 8.7, "مساحة"), f"questions/p/{letter}")
        for letter in "أبج"
    )
    tasks: list[Block] = [
        Task(str(number), (prose("أجب:"),), "درجتان", one if teacher else public(one), f"questions/{number}")
        for number, one in enumerate(shown, start=1)
    ]
    exhibit = Exhibit("الوثيقة أ", (prose("رمال على السفن."),), words("رسالة، 1969."), "questions/p/exhibits/1")
    tasks.append(Task("8", (prose("اقرأ الوثيقة."),), "", None, "questions/p", exhibits=(exhibit,), parts=parts))
    part = Part("questions", (Heading(2, words("الأسئلة")), *tasks))
    head = replace(opener(), title=words("سفن في بحيرة"), kicker="", dek=(), fields=())
    running = Furniture("سفن في بحيرة", "الأسئلة", "الوحدة 3", "{page} / {pages}")
    return Printout("worksheet", audience, "ar", "rtl", "a4", metadata("سفن"), head, running, (part,))
