"""Words in the terminal: whatever comes from outside is shown as text, and an error is one red line."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.markup import escape

from desirelines.errors import DesirelinesError

WIDE = 220
"""Columns where no terminal says how wide it is."""

MOST_FAULTS = 200

console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDE)
complaints = Console(stderr=True, highlight=False, soft_wrap=True)


def visible(text: str) -> str:
    """The text on one line; control characters, which could drive a terminal, shown as what they are."""
    return "".join(char if char.isprintable() else " " if char == "\n" else _spelled(char) for char in text)


def _spelled(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def say(text: str = "") -> None:
    """A line of plain text; nothing in it is markup."""
    console.print(escape(visible(text)))


def heading(text: str) -> None:
    """A line that heads what follows."""
    console.print(f"[bold]{escape(visible(text))}[/bold]")


def pour(text: str) -> None:
    """A document as it is: byte for byte into a file or pipe, without control characters into a terminal."""
    if sys.stdout.isatty():
        text = "\n".join(visible(line) for line in text.split("\n"))
    sys.stdout.write(text)


def complain(error: DesirelinesError) -> None:
    """The error in one red line with its hint, then every fault on a line of its own."""
    hint = f" [dim]({escape(visible(error.hint))})[/dim]" if error.hint else ""
    complaints.print(f"[red]{escape(visible(error.message))}[/red]{hint}")
    shown = [str(fault) for fault in error.faults if str(fault) != error.message]
    for line in shown[:MOST_FAULTS]:
        complaints.print(escape(f"  {visible(line)}"))
    if len(shown) > MOST_FAULTS:
        complaints.print(f"  and {len(shown) - MOST_FAULTS} more")
