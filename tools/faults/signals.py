#!/usr/bin/env python3
"""Asks commands to stop at random moments, and looks at what they leave.

    tools/faults/signals.py --data DATA --model MODEL --seld-data CLIPS [--count 100] [--only NAME]

Every command that runs ONNX Runtime or libtorch gets SIGTERM and SIGINT in turn, at moments drawn
evenly over the time it takes. It must end by 128 and the signal's number, without a crash report,
with an empty temporary folder, without a half-written file or a lock in its output folder, and
without a new folder in the caches of native libraries. A process that is killed before Java takes
signals counts as the same, and so does a Java that was still starting and says "Error occurred
during initialization of VM", with exit code 1: nothing of ours has begun. A command that had already
answered is tried again. With --twice a second signal follows after 0.6 s, which ends the process
without waiting.

DATA: simulate --train 20 --validation 5 --test 15. MODEL: train on it. CLIPS: simulate-seld.
Needs nothing but Python 3 and a built checkout; prints one line a command, exit code 1 at a fault.
"""

import argparse
import json
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
CACHES = [Path.home() / ".djl.ai" / "pytorch", Path.home() / ".javacpp" / "cache"]


def commands(a, to):
    """Name to words; outputs lie in the folder TO."""
    seld = HOME / "weights" / "seld"
    resnet = HOME / "weights" / "resnet50"
    first = sorted((Path(a.data) / "rgb").glob("*.png"))[0]
    sound = sorted((Path(a.data) / "foa_dev").glob("*/*.wav"))[0]
    train = ["--data", a.data, "--to", to / "model", "--cache", to / "cache", "--batch", 4,
             "--stage1-epochs", 2, "--stage2-epochs", 1]
    return {
        "imagine": ["imagine", "--model", a.model, "--audio", sound, "--rgb", first],
        "evaluate": ["evaluate", "--model", a.model, "--data", a.data, "--to", to / "scores.json"],
        "evaluate direction": ["evaluate", "direction", "--data", a.seld_data,
                               "--seld", f"a={seld}", "--swaps", 16],
        "detect": ["detect", "--data", a.seld_data, "--swaps", 16, "--to", to / "events"],
        "export seld": ["export", "--seld", seld, "--to", to / "seld.onnx"],
        "export model": ["export", "--model", a.model, "--to", to / "model.onnx"],
        "export serving": ["export", "--model", a.model, "--serving", to / "serving"],
        "export int8": ["export", "--resnet50", resnet, "--int8", a.data, "--to", to / "int8.onnx"],
        "train": ["train", *train],
        "train --int8": ["train", *train, "--int8"],
        "demo": ["demo", "--to", to / "demo", "--train", 6, "--validation", 2, "--test", 6,
                 "--epochs", 1, 1],
        "doctor": ["doctor"],
        "encode": ["encode", "--input", features(to), "--to", to / "tokens.safetensors"],
        "pretrain": ["pretrain", "--data", a.seld_data, "--epochs", 1, "--batch", 4,
                     "--cache", to / "features", "--to", to / "seld"],
        "pretrain-vision": ["pretrain-vision", "--data", a.data, "--epochs", 1, "--full-epochs", 0,
                            "--batch", 4, "--size", 64, "--to", to / "vision"],
        "benchmark": ["benchmark", "--only", "seld-inference", "--python", "none", "--rounds", 3],
    }


def features(to):
    """Features of ten clips of 5 s, all zero, as safetensors beside the folder TO."""
    file = to.parent / "features.safetensors"
    shape = [10, 7, 250, 64]
    size = 4 * 10 * 7 * 250 * 64
    header = json.dumps({"input": {"dtype": "F32", "shape": shape, "data_offsets": [0, size]}})
    if to.is_dir() and not file.exists():
        file.write_bytes(struct.pack("<Q", len(header)) + header.encode() + bytes(size))
    return file


