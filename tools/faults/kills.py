#!/usr/bin/env python3
"""Kills commands at random moments, or takes the power from them, and goes on.

    tools/faults/kills.py [--count 100] [--power] [--only NAME] [--seed 1] [--launcher hearsight]

Every command of cases() runs once undisturbed. Then, COUNT times over all cases, it is begun in a
folder of its own and killed (SIGKILL) at a moment drawn evenly over the time in which it writes; one in
three is killed once or twice more while it goes on. Then it runs to its end. Wanted:

  - after each kill the folder is empty, or marked as unfinished (and readers that are asked refuse
    it by name), or whole;
  - at the end there are the bytes of the undisturbed run and nothing else; or the command refuses to
    go on in one line that says why (counted, and shown).

With --power each kill is a power failure as well. forced.c, loaded before the C library, notes which
content and which names were forced to disk. Of what was not, a part is lost, drawn for each folder
and file: names as if the last steps in their folder had never been, content cut short or zeroed.

To add a command: one line in cases(). Needs Python 3, a built checkout and, for --power, a C compiler.
Prints one line a case; exit code 1 at a fault, whose folder is kept and named.
"""

import argparse
import array
import filecmp
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import wave
from collections import defaultdict
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
LOCK = ".hearsight.lock"


class Case:
    """A command that writes the folder TO and can be run again after it was killed.

    words: from the folder to the command's words. again: what is added to go on. mark: there while the
    folder is not whole; None where finished() decides. reader: words of a command that must refuse the
    marked folder. ignored: names whose bytes may differ, as times.
    """

    def __init__(self, words, again=(), mark=".unfinished", finished=None, reader=None, ignored=()):
        self.words, self.again, self.mark, self.reader = words, list(again), mark, reader
        self.finished = finished or (lambda to: not (to / mark).exists() if mark else True)
        self.ignored = set(ignored)


def cases(inputs):
    """Name to case; inputs is a folder with what make_inputs() wrote."""
    direction = lambda to: ["evaluate", "direction", "--seld", f"a={inputs}", "--data", to]
    evaluate = lambda to: ["evaluate", "--model", inputs, "--data", to]
    return {
        "simulate": Case(
            lambda to: ["simulate", "--train", 3, "--validation", 1, "--test", 1, "--workers", 3,
                        "--to", to], reader=direction),
        "simulate --pictures-only": Case(
            lambda to: ["simulate", "--pictures-only", "--train", 8, "--validation", 1, "--test", 1,
                        "--workers", 3, "--to", to], reader=evaluate),
        "simulate-seld": Case(
            lambda to: ["simulate-seld", "--train", 5, "--validation", 1, "--test", 1,
                        "--workers", 3, "--to", to], reader=direction),
        "simulate-measured": Case(
            lambda to: ["simulate-measured", "--sounds", inputs / "sounds", "--sounds-use", "all",
                        "--responses", inputs / "responses", "--snr", 10, "--clips", 20,
                        "--workers", 3, "--to", to], reader=direction),
        "occlude": Case(
            lambda to: ["occlude", "--data", inputs / "starss23", "--train", 6, "--validation", 2,
                        "--test", 3, "--workers", 3, "--to", to],
            reader=lambda to: ["occlude", "--data", to, "--to", to / "x"]),
        **trainers(inputs),
    }


def trainers(inputs):
    """Those that go on by --resume. The cache lies beside TO, of each trial its own; it is killed, too."""
    few = ["--threads", 1, "--batch", 4]
    done = lambda card, state: lambda to: (to / card).exists() and not (state and (to / state).exists())
    return {
        "train": Case(
            lambda to: ["train", "--data", inputs / "scenes", *few, "--stage1-epochs", 2,
                        "--stage2-epochs", 2, "--cache", to.parent / "cache", "--to", to],
            again=["--resume"], mark=None, finished=done("model.json", None)),
        "pretrain": Case(
            lambda to: ["pretrain", "--data", inputs / "clips", *few, "--epochs", 3,
                        "--cache", to.parent / "cache", "--to", to],
            again=["--resume"], mark=None, finished=done("encoder.json", None)),
        "pretrain-vision": Case(
            lambda to: ["pretrain-vision", "--data", inputs / "scenes", *few, "--epochs", 2,
                        "--size", 32, "--to", to],
            again=["--resume"], mark=None, finished=done("encoder.json", "training.safetensors")),
    }


