"""Where source files and dropped files are kept: under names of our own making."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from desirelines.collect import SourceShelf, UploadShelf, read_source
from desirelines.errors import BadInput, NotFound, TooLarge

SOURCE = "source: shop\nformat: csv\nevents: [{event: Bought, time: at}]\n"


def test_a_source_is_kept_under_its_own_name(tmp_path: Path) -> None:
    shelf = SourceShelf(tmp_path / "sources")
    assert shelf.names() == []
    assert shelf.save(SOURCE, "any.yaml") == read_source(SOURCE)
    assert (shelf.names(), shelf.text("shop")) == (["shop"], SOURCE)
    assert shelf.read("shop") == read_source(shelf.save_source(read_source(SOURCE)))
    with pytest.raises(BadInput, match="calls itself"):
        shelf.save(SOURCE, "any.yaml", "crm")
    with pytest.raises(BadInput):
        shelf.save(SOURCE.replace("time", "tiem"), "any.yaml")
    assert [path.name for path in (tmp_path / "sources").iterdir()] == ["shop.yaml"]


@pytest.mark.parametrize("name", ["nothing", "../shop", "", "shop.yaml", "a/b", ".", "Shop"])
def test_names_are_never_paths(tmp_path: Path, name: str) -> None:
    shelf = SourceShelf(tmp_path / "sources")
    shelf.save(SOURCE, "any.yaml")
    with pytest.raises(NotFound):
        shelf.text(name)
    with pytest.raises(NotFound):
        UploadShelf(tmp_path).path(name or "../sources/shop.yaml")


def test_a_dropped_file_gets_a_name_of_ours(tmp_path: Path) -> None:
    shelf = UploadShelf(tmp_path / "uploads")
    name = shelf.keep("../../etc/orders 2020.csv.gz", io.BytesIO(b"id,at\n"), 100)
    assert name.endswith(".csv.gz")
    assert "orders" not in name
    assert shelf.path(name).read_bytes() == b"id,at\n"
    with pytest.raises(TooLarge):
        shelf.keep("large.csv", io.BytesIO(b"x" * 101), 100)
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == [name]
