"""Bytes of a file as UTF-8, whatever it was written in, never more than asked for at a time."""

from __future__ import annotations

import codecs
import gzip
import os
import re
import stat
import zlib
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from desirelines.collect.formats.stretch import named
from desirelines.collect.limits import LIMITS, Limits
from desirelines.errors import BadInput, NotFound, TooLarge
from desirelines.model.hint import nearest

ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp437",
    "cp850", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "iso8859-15", "mac-roman", "koi8-r", "shift_jis", "cp932",
    "euc_jp", "gb18030", "gbk", "big5", "euc_kr",
)  # fmt: skip
_KNOWN = {codecs.lookup(name).name: name for name in ENCODINGS}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def encoding_fault(name: str) -> str | None:
    """Why an encoding cannot be used, None if it can."""
    try:
        known = codecs.lookup(name.replace("-sig", "")).name in _KNOWN
    except (LookupError, ValueError):
        known = False
    return None if known else nearest(name, ENCODINGS)


def regular(path: Path) -> Path:
    """The path itself, if it is a file that can be read. Raises NotFound or BadInput."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound(f"there is no file {named(path)}", hint="check the path") from error
    except (OSError, ValueError) as error:
        raise BadInput(f"{named(path)} cannot be opened", hint=getattr(error, "strerror", None) or str(error)) from error
    if stat.S_ISDIR(mode):
        raise BadInput(f"{named(path)} is a folder, not a file", hint="give one file; import several one after another")
    if not stat.S_ISREG(mode):
        raise BadInput(f"{named(path)} is a device or a pipe, not a file", hint="write it to a file first")
    if not os.access(path, os.R_OK):
        raise BadInput(f"{named(path)} may not be read", hint="give the program permission to read it")
    return path


class Stream:
    """A file opened for reading as UTF-8. Bytes that are no text stay in as bytes that are no UTF-8."""

    def __init__(self, path: Path, encoding: str | None, limits: Limits = LIMITS) -> None:
        self._name = named(path)
        self._limits = limits
        self._file: BinaryIO = regular(path).open("rb")
        try:
            self._begin(encoding)
        except BaseException:
            self._file.close()
            raise

    def _begin(self, encoding: str | None) -> None:
        self.size = os.fstat(self._file.fileno()).st_size
        self._packed = self._file.read(2) == b"\x1f\x8b"
        self._file.seek(0)
        self._source = cast("BinaryIO", gzip.GzipFile(fileobj=self._file)) if self._packed else self._file
        self._inflated = 0
        self._held = self._take(4)
        mark = next(((bom, name) for bom, name in _MARKS if self._held.startswith(bom)), None)
        self.encoding = _settle(encoding, mark[1] if mark else None)
        self._held = self._held[len(mark[0]) :] if mark else self._held
        self._errors = "surrogatepass" if self.encoding.startswith("utf-") else "surrogateescape"
        self._decoder = None
        if self.encoding != "utf-8":
            self._decoder = codecs.getincrementaldecoder(self.encoding)(self._errors)

    @property
    def position(self) -> int:
        """Bytes of the file consumed so far."""
        return self._file.tell()

    def read(self, size: int) -> bytes:
        """About `size` bytes of UTF-8; empty at the end only."""
        while True:
            block = self._held + self._take(max(1, size - len(self._held)))
            self._held = b""
            if self._decoder is None:
                return block
            text = self._decode(block)
            if text or not block:
                return text

    def _decode(self, block: bytes) -> bytes:
        assert self._decoder is not None
        try:
            return self._decoder.decode(block, final=not block).encode("utf-8", self._errors)
        except UnicodeDecodeError:  # half a unit at the very end; anything else is handed on by the error handler
            self._decoder.reset()
            return b"\xff"

    def _take(self, size: int) -> bytes:
        try:
            block = self._source.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise BadInput(f"{self._name} is a broken gzip file", hint="was it copied whole?") from error
        if self._packed:
            self._bound(len(block))
        return block

    def _bound(self, more: int) -> None:
        self._inflated += more
        packed = max(1, self._file.tell())
        bomb = self._inflated > self._limits.ratio_from and self._inflated > self._limits.ratio * packed
        if bomb or self._inflated > self._limits.inflated:
            raise TooLarge(f"{self._name} unpacks to more than is allowed", hint="unpack it yourself and look at it first")

    def original(self, text: bytes) -> bytes:
        """The bytes that stood in the file where `text` (UTF-8 from this stream) was read."""
        if self._decoder is None:
            return text
        try:
            return text.decode("utf-8", self._errors).encode(self.encoding, self._errors)
        except UnicodeError:
            return text

    def close(self) -> None:
        self._source.close()
        self._file.close()

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _settle(declared: str | None, marked: str | None) -> str:
    """The encoding to read with: a mark at the file's start is never wrong, a declaration may be."""
    if marked or declared is None:
        return marked or "utf-8"
    name = _KNOWN.get(codecs.lookup(re.sub(r"[-_]sig\Z", "", declared, flags=re.IGNORECASE)).name, "utf-8")
    return "utf-16-le" if name == "utf-16" else name
