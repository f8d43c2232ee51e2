"""The journey engine against its peers, interleaved in one run: `python benchmarks/bench_engine.py --events 5000000`."""

from __future__ import annotations

from engine.run import main

if __name__ == "__main__":
    main()
