"""Columns by letter and by number."""

from __future__ import annotations

import re

from openpyxl.utils import column_index_from_string, get_column_letter

from desirelines.errors import BadInput


def column_number(letters_given: str) -> int:
    """`C` is 3; 0 for nothing. Raises BadInput."""
    text = letters_given.strip().upper()
    if not text:
        return 0
    if not re.fullmatch("[A-Z]{1,3}", text):
        raise BadInput(f"`{letters_given[:20]}` is no column", hint="name it by its letter, such as C")
    return int(column_index_from_string(text))


def letters(number: int) -> str:
    return str(get_column_letter(number))
