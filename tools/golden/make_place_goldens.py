#!/usr/bin/python3
"""Writes the reference values of the features of places.

    python3 tools/golden/make_place_goldens.py core/src/test/resources/golden

Needs numpy. Reads features/foa.wav there, and writes place/place.safetensors: what is heard of each
azimuth and the levels, in double precision, straight from the formulas in the classes' comments.
Frames lie wholly in the clip; windows are periodic.
"""

import json
import struct
import sys
import wave
from pathlib import Path

import numpy as np

RATE, SIZE, HOP = 24000, 1024, 480
AZIMUTH = np.radians(-177.5 + 5 * np.arange(72))
W, Y, Z, X = range(4)


def hann(n):
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)


def spectra(clip, window, size, hop):
    n = 1 + (len(clip) - len(window)) // hop
    frames = np.stack([clip[i * hop : i * hop + len(window)] for i in range(n)])
    frames = frames * window[None, :, None]
    left = (size - len(window)) // 2
    frames = np.pad(frames, ((0, 0), (left, size - len(window) - left), (0, 0)))
    return np.fft.rfft(frames, axis=1)  # [n, bins, 4]


def bands(edges):
    frequency = np.arange(SIZE // 2 + 1) * RATE / SIZE
    return [(frequency >= a) & (frequency < b) for a, b in zip(edges[:-1], edges[1:])]


def covariances(s):
    n = len(s)
    part = np.arange(n) * 5 // n
    products = np.real(np.conj(s)[..., :, None] * s[..., None, :])  # [n, bins, 4, 4]
    by_part, onset = np.zeros((5, 8, 4, 4)), np.zeros((8, 4, 4))
    for b, inside in enumerate(bands([60, 200, 400, 700, 1100, 1700, 2600, 4200, 9000])):
        c = products[:, inside].sum(1)
        energy = c[:, W, W]
        rise = np.maximum(0, np.diff(energy, prepend=energy[:1])) / (energy + 1e-12)
        onset[b] = (c * rise[:, None, None]).sum(0)
        for p in range(5):
            by_part[p, b] = c[part == p].sum(0)
    return by_part, onset


def beams(by_part, onset):
    flat = by_part.reshape(40, 4, 4)
    c = [flat, onset, by_part.sum(0), by_part.sum(1), flat.sum(0)[None], onset.sum(0)[None]]
    c = np.concatenate(c)
    c = c / (c[:, W, W] + 1e-9)[:, None, None]
    steer = np.stack([np.ones(72), np.sin(AZIMUTH), np.zeros(72), np.cos(AZIMUTH)], 1)
    beam = np.einsum("ai,mij,aj->ma", steer, c, steer) - 1
    along = c[:, W, Y, None] * np.sin(AZIMUTH) + c[:, W, X, None] * np.cos(AZIMUTH)
    length = np.hypot(c[:, W, Y], c[:, W, X])[:, None] + 1e-6
    return np.concatenate([beam, along / length * np.sqrt(np.minimum(1, length))])


def mean9(a):
    """Mean over 3 x 3 neighbours; the rim stands for what lies beyond it."""
    a = np.pad(a, 1, mode="edge")
    return sum(a[i : len(a) - 2 + i, j : a.shape[1] - 2 + j] for i in range(3) for j in range(3)) / 9


def histograms(s):
    n = len(s)
    power = np.abs(s) ** 2
    e = mean9(power[..., W])
    x, y, z = (mean9(np.real(np.conj(s[..., W]) * s[..., k])) for k in (X, Y, Z))
    direct = np.minimum(1, np.sqrt(x**2 + y**2 + z**2) / (mean9(power.sum(2) / 2) + 1e-12))
    floor = np.percentile(e, 20, axis=0)
    level = np.clip(np.log10(e / (floor + 1e-12) + 1e-3), 0, 3)
    rise = np.zeros_like(e)
    rise[2:] = np.clip(np.log10(e[2:] / (np.maximum(e[1:-1], e[:-2]) + 1e-12) + 1e-6), 0, 1.5)
    last_second = (np.arange(n) >= n - 50)[:, None]
    last_half = (np.arange(n) >= n - 125)[:, None]
    position = (np.arctan2(y, x) + np.pi) / (2 * np.pi) * 72 - 0.5
    cell, share = np.floor(position).astype(int), position - np.floor(position)
    weightings = [
        np.sqrt(e) * direct**6,
        np.sqrt(e) * direct**6 * last_second,
        np.sqrt(e) * direct**4 * rise,
        direct**8 * level,
        direct**8 * level * last_half,
    ]
    rows = []
    for inside in bands([100, 500, 1500, 4000, 9500]):
        for weight in weightings:
            h = np.zeros(72)
            np.add.at(h, cell[:, inside] % 72, (weight * (1 - share))[:, inside])
            np.add.at(h, (cell[:, inside] + 1) % 72, (weight * share)[:, inside])
            h = h / (h.sum() + 1e-9) * 72
            rows.append(np.sqrt(np.roll(h, 1) / 4 + h / 2 + np.roll(h, -1) / 4))
    return np.array(rows)


def echoes(clip):
    size = 8192
    s = spectra(clip, hann(size), size, size // 2)
    cross = (np.conj(s[..., W, None]) * s).sum(0)
    power = np.real(cross[:, W])
    smooth = np.convolve(power, np.ones(25) / 25, "same")
    frequency = np.arange(size // 2 + 1) * RATE / size
    weight = ((frequency > 150) & (frequency < 8500)) / (smooth + 1e-3 * smooth.max() + 1e-12)
    r = np.fft.irfft(cross * weight[:, None], axis=0)
    r = r / (r[0, W] + 1e-9)
    edges = np.round(0.4 * 150 ** (np.arange(25) / 24) * RATE / 1000).astype(int)
    strongest, sums = [], []
    for sign in (1, -1):
        for a, b in zip(edges[:-1], edges[1:]):
            q = r[sign * np.arange(a, b)]
            t = q[np.abs(q[:, W]).argmax()]
            strongest.append(3 * (t[W] + t[Y] * np.sin(AZIMUTH) + t[X] * np.cos(AZIMUTH)))
            t = q.sum(0)
            sums.append(t[Y] * np.sin(AZIMUTH) + t[X] * np.cos(AZIMUTH))
    return np.array(strongest + sums)


def slaney(hertz):
    return np.where(hertz < 1000, hertz * 3 / 200, 15 + 27 * np.log(np.maximum(hertz, 1000) / 1000) / np.log(6.4))


def levels(s):
    mel = np.linspace(slaney(np.array(40.0)), slaney(np.array(11500.0)), 42)
    points = np.where(mel < 15, mel * 200 / 3, 1000 * np.exp((mel - 15) * np.log(6.4) / 27))
    frequency = np.arange(SIZE // 2 + 1) * RATE / SIZE
    bank = []
    for a, b, c in zip(points[:-2], points[1:-1], points[2:]):
        triangle = np.minimum((frequency - a) / (b - a), (c - frequency) / (c - b))
        bank.append(np.maximum(0, triangle) * 2 / (c - a))
    mel = np.log10(np.abs(s[..., W]) ** 2 @ np.array(bank).T + 1e-9)
    tenth = np.arange(len(mel)) * 10 // len(mel)
    loudest = np.max([mel[tenth == t].mean(0) for t in range(10)], axis=0)
    return np.concatenate([mel.mean(0), mel.std(0), loudest])


def write(path, tensors):
    """A safetensors file: length, JSON header, little-endian data."""
    header, data = {}, b""
    for name, value in tensors.items():
        blob = np.ascontiguousarray(value, "<f4").tobytes()
        shape = list(value.shape)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + len(blob)]}
        data += blob
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)
    print(path, path.stat().st_size)


if __name__ == "__main__":
    golden = Path(sys.argv[1])
    with wave.open(str(golden / "features" / "foa.wav")) as wav:
        assert (wav.getnchannels(), wav.getframerate(), wav.getsampwidth()) == (4, RATE, 2)
        samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2")
    clip = samples.reshape(-1, 4) / 32768
    s = spectra(clip, hann(2 * HOP), SIZE, HOP)
    by_part, onset = covariances(s)
    heard = np.concatenate([beams(by_part, onset), histograms(s), echoes(clip)])
    band = by_part.sum(0)
    directness = np.linalg.norm(band[:, W, 1:], axis=1) / (band[:, W, W] + 1e-9)
    energies = np.log10(by_part[..., W, W] + 1e-9).ravel()
    (golden / "place").mkdir(exist_ok=True)
    tensors = {
        "heard": heard[:, ::6],  # every sixth azimuth: what holds for these holds for all
        "levels": np.concatenate([levels(s), energies, directness]),
    }
    write(golden / "place" / "place.safetensors", tensors)
