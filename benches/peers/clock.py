"""What the Python peers share: arguments `THREADS [WORK,WORK...]`, and the clock. See harness/src/lib.rs."""

import os
import statistics
import sys
import time

THREADS = int(sys.argv[1])
ONLY = [work for work in (sys.argv[2] if len(sys.argv) > 2 else "").split(",") if work]
SECONDS = float(os.environ.get("BENCH_SECONDS", "0.5"))


def wants(work):
    return not ONLY or work in ONLY


def measure(peer, work, run):
    """Times some work, if it was asked for, and prints its line: PEER THREADS WORK median_ns least_ns."""
    if not wants(work):
        return
    now = time.perf_counter_ns
    run()
    run()
    start, count = now(), 0
    while now() - start < 0.2e9 * SECONDS:
        run()
        count += 1
    estimate = (now() - start) / count
    inner = max(1, int(50e3 / estimate))
    samples = max(10, min(5000, int(SECONDS * 1e9 / (estimate * inner))))
    times = []
    for _ in range(samples):
        start = now()
        for _ in range(inner):
            run()
        times.append((now() - start) / inner)
    print(peer, THREADS, work, f"{statistics.median(times):.1f} {min(times):.1f}", flush=True)
