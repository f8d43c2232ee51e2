"""Demos anybody can open: a folder of files to import, the sources that read them, and a plan to hold them against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from desirelines.errors import NotFound
from desirelines.model.progress import Progress, silent
from desirelines.simulate import retail
from desirelines.simulate.world import generate

WORLD_SEED = 7


@dataclass(frozen=True)
class Demo:
    """A demo by name. `real` is false where every person in it is invented."""

    name: str
    title: str
    about: str
    real: bool


@dataclass(frozen=True)
class DemoFiles:
    """A demo made ready: (source file, data file) pairs in the order to import them, and the plan to publish."""

    demo: Demo
    sources: tuple[tuple[Path, Path], ...]
    plan: Path


DEMOS = (
    Demo(
        name="retail",
        title="The regional grocer",
        about="Households of a grocer in 2017: 2,469 of them, 155,848 baskets, letters mailed and coupons redeemed.",
        real=True,
    ),
    Demo(
        name="world",
        title="Halm & Herd",
        about="An invented maker of things for the home: 4,000 people, one year, 14 files from as many silos, web and shops,"
        " with truths planted in it that are known exactly.",
        real=False,
    ),
)


def find_demo(name: str) -> Demo:
    """The demo of that name. Raises NotFound naming those there are."""
    for demo in DEMOS:
        if demo.name == name:
            return demo
    raise NotFound(
        f"there is no demo called {name}", hint="one of " + ", ".join(demo.name for demo in DEMOS), code="no_such_demo"
    )


def is_ready(name: str) -> bool:
    """Whether the demo can be made here, that is whether its data are installed."""
    return find_demo(name).name != "retail" or retail.is_installed()


def demo_files(name: str, folder: Path, progress: Progress = silent) -> DemoFiles:
    """Make a demo's files in `folder`. Raises NotFound for an unknown name or data that are not installed."""
    found = find_demo(name)
    folder.mkdir(parents=True, exist_ok=True)
    if name == "retail":
        data: Mapping[str, Path] = retail.prepare(folder / "data", progress)
        return _with_sources(found, folder, "retail", data)
    return _with_sources(found, folder, "world", generate(folder / "data", seed=WORLD_SEED, progress=progress).files)


def world_files(
    folder: Path, *, people: int | None = None, events: int | None = None, seed: int = 1, progress: Progress = silent
) -> DemoFiles:
    """The simulated brand at any size, with its sources and plan: what tests and benchmarks import."""
    written = generate(folder / "data", people=people, events=events, seed=seed, progress=progress)
    return _with_sources(find_demo("world"), folder, "world", written.files)


def _with_sources(found: Demo, folder: Path, kept: str, data: Mapping[str, Path]) -> DemoFiles:
    """Copy the package's plan and sources beside the data: the paths must be real ones, and people will want to edit them."""
    place = files("desirelines.simulate") / "data" / kept
    (folder / "sources").mkdir(exist_ok=True)
    pairs = []
    for name, path in data.items():
        source = folder / "sources" / f"{name}.yaml"
        source.write_bytes((place / "sources" / source.name).read_bytes())
        pairs.append((source, path))
    plan = folder / "plan.yaml"
    plan.write_bytes((place / "plan.yaml").read_bytes())
    return DemoFiles(found, tuple(pairs), plan)
