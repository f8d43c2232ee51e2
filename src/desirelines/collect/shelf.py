"""Where a workspace keeps its source files and the files that were dropped in the browser."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import BinaryIO

from desirelines.collect.exchange import read_source, write_source
from desirelines.collect.source import Source
from desirelines.errors import BadInput, NotFound, TooLarge
from desirelines.model.event import NAME

ENDINGS = {
    ".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx", ".gz", ".xes", ".xml", ".jsonocel", ".sqlite",
    ".db",
}  # fmt: skip
CHUNK = 1 << 20


class SourceShelf:
    """The folder `sources/`: one YAML file a source, named as the source is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        return sorted(path.stem for path in self.folder.glob("*.yaml") if NAME.match(path.stem))

    def text(self, name: str) -> str:
        """A source file's text. Raises NotFound."""
        path = self.folder / f"{name}.yaml"
        if not NAME.match(name) or not path.is_file():
            raise NotFound(f"there is no source {name!r}", hint=f"there are: {', '.join(self.names()) or 'none yet'}")
        return path.read_text(encoding="utf-8")

    def read(self, name: str) -> Source:
        """A source. Raises BadInput with every fault of its file."""
        return read_source(self.text(name), f"{name}.yaml")

    def save(self, text: str | bytes, file: str, name: str | None = None) -> Source:
        """Keep a source file under the name it gives itself; `name`: which name is expected."""
        source = read_source(text, file)
        if name is not None and source.source != name:
            raise BadInput(
                f"the file calls itself {source.source!r}, not {name!r}", hint="a source keeps its name: its events carry it"
            )
        self._write(source.source, text if isinstance(text, str) else text.decode("utf-8-sig"))
        return source

    def save_source(self, source: Source) -> str:
        """Keep a source as a file; answers its text."""
        text = write_source(source)
        self._write(source.source, text)
        return text

    def _write(self, name: str, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        beside = self.folder / f".{name}.{secrets.token_hex(4)}"
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.folder / f"{name}.yaml")


class UploadShelf:
    """The folder `uploads/`: files under names of our own making, so that no given name is ever a path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, given: str, content: BinaryIO, limit_bytes: int) -> str:
        """Store a dropped file; answers the name it has here. Raises TooLarge beyond the limit."""
        self.folder.mkdir(parents=True, exist_ok=True)
        ending = "".join(part for part in Path(given).suffixes[-2:] if part.lower() in ENDINGS).lower()
        name = f"{secrets.token_hex(12)}{ending}"
        path, size = self.folder / name, 0
        try:
            with path.open("xb") as file:
                while block := content.read(CHUNK):
                    size += len(block)
                    if size > limit_bytes:
                        raise TooLarge(
                            f"the file is larger than {limit_bytes // 1_000_000:,} MB", hint="import it from the terminal"
                        )
                    file.write(block)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return name

    def path(self, name: str) -> Path:
        """Where a kept file lies. Raises NotFound for any other name."""
        path = self.folder / name
        if "/" in name or "\\" in name or name.startswith(".") or not path.is_file():
            raise NotFound("this file is not here any more", hint="drop it again")
        return path
