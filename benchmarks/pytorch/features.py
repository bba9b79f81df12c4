"""The DCASE 2024 features of FOA sound in NumPy: log-mel of four channels, intensity of three."""

import os

import numpy as np

RATE, FFT, HOP, WINDOW, BANDS = 24000, 1024, 480, 960, 64


def slaney_bank():
    """Triangles of equal area, evenly spaced in Slaney's mels from 0 to 12 kHz: [64, 513]."""
    step = np.log(6.4) / 27
    top = 15 + np.log(RATE / 2 / 1000) / step
    mels = np.linspace(0, top, BANDS + 2)
    edges = np.where(mels < 15, mels * 200 / 3, 1000 * np.exp((mels - 15) * step))
    bins = np.arange(FFT // 2 + 1) * RATE / FFT
    left, peak, right = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    triangle = np.minimum((bins - left) / (peak - left), (right - bins) / (right - peak))
    return np.maximum(0, triangle) * 2 / (right - left)


class FoaFeatures:
    def __init__(self):
        self.bank = np.ascontiguousarray(slaney_bank().T)
        self.window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)

    def compute(self, foa):
        """[4, samples] to [7, frames, 64], all frames at once, in double precision."""
        frames = foa.shape[1] // HOP
        padded = np.pad(foa.astype(np.float64) + 1e-8, ((0, 0), (WINDOW // 2, WINDOW // 2)))
        cut = np.lib.stride_tricks.sliding_window_view(padded, WINDOW, axis=1)
        # The window's place within the transform turns the phase of all channels alike.
        spectra = np.fft.rfft(cut[:, : frames * HOP : HOP] * self.window, FFT)
        power = spectra.real**2 + spectra.imag**2
        energy = 1e-8 + power[0] + power[1:].sum(0) / 3
        intensity = (np.conj(spectra[0]) * spectra[1:]).real / energy
        mel = power @ self.bank
        decibels = 10 * np.log10(np.maximum(1e-10, mel))
        decibels = np.maximum(decibels, decibels.max((1, 2), keepdims=True) - 80)
        return np.concatenate([decibels, intensity @ self.bank]).astype(np.float32)


def computing(folder):
    """Works on FOLDER/clip.f32, [4, samples], and leaves what came out in FOLDER/peer.f32."""
    clip = np.fromfile(os.path.join(folder, "clip.f32"), "<f4").reshape(4, -1)
    features = FoaFeatures()
    features.compute(clip).astype("<f4").tofile(os.path.join(folder, "peer.f32"))

    def compute():
        features.compute(clip)

    return compute
