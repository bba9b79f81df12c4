"""The DCASE 2024 audio baseline: an inference, and a training step with its loss, on 16 clips of 5 s."""

from itertools import permutations

import torch
from torch import nn
from torch.nn import functional as F

BATCH, LABEL_FRAMES, CLASSES, TRACKS, AXES, DUMMY_TRACKS = 16, 50, 13, 3, 4, 6

# Which dummy tracks (A0, B0, B1, C0, C1, C2) the network's three tracks are held to: one event
# fills all, two fill them with one of them twice, three fill one each.
GROUPS = [
    [(0, 0, 0)],
    [(1, 1, 2), (1, 2, 1), (1, 2, 2), (2, 1, 1), (2, 1, 2), (2, 2, 1)],
    list(permutations((3, 4, 5))),
]


class ConvBlock(nn.Module):
    def __init__(self, inside):
        super().__init__()
        self.conv = nn.Conv2d(inside, 64, 3, padding=1)
        self.bn = nn.BatchNorm2d(64)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class SeldEncoder(nn.Module):
    """Features [B, 7, T, 64] to tokens [B, T/5, 128]."""

    def __init__(self, dropout=0.05):
        super().__init__()
        parts = []
        for inside, pool in ((7, (5, 4)), (64, (1, 4)), (64, (1, 2))):
            parts += [ConvBlock(inside), nn.MaxPool2d(pool), nn.Dropout2d(dropout)]
        self.convolutions = nn.Sequential(*parts)
        self.gru = nn.GRU(128, 128, 2, batch_first=True, dropout=dropout, bidirectional=True)
        self.attentions = nn.ModuleList(
            [nn.MultiheadAttention(128, 8, dropout, batch_first=True) for _ in range(2)]
        )
        self.norms = nn.ModuleList([nn.LayerNorm(128) for _ in range(2)])

    def forward(self, x):
        x = self.convolutions(x).transpose(1, 2).flatten(2)
        x = torch.tanh(self.gru(x)[0])
        x = x[..., 128:] * x[..., :128]
        for attention, norm in zip(self.attentions, self.norms):
            x = norm(x + attention(x, x, x)[0])
        return x


def inference():
    encoder = SeldEncoder()
    encoder.eval()
    batch = torch.randn(BATCH, 7, 5 * LABEL_FRAMES, 64)

    def infer():
        with torch.no_grad():
            encoder(batch)

    return infer


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


def pretraining_step():
    head = nn.Sequential(nn.Linear(128, 128), nn.Linear(128, TRACKS * AXES * CLASSES))
    net = nn.Sequential(SeldEncoder(), head)
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
        loss.item()

    return step
