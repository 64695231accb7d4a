"""Records in whatever form `refcheck export` is asked for: data forms and rendered ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import msgspec

from refcheck import plugins
from refcheck.bibliography import bibtex_write
from refcheck.bibliography.bibtex_write import Habits
from refcheck.bibliography.docx import document
from refcheck.bibliography.form import lost
from refcheck.errors import UnknownName, UsageError
from refcheck.markup import as_html, as_latex, as_markdown, as_text, latex_text
from refcheck.model import Diagnostic, Entry, Rendered, Run, Style
from refcheck.record import Record

SHORT = {"bib": "bibtex", "endnote": "endnote-xml"}
"""What `--to` takes beside the names of the bibliography forms."""

RENDERED_SUFFIXES = {
    ".txt": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
    ".tex": "latex", ".docx": "docx", ".jsonl": "jsonl",
}  # fmt: skip


def known_forms() -> tuple[str, ...]:
    """Name what can be exported to."""
    return (*SHORT, *plugins.bibliography_forms(), *_RENDERED, "docx", "jsonl")


def form_named(to: str, output: str = "") -> str:
    """Return the form asked for, else the one that the output's name tells.

    Raises `UnknownName` for a form there is not, `UsageError` where nothing tells one.
    """
    if to:
        if to not in known_forms():
            raise UnknownName("form of export", to, known_forms())
        return SHORT.get(to, to)
    suffix = PurePath(output).suffix.lower()
    if suffix in RENDERED_SUFFIXES:
        return RENDERED_SUFFIXES[suffix]
    for name, form in plugins.bibliography_forms().items():
        if suffix in form.suffixes:
            return name
    if output:
        raise UsageError(f"{output}: its ending tells no form; add --to NAME")
    return "bibtex"


@dataclass(frozen=True, slots=True)
class Exported:
    """Records in a form: its bytes, what the form had no place for, what looked wrong."""

    data: bytes
    lost: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def exported(
    records: Sequence[Record],
    to: str,
    style: Style,
    locale: str,
    *,
    each: bool = False,
    ascii_only: bool = False,
) -> Exported:
    """Return the records in a form, by its name.

    ``each`` renders every record by itself, in the order given; ``ascii_only`` is for a .bib. Raises
    `UnknownName`.
    """
    name = form_named(to)
    if form := plugins.bibliography_forms().get(name):
        if ascii_only:
            text = bibtex_write.write(
                records, biblatex=name == "biblatex", habits=Habits(ascii_only=True)
            )
        else:
            text = form.write(records)
        return Exported(text.encode(), tuple(lost(form, records)))
    done = rendered(records, style, locale, each=each)
    if name == "docx":
        data = document(done.listed)
    elif name == "jsonl":
        data = "".join(map(_line, done.entries)).encode()
    else:
        data = _RENDERED[name](done.listed).encode()
    return Exported(data, diagnostics=done.diagnostics)


def is_rendered(form: str) -> bool:
    """Tell whether a form needs a style."""
    return form in _RENDERED or form in {"docx", "jsonl"}


def rendered(records: Sequence[Record], style: Style, locale: str, *, each: bool) -> Rendered:
    """Render the records as one list, or each as a list of its own."""
    if not each:
        return style.render(records, locale)
    parts = [style.render([record], locale) for record in records]
    return Rendered(
        tuple(entry for part in parts for entry in part.entries),
        tuple(one for part in parts for one in part.diagnostics),
    )


def _line(entry: Entry) -> str:
    label = f"{entry.label} " if entry.label else ""
    row = {
        "id": entry.id,
        "text": label + as_text(entry.reference),
        "html": as_html((Run(label), *entry.reference) if label else entry.reference),
        "cite": as_html(entry.parenthetical),
    }
    return msgspec.json.encode(row).decode() + "\n"


def _text(entries: Sequence[Entry]) -> str:
    return "".join(f"{_label(entry)}{as_text(entry.reference)}\n" for entry in entries)


def markdown_list(entries: Sequence[Entry]) -> str:
    """Return the list in Markdown, a paragraph each, numbers before them where the style has any."""
    lines = [
        (f"\\{_label(entry)}" if entry.label.startswith("[") else _label(entry))
        + as_markdown(entry.reference)
        for entry in entries
    ]
    return "\n\n".join(lines) + ("\n" if lines else "")


def _html(entries: Sequence[Entry]) -> str:
    items = "".join(f"  <p>{_label(entry)}{as_html(entry.reference)}</p>\n" for entry in entries)
    return f'<section class="references">\n{items}</section>\n'


def _latex(entries: Sequence[Entry]) -> str:
    r"""Return a list in paragraphs with hanging indent; needs ``\usepackage{hyperref}``."""
    lines = [
        rf"\par\noindent\hangindent=1.27cm {latex_text(_label(entry))}{as_latex(entry.reference)}"
        for entry in entries
    ]
    return "\n\n".join(lines) + ("\n" if lines else "")


def _label(entry: Entry) -> str:
    return f"{entry.label} " if entry.label else ""


_RENDERED: Mapping[str, Callable[[Sequence[Entry]], str]] = {
    "text": _text, "markdown": markdown_list, "html": _html, "latex": _latex,
}  # fmt: skip
