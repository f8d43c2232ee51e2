"""The terminal: a group per word, `--json` on every command, errors in one red line with a hint."""

from desirelines.cli.app import main

__all__ = ["main"]
