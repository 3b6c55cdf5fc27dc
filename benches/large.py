#!/usr/bin/env python3
"""Time and memory of judging a snapshot with 10,000 tables and 2,000 stacks, made of the demo's, as a whole process.

    cargo build && python3 benches/large.py target/debug/awspect
"""

import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

TABLES = 10_000
STACKS = 2_000
DEMO = pathlib.Path(__file__).parent.parent / "fixtures" / "demo.json"


def multiplied(listed: list[dict], count: int, kind: str) -> list[dict]:
    """The things of a listing over and over, each with a name and an ARN of its own."""
    many = []
    for number in range(count):
        one = copy.deepcopy(listed[number % len(listed)])
        name = f"{one['name']}-{number}"
        one["arn"] = one["arn"].replace(f":{kind}/{one['name']}", f":{kind}/{name}", 1)
        one["name"] = name
        many.append(one)
    return many


def main() -> None:
    binary = sys.argv[1] if len(sys.argv) > 1 else "target/debug/awspect"
    account = json.loads(DEMO.read_text())
    tables = account["dynamodb"]["tables"]
    tables["found"] = multiplied(tables["found"], TABLES, "table")
    stacks = account["cloudformation"]["stacks"]
    roots = [stack for stack in stacks["found"] if stack["parent"] is None]
    stacks["found"] = multiplied(roots, STACKS, "stack")
    with tempfile.TemporaryDirectory() as folder:
        snapshot = pathlib.Path(folder) / "snapshot.json"
        snapshot.write_text(json.dumps(account))
        report = pathlib.Path(folder) / "report.json"
        start = time.perf_counter()
        with report.open("w") as output:
            arguments = ["scan", "--snapshot", snapshot, "--format", "json", "--fail-on", "none"]
            child = subprocess.Popen([binary, *arguments], stdout=output)
            _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        if status != 0:
            sys.exit(f"{binary} ended with {os.waitstatus_to_exitcode(status)}")
        findings = len(json.loads(report.read_text())["findings"])
        size = snapshot.stat().st_size / 2**20
    # Linux counts in KiB.
    print(f"{TABLES} tables, {STACKS} stacks, a snapshot of {size:.0f} MiB: {findings} findings in {seconds:.1f} s; "
          f"peak memory {usage.ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