def make_data(launcher, folder):
    """Data sets to train on."""
    for words in (["simulate", "--train", 6, "--validation", 2, "--test", 1, "--to", folder / "scenes"],
                  ["simulate-seld", "--train", 4, "--validation", 2, "--test", 1, "--clip-seconds", 3,
                   "--to", folder / "clips"]):
        subprocess.run([launcher, *map(str, words)], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)


def make_inputs(folder):
    """Small sounds, room responses and a folder in the layout of STARSS23, from a fixed seed."""
    draw = random.Random(7)

    def wav(name, channels, seconds, level):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        frames = int(24000 * seconds)
        with wave.open(str(path), "wb") as out:
            out.setnchannels(channels)
            out.setsampwidth(2)
            out.setframerate(24000)
            out.writeframes(array.array(
                "h", (int(level(i % channels, i // channels) * 20000)
                      for i in range(frames * channels))).tobytes())

    noise = lambda c, i: draw.uniform(-0.5, 0.5)
    for name in ("dog/a", "dog/b", "siren/c"):
        wav(f"sounds/{name}.wav", 1, 2, noise)
    (folder / "responses").mkdir(parents=True)
    (folder / "responses/hall.csv").write_text(
        "file,azimuth_deg,elevation_deg,distance_m\nleft.wav,90,0,3\nfront.wav,0,0,4\n")
    for name, gains in (("left", (1, 1, 0, 0)), ("front", (1, 0, 0, 1))):
        wav(f"responses/{name}.wav", 4, 0.05,
            lambda c, i: gains[c] * math.exp(-i / 60) * (0.9 if i == 0 else draw.uniform(-.2, .2)))
    # Classes of STARSS23 that the usual map takes: voices (0, 1), footsteps (6), knock (12).
    for part, fold, room in (("train-sony", 3, 1), ("train-tau", 3, 2), ("test-sony", 4, 3)):
        for mix in (1, 2):
            stem = f"dev-{part}/fold{fold}_room{room}_mix{mix:03}"
            wav(f"starss23/foa_dev/{stem}.wav", 4, 16, noise)
            labels = folder / f"starss23/metadata_dev/{stem}.csv"
            labels.parent.mkdir(parents=True, exist_ok=True)
            labels.write_text("".join(
                f"{frame},{(0, 6, 12)[frame // 55 % 3]},0,{20 * mix + frame // 10},5,{150 + 10 * room}\n"
                for frame in range(160) if frame % 55 < 50))


class Disk:
    """What the log of forced.c says is on the disk; see there for its lines."""

    def __init__(self, log):
        self.pending = defaultdict(list)  # by folder, in order: number and fields of what is not forced
        self.dirty = set()
        lines = log.read_text(errors="surrogateescape").split("\n") if log.exists() else []
        for number, line in enumerate(lines[:-1]):
            op, *fields = line.split("\t")
            if op == "W":
                self.dirty.add(int(fields[0]))
            elif op == "S":
                self.dirty.discard(int(fields[0]))
            elif op == "D":
                self.pending.pop(fields[0], None)
            else:
                if op == "C":
                    self.dirty.discard(int(fields[1]))
                self.pending[os.path.dirname(fields[1] if op == "R" else fields[0])].append(
                    (number, op, fields))

    def lose(self, root, kept, draw):
        """Takes a part of what was not forced; returns how much."""
        lost = 0
        inodes = {}
        for folder in (root, kept):
            for path in folder.rglob("*"):
                if path.is_file() and not path.is_symlink():
                    inodes[path.stat().st_ino] = path
        for inode in sorted(self.dirty & inodes.keys()):
            lost += spoil(inodes[inode], draw)
        undone = []
        for folder in sorted(self.pending):
            steps = self.pending[folder]
            undone += steps[draw.choice((0, draw.randint(0, len(steps)), len(steps))):]
        for _, op, fields in sorted(undone, reverse=True):
            undo(op, fields)
        return lost + len(undone)


def spoil(path, draw):
    size = path.stat().st_size
    how = draw.randrange(4)
    if how == 0 or size == 0:
        return 0
    with open(path, "r+b") as f:
        if how == 3:  # the length is there, the content is not
            f.seek(draw.randrange(size))
            f.write(bytes(size - f.tell()))
        else:
            f.truncate(0 if how == 1 else draw.randrange(size))
    return 1


def undo(op, fields):
    path = Path(fields[0])
    if op == "C":
        path.unlink(missing_ok=True)
    elif op == "M":
        shutil.rmtree(path, ignore_errors=True)
    elif op == "X":
        path.mkdir(exist_ok=True)
    elif op == "U":
        restore(path, fields[1])
    elif op == "R":
        new = Path(fields[1])
        if new.exists():
            path.unlink(missing_ok=True)
            new.rename(path)
        restore(new, fields[2])


def restore(path, kept):
    if kept != "-" and Path(kept).exists() and path.parent.is_dir() and not path.exists():
        os.link(kept, path)


class Trial:
    """One folder, killed and gone on with."""

    def __init__(self, a, case, work, power):
        self.a, self.case, self.power = a, case, power
        self.root, self.kept, self.log = work / "root", work / "kept", work / "log"
        self.tmp, self.err = work / "tmp", work / "err"
        for folder in (self.root, self.kept, self.tmp):
            folder.mkdir(parents=True)
        self.to = self.root / "to"
        self.begun = False

    def start(self):
        words = self.case.words(self.to) + (self.case.again if self.begun else [])
        self.begun = True
        return self.run(words)

    def run(self, words):
        env = dict(os.environ)
        env["HEARSIGHT_JAVA_OPTS"] = (
            env.get("HEARSIGHT_JAVA_OPTS", "") + f" -Djava.io.tmpdir={self.tmp}").strip()
        if self.power:
            env.update(LD_PRELOAD=str(self.a.forced), FORCED_ROOT=str(self.root),
                       FORCED_LOG=str(self.log), FORCED_KEPT=str(self.kept))
        with open(self.err, "wb") as err:
            return subprocess.Popen(
                [str(self.a.launcher), *map(str, words)], env=env, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=err, cwd=self.tmp, start_new_session=True)

    def said(self):
        return self.err.read_text(errors="replace").strip().split("\n")[-1]

    def kill(self, moment, draw):
        """Kills it so long after its start; False if it had ended before."""
        process = self.start()
        try:
            process.wait(moment)
            return False
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if self.power:
            self.lost = Disk(self.log).lose(self.root, self.kept, draw)
            self.log.unlink(missing_ok=True)  # what is there now is on the disk
        return True

    def state(self, whole):
        """What a reader would find: nothing, marked, whole, or a fault in words."""
        if not self.to.exists() or not content(self.to, hidden=False):
            return "marked" if self.to.exists() and not self.case.finished(self.to) else "nothing"
        if not self.case.finished(self.to):
            return "marked"
        wrong = differences(whole, self.to, self.case.ignored)
        return "whole" if not wrong else "neither marked nor whole: " + ", ".join(wrong[:5])


def content(folder, hidden=True):
    """Names of files below it, without what readers pass over."""
    return {str(p.relative_to(folder)) for p in folder.rglob("*")
            if p.is_file() and not p.name.endswith(".partial") and p.name != LOCK
            and (hidden or ".unfinished" not in p.parts)}


def differences(one, other, ignored=()):
    a, b = content(one), content(other)
    wrong = [f"{n} is missing" for n in sorted(a - b)] + [f"{n} is too many" for n in sorted(b - a)]
    for name in sorted(a & b):
        if Path(name).name not in ignored and not filecmp.cmp(one / name, other / name, shallow=False):
            wrong.append(f"{name} differs")
    return wrong


class Result:
    def __init__(self):
        self.kills = self.late = self.refused = self.lost = self.readers = 0
        self.faults, self.states = [], defaultdict(int)


def trial(a, case, whole, span, work, draw, result):
    t = Trial(a, case, work, a.power)
    for _ in range(draw.choice((1, 1, 1, 1, 2, 3))):
        if not t.kill(draw.uniform(*span), draw):
            result.late += 1
            break
        result.kills += 1
        result.lost += getattr(t, "lost", 0)
        state = t.state(whole)
        result.states[state.split(":")[0]] += 1
        if state not in ("nothing", "marked", "whole"):
            return state
        if state == "marked" and case.reader and draw.random() < 0.2:
            result.readers += 1
            code = t.run(case.reader(t.to)).wait()
            if code != 1 or "is an unfinished data set" not in t.said():
                return f"a reader ended with {code} and said: {t.said()}"
    code = t.start().wait(600)
    if code == 1 and t.said().startswith("hearsight: "):
        result.refused += 1
        print("  refused: " + t.said())
        return None
    if code != 0:
        return f"ended with {code} and said: {t.said()}"
    wrong = differences(whole, t.to, case.ignored)
    wrong += [f"{p.relative_to(t.to)} is left" for p in t.to.rglob("*")
              if p.name.endswith(".partial") or p.name == LOCK]
    return ", ".join(wrong[:8]) if wrong else None


def undisturbed(a, case, work):
    """Runs it; returns its folder and from when to when it writes, seconds."""
    t = Trial(a, case, work, a.power)
    begun = time.monotonic()
    process = t.start()
    first = None
    while process.poll() is None:
        if first is None and t.to.exists():
            first = time.monotonic() - begun
        time.sleep(0.005)
    if process.returncode != 0:
        raise SystemExit(f"undisturbed, it ends with {process.returncode}: {t.said()}")
    return t.to, (first or 0, time.monotonic() - begun)


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--launcher", default=str(HOME / "hearsight"))
    p.add_argument("--count", type=int, default=100, help="kills over all cases")
    p.add_argument("--power", action="store_true", help="each kill is a power failure")
    p.add_argument("--only", action="append", help="names of cases")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--work", default=None, help="folder for the trials")
    a = p.parse_args()
    a.launcher = os.path.abspath(a.launcher)
    work = Path(tempfile.mkdtemp(prefix="hearsight-kills-", dir=a.work))
    if a.power:
        a.forced = work / "forced.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", a.forced,
                        Path(__file__).with_name("forced.c"), "-ldl"], check=True)
    make_inputs(work / "inputs")
    chosen = {n: c for n, c in cases(work / "inputs").items() if not a.only or n in a.only}
    if chosen.keys() & trainers(work).keys():
        make_data(a.launcher, work / "inputs")
    share = -(-a.count // len(chosen))
    bad = 0
    print("case                      kills  too late  nothing  marked  whole  readers"
          "  lost  refused  faults", flush=True)
    for name, case in chosen.items():
        bad += run_case(a, name, case, share, work / name.replace(" ", ""))
    if not bad:
        shutil.rmtree(work, ignore_errors=True)
    return 1 if bad else 0


def run_case(a, name, case, share, work):
    draw = random.Random(f"{a.seed} {name} {a.power}")
    whole, span = undisturbed(a, case, work / "whole")
    r = Result()
    number = 0
    while r.kills < share and number < 5 * share:
        folder = work / f"trial{number}"
        fault = trial(a, case, whole, span, folder, draw, r)
        number += 1
        if fault:
            r.faults.append(fault)
            print(f"  {name}, {folder}: {fault}", flush=True)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{name:25} {r.kills:5}  {r.late:8}  {r.states['nothing']:7}  {r.states['marked']:6}  "
          f"{r.states['whole']:5}  {r.readers:7}  {r.lost:4}  {r.refused:7}  {len(r.faults):6}",
          flush=True)
    return len(r.faults)


if __name__ == "__main__":
    sys.exit(main())
