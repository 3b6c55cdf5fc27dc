#!/usr/bin/env python3
"""Time and memory of `awspect scan --demo` as a whole process.

    cargo build --release && python3 benches/demo.py target/release/awspect
"""

import os
import statistics
import subprocess
import sys
import time

RUNS = 50


def main() -> None:
    binary = sys.argv[1] if len(sys.argv) > 1 else "target/release/awspect"
    milliseconds = []
    peak = 0
    for _ in range(RUNS):
        start = time.perf_counter()
        child = subprocess.Popen([binary, "scan", "--demo"], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        milliseconds.append((time.perf_counter() - start) * 1000)
        if status != 0:
            sys.exit(f"{binary} ended with {os.waitstatus_to_exitcode(status)}")
        peak = max(peak, usage.ru_maxrss)
    # Linux counts in KiB.
    print(f"{RUNS} runs: min {min(milliseconds):.1f} ms, median {statistics.median(milliseconds):.1f} ms, "
          f"max {max(milliseconds):.1f} ms; peak memory {peak / 1024:.1f} MiB")


if __name__ == "__main__":
    main()
