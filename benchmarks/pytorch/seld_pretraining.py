#!/usr/bin/python3
"""Times a training step of the DCASE 2024 audio baseline in eager PyTorch, loss included.

    seld_pretraining.py THREADS REPEATS

Prints one line: median milliseconds of forward, ADPIT over 13 classes, backward and Adam on 16
clips of 5 s. The same network, batch and step as SeldPretrainingBenchmark.java.
"""

import sys
from itertools import permutations

import torch

from seld_encoder import SeldNet, median_ms

BATCH, LABEL_FRAMES, CLASSES, TRACKS, AXES, DUMMY_TRACKS = 16, 50, 13, 3, 4, 6

# Which dummy tracks (A0, B0, B1, C0, C1, C2) the network's three tracks are held to: one event
# fills all, two fill them with one of them twice, three fill one each.
GROUPS = [
    [(0, 0, 0)],
    [(1, 1, 2), (1, 2, 1), (1, 2, 2), (2, 1, 1), (2, 1, 2), (2, 2, 1)],
    list(permutations((3, 4, 5))),
]


def terms():
    """Index of the dummy tracks that make each target: [13, 3 tracks, 3 terms].

    The first term is the assignment. The others are the targets of the two other groups, zero where
    those do not sound: without them a group that does not sound would be the cheapest.
    """
    rows = []
    for i, group in enumerate(GROUPS):
        paddings = [other[0] for j, other in enumerate(GROUPS) if j != i]
        rows += [list(zip(assigned, *paddings)) for assigned in group]
    return torch.tensor(rows)


def adpit(output, targets, index):
    """Multi-ACCDDOA's loss: squared error under the cheapest assignment, by frame and class.

    output [B, T, 3 * 4 * classes], targets [B, T, 6, 4, classes].
    """
    b, t = targets.shape[:2]
    held = targets[:, :, index].sum(4)  # [B, T, 13, 3, 4, classes]
    error = (output.view(b, t, 1, TRACKS, AXES, -1) - held).square()
    return error.mean((3, 4)).min(2)[0].mean()


def sounding():
    """Targets of clips in which one to three events of a class sound in some of the frames."""
    targets = torch.zeros(BATCH, LABEL_FRAMES, DUMMY_TRACKS, AXES, CLASSES)
    events = torch.randint(0, 12, (BATCH, LABEL_FRAMES, CLASSES))
    for n, first in ((1, 0), (2, 1), (3, 3)):
        for i in range(n):
            values = torch.randn(BATCH, LABEL_FRAMES, AXES, CLASSES)
            targets[:, :, first + i] = values * (events == n).unsqueeze(2)
    return targets


def main():
    threads, repeats = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    net = SeldNet()
    net.train()
    batch = torch.randn(BATCH, 7, 5 * LABEL_FRAMES, 64)
    targets = sounding()
    index = terms()
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)

    def step():
        optimizer.zero_grad()
        loss = adpit(net(batch), targets, index)
        loss.backward()
        optimizer.step()
        return loss.item()

    print(f"{median_ms(step, repeats):.1f}")


if __name__ == "__main__":
    main()
