"""explain: why."""

from __future__ import annotations

import typer

from desirelines.cli import compared, driving, finding, rippling

app = typer.Typer(no_args_is_help=True, help="Why: what to know, what drives, what differs, what an experiment caused.")
app.add_typer(compared.app)
app.add_typer(driving.app)
app.add_typer(finding.app)
app.add_typer(rippling.app)
