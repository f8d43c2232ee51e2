"""The same answers for who works in Python: Arrow tables, which become data frames with `.to_pandas()`.

>>> import desirelines
>>> book = desirelines.open("demo/workspaces/retail")  # doctest: +SKIP
>>> book.stages().to_pandas()  # doctest: +SKIP
"""

from desirelines.notebook.book import Book, open_book
from desirelines.notebook.tables import as_table

__all__ = ["Book", "as_table", "open_book"]
