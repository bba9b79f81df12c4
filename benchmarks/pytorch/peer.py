#!/usr/bin/python3
"""The peer of `./hearsight benchmark`: the same work in eager PyTorch, torchvision and NumPy.

    peer.py THREADS

Says what it runs on in one line, then reads the name of a row, and its arguments, a line and
answers a line: the milliseconds that the row's work took once, or `error` and why. A row is made
ready when it is first asked for; the next asked for takes its place in memory. Ends with its input.
"""

import os
import sys

threads = sys.argv[1] if len(sys.argv) > 1 else "1"
# Before NumPy is loaded: its BLAS reads them once.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = threads

import time

try:
    import numpy
    import torch
    import torchvision
except ImportError as e:
    print(f"missing {e.name or e}", flush=True)
    sys.exit(1)

import features
import pictures
import seld
import two_stages

# A row makes itself ready from its arguments and gives what is to be timed; what times itself
# gives milliseconds.
ROWS = {
    "seld-inference": seld.inference,
    "seld-step": seld.pretraining_step,
    "pictures": pictures.encoding,
    "foa-features": features.computing,
    "two-stages": two_stages.as_written,
    "two-stages-frozen": two_stages.frozen,
}


def once(work):
    start = time.perf_counter()
    own = work()
    return own if isinstance(own, float) else (time.perf_counter() - start) * 1e3


def main():
    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    print(
        f"ready PyTorch {torch.__version__}, torchvision {torchvision.__version__},"
        f" NumPy {numpy.__version__}, Python {sys.version.split()[0]}",
        flush=True,
    )
    asked, work = None, None
    for line in sys.stdin:
        words = line.split()
        if not words:
            continue
        try:
            if words != asked:
                work = None
                work = ROWS[words[0]](*words[1:])
                asked = words
            print(f"{once(work):.4f}", flush=True)
        except Exception as e:  # the benchmark prints it
            print("error", type(e).__name__, " ".join(str(e).split()), flush=True)


if __name__ == "__main__":
    main()
