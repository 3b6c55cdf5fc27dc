#!/usr/bin/env python3
"""Time and memory of `awspect scan --demo` as a whole process.

    cargo build --release && python3 benches/demo.py target/release/awspect
"""

import resource
import statistics
import subprocess
import sys
import time

RUNS = 50


def main() -> None:
    binary = sys.argv[1] if len(sys.argv) > 1 else "target/release/awspect"
    milliseconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([binary, "scan", "--demo"], stdout=subprocess.DEVNULL, check=True)
        milliseconds.append((time.perf_counter() - start) * 1000)
    # Linux counts in KiB, and the largest child stands for all.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{RUNS} runs: min {min(milliseconds):.1f} ms, median {statistics.median(milliseconds):.1f} ms, "
          f"max {max(milliseconds):.1f} ms; peak memory {peak:.1f} MiB")


if __name__ == "__main__":
    main()