class Trial:
    """One run of a command in folders of its own."""

    def __init__(self, launcher, words, work):
        self.work, self.tmp, self.to = work, work / "tmp", work / "to"
        for folder in (self.tmp, self.to):
            folder.mkdir(parents=True)
        env = dict(os.environ)
        env["HEARSIGHT_JAVA_OPTS"] = (
            env.get("HEARSIGHT_JAVA_OPTS", "") + f" -Djava.io.tmpdir={self.tmp}").strip()
        self.err = open(work / "err", "w+b")
        self.out = open(work / "out", "w+b")
        self.caches = cached()
        # A shell that runs in the background ignores SIGINT, and so would its children.
        self.process = subprocess.Popen(
            [str(launcher), *map(str, words(self.to))], cwd=work, env=env, stdin=subprocess.DEVNULL,
            stdout=self.out, stderr=self.err,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

    def faults(self, wanted):
        """What is wrong after its end, in words."""
        wrong = []
        code = self.process.returncode
        if code not in (128 + wanted, -wanted) and not self.is_early():
            wrong.append(f"exit code {code} instead of {128 + wanted}")
        wrong += [f"{f.name} in the working folder" for f in self.work.iterdir()
                  if f.name.startswith(("hs_err", "core", "replay"))]
        wrong += [f"{f.name} in the temporary folder" for f in self.tmp.iterdir()]
        wrong += [f"{f.relative_to(self.to)} left" for f in self.to.rglob("*")
                  if f.name.endswith(".partial") or f.name == ".hearsight.lock"]
        wrong += [f"{f} is new" for f in cached() - self.caches]
        said = self.said()
        if "unexpected" in said or "\tat " in said:
            wrong.append("said: " + said.strip()[-300:])
        return wrong

    def is_early(self):
        """Did it end before the application began?"""
        self.out.seek(0)
        starting = b"Error occurred during initialization of VM" in self.out.read()
        return self.process.returncode < 0 or self.process.returncode == 1 and starting

    def said(self):
        self.err.seek(0)
        return self.err.read().decode("utf-8", "replace")

    def close(self):
        self.err.close()
        self.out.close()
        shutil.rmtree(self.work, ignore_errors=True)


def cached():
    return {f for c in CACHES if c.is_dir() for f in c.iterdir()}


def stop_at(trial, moment, number, twice):
    """Sends the signal; returns the seconds until the end, None if that was before."""
    try:
        trial.process.wait(moment)
        return None
    except subprocess.TimeoutExpired:
        sent = time.monotonic()
        trial.process.send_signal(number)
    if twice:
        try:
            trial.process.wait(0.6)
        except subprocess.TimeoutExpired:
            trial.process.send_signal(number)
    trial.process.wait(120)
    return time.monotonic() - sent


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--data", required=True)
    p.add_argument("--model", required=True)
    p.add_argument("--seld-data", required=True)
    p.add_argument("--launcher", default=str(HOME / "hearsight"))
    p.add_argument("--count", type=int, default=100, help="signals a command")
    p.add_argument("--only", action="append", help="names of commands")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--twice", action="store_true")
    a = p.parse_args()
    for name in ("data", "model", "seld_data", "launcher"):
        setattr(a, name, os.path.abspath(getattr(a, name)))
    names = a.only or list(commands(a, Path("to")))
    bad = 0
    print("command             signals  ended before Java  too late  faults  longest wait")
    for name in names:
        bad += command(a, name)
    return 1 if bad else 0


def command(a, name):
    draw = random.Random(f"{a.seed} {name}")
    work = Path(tempfile.mkdtemp(prefix="hearsight-signals-"))
    words = lambda to: commands(a, to)[name]
    begun = time.monotonic()
    whole = Trial(a.launcher, words, work / "whole")
    code = whole.process.wait()
    took = time.monotonic() - begun
    left = [f.name for f in whole.tmp.iterdir()]
    if code != 0 or left:
        print(f"{name}: undisturbed, it ends with {code} and leaves {left}\n{whole.said()}")
        return 1
    whole.close()
    early = late = done = bad = 0
    waited = 0.0
    while done < a.count and late < 4 * a.count:
        number = signal.SIGTERM if done % 2 == 0 else signal.SIGINT
        moment = draw.uniform(0, took)
        trial = Trial(a.launcher, words, work / f"trial{done}-{late}")
        seconds = stop_at(trial, moment, number, a.twice)
        if seconds is None or trial.process.returncode == 0:
            # Signals that come while an ended command takes its leave change nothing.
            late += 1
        else:
            done += 1
            waited = max(waited, seconds)
            early += trial.is_early()
            faults = trial.faults(number)
            if faults:
                bad += 1
                print(f"  {name}, signal {int(number)} after {moment:.3f} s: " + "; ".join(faults))
        trial.close()
    print(f"{name:19} {done:7}  {early:17}  {late:8}  {bad:6}  {waited:10.1f} s", flush=True)
    shutil.rmtree(work, ignore_errors=True)
    return bad


if __name__ == "__main__":
    sys.exit(main())
