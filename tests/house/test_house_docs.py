"""The papers name every code, reason, finding, setting and dependency, and what they show can be read."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from desirelines import errors
from desirelines.collect import read_source
from desirelines.measure import METRICS
from desirelines.model.receipt import REASONS
from desirelines.plan import CODES, errors_in, examine, read_plan, write_plan
from desirelines.settings import HELP, PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "desirelines"


def blocks(page: str) -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```", (DOCS / page).read_text(), re.DOTALL | re.MULTILINE)


def rows(page: str) -> set[str]:
    """The first cells of a page's tables."""
    return set(re.findall(r"^\| `([^`]+)` \|", (DOCS / page).read_text(), re.MULTILINE))


def error_codes() -> set[str]:
    """The six, and every `code=` that is given to one of them."""
    six = {kind.code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.DesirelinesError)}
    names = {kind.__name__ for kind in vars(errors).values() if isinstance(kind, type)} - {"Fault"}
    given = {
        word.value.value
        for path in SOURCE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names
        for word in call.keywords
        if word.arg == "code" and isinstance(word.value, ast.Constant) and isinstance(word.value.value, str)
    }
    return (six - {"error"}) | given


def test_every_error_code_and_every_reason_is_explained() -> None:
    assert error_codes() | set(REASONS) == rows("errors.md")


def test_the_six_errors_have_the_status_that_the_page_says() -> None:
    page = (DOCS / "errors.md").read_text()
    said = {code: int(status) for code, status in re.findall(r"^\| `(\w+)` \| (\d+) \|", page, re.MULTILINE)}
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.DesirelinesError)]
    assert {kind.code: kind.status for kind in kinds if kind.code != "error"}.items() <= said.items()


def test_every_reason_is_explained_in_its_own_words() -> None:
    page = (DOCS / "errors.md").read_text()
    assert [reason for reason, words in REASONS.items() if f"| `{reason}` | {words} |" not in page] == []


def test_every_finding_of_a_plan_is_explained() -> None:
    assert set(CODES) <= rows("plan.md")


def test_every_figure_of_the_register_is_on_the_page_as_it_is() -> None:
    page = (DOCS / "measure.md").read_text()
    for one in METRICS:
        cells = (one.name, one.formula, one.unit, one.direction, one.family, one.source, one.kind)
        assert f"| `{one.id}` | {' | '.join(cells)} |" in page
    assert {one.id for one in METRICS} <= rows("measure.md")


def test_every_setting_is_explained_with_its_default() -> None:
    page = (DOCS / "settings.md").read_text()
    for setting in fields(Settings):
        default = f"`{setting.default}`" if str(setting.default) else "empty"
        assert f"| `{setting.name}` | `{PREFIX}{setting.name.upper()}` | {default} | {HELP[setting.name]} |" in page
    assert rows("settings.md") == {setting.name for setting in fields(Settings)} == set(HELP)


@pytest.mark.parametrize("text", blocks("plan.md"))
def test_every_plan_in_the_papers_reads_and_could_be_published(text: str) -> None:
    plan, findings = examine(text, "plan.md")
    assert plan is not None
    assert errors_in(findings) == ()
    assert write_plan(read_plan(write_plan(plan))) == write_plan(plan)


def test_the_long_plan_in_the_papers_has_no_finding() -> None:
    assert [examine(text)[1] for text in blocks("plan.md")][1] == []


def test_every_source_in_the_papers_reads() -> None:
    assert blocks("sources.md")
    assert all(read_source(text, "sources.md").source for text in blocks("sources.md"))


def test_every_link_between_papers_leads_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "examples").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            if not (page.parent / link).exists():
                broken.append(f"{page.relative_to(ROOT)}: {link}")
    assert broken == []


def test_each_foundation_has_its_record_with_four_parts() -> None:
    records = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    assert len(records) >= 18
    for path in records:
        text = path.read_text()
        assert text.startswith(f"# {int(path.name[:4])}. ")
        assert "\nStatus: " in text
        assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences", "Alternatives"]


def packages(words: list[str]) -> set[str]:
    return {re.split(r"[<>=\[; ]", word)[0].lower() for word in words}


def test_every_dependency_has_a_reason_and_a_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    page = (DOCS / "decisions" / "0019-dependencies.md").read_text()
    table = {name.lower(): licence for name, licence in re.findall(r"^\| ([\w-]+) \| [^|]+ \| ([^|]+) \|", page, re.MULTILINE)}
    assert packages(project["dependencies"]) == set(table) - {"package", "---"}
    assert [name for name, licence in table.items() if "GPL" in licence] == []
    optional = packages([one for several in project["optional-dependencies"].values() for one in several])
    assert [name for name in sorted(optional) if name not in page.lower()] == []


def test_every_dependency_of_the_pages_is_named() -> None:
    package = json.loads((ROOT / "web" / "package.json").read_text())
    page = (DOCS / "decisions" / "0020-pages.md").read_text()
    named = set(re.findall(r"[@\w/.-]+", page))
    assert [name for name in [*package["dependencies"], *package["devDependencies"]] if name not in named] == []


def test_the_changelog_begins_with_what_is_not_released_yet() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ - \d{4}-\d{2}-\d{2}", heading) for heading in headings[1:])
