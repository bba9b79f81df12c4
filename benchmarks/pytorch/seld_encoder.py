#!/usr/bin/python3
"""Times the DCASE 2024 audio baseline in eager PyTorch: one inference and one training step.

    seld_encoder.py THREADS REPEATS

Prints one line: median milliseconds of an inference and of a training step on 16 clips of 5 s.
The same network, batch and step as SeldEncoderBenchmark.java.
"""

import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class ConvBlock(nn.Module):
    def __init__(self, inside):
        super().__init__()
        self.conv = nn.Conv2d(inside, 64, 3, padding=1)
        self.bn = nn.BatchNorm2d(64)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class SeldNet(nn.Module):
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
        self.head = nn.Sequential(nn.Linear(128, 128), nn.Linear(128, 156))

    def forward(self, x):
        x = self.convolutions(x).transpose(1, 2).flatten(2)
        x = torch.tanh(self.gru(x)[0])
        x = x[..., 128:] * x[..., :128]
        for attention, norm in zip(self.attentions, self.norms):
            x = norm(x + attention(x, x, x)[0])
        return self.head(x)


def median_ms(action, repeats):
    times = []
    for i in range(repeats + 3):
        start = time.perf_counter()
        action()
        if i >= 3:
            times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def main():
    threads, repeats = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    net = SeldNet()
    batch = torch.randn(16, 7, 250, 64)
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-4)

    def infer():
        with torch.no_grad():
            net(batch)

    def step():
        optimizer.zero_grad()
        net(batch).square().mean().backward()
        optimizer.step()

    net.eval()
    inference = median_ms(infer, repeats)
    net.train()
    training = median_ms(step, repeats)
    print(f"{inference:.1f} {training:.1f}")


if __name__ == "__main__":
    main()
