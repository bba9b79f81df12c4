"""The training loop of the design this project grew from, in eager PyTorch.

Features are computed once; both encoders run in every epoch, as its listing has it. A few batches
of each stage are timed and scaled to a whole training: SCENES x (features + epochs x a scenario).
Reading files and scoring a validation split, which it needs to find its best epoch, are not charged.
"""

import statistics
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torchvision.models import resnet50

from features import FoaFeatures
from seld import SeldEncoder

BATCH, BATCHES, CLIPS, CLASSES = 32, 3, 8, 10


class Adapter(nn.Module):
    def __init__(self):
        super().__init__()
        self.audio_projection = nn.Linear(128, 512)
        self.visual_projection = nn.Linear(2048, 512)
        self.cross_attention = nn.MultiheadAttention(512, 8)
        self.reliability_net = nn.Sequential(
            nn.Linear(1, 64), nn.ReLU(), nn.Linear(64, 2), nn.Softmax(-1)
        )

    def forward(self, audio, visual, occlusion):
        heard = self.audio_projection(audio)
        seen = self.visual_projection(visual).unsqueeze(0)
        attended = self.cross_attention(heard.unsqueeze(0), seen, seen)[0].squeeze(0)
        weights = self.reliability_net(occlusion)
        return torch.cat([weights[:, :1] * heard, weights[:, 1:] * attended], -1)


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.shared = nn.Sequential(nn.Linear(1024, 512), nn.ReLU(), nn.Dropout(0.3))
        self.classifier = nn.Sequential(nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, CLASSES))
        self.localizer = nn.Sequential(nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 3))
        self.confidence = nn.Sequential(
            nn.Linear(512, 128), nn.ReLU(), nn.Linear(128, 1), nn.Sigmoid()
        )

    def forward(self, x):
        x = self.shared(x)
        return self.classifier(x), self.localizer(x), self.confidence(x)


class Imagination(nn.Module):
    def __init__(self):
        super().__init__()
        self.seld_encoder = SeldEncoder()
        self.visual_encoder = resnet50()
        self.visual_encoder.fc = nn.Identity()
        self.adapter = Adapter()
        self.imagination_head = Head()

    def forward(self, audio, visual, occlusion):
        heard = self.seld_encoder(audio).mean(1)
        seen = self.visual_encoder(visual)
        return self.imagination_head(self.adapter(heard, seen, occlusion))


def loss_of(outputs, classes, locations):
    logits, location, confidence = outputs
    present = classes != 0
    return (
        F.cross_entropy(logits, classes)
        + 2 * F.mse_loss(location[present], locations[present])
        + 0.5 * F.mse_loss(confidence.squeeze(), logits.softmax(1).max(1)[0].detach())
    )


def milliseconds_a_scenario(model, optimizer):
    """Of a training step, after one that warms up."""
    audio, visual = torch.randn(BATCH, 7, 250, 64), torch.randn(BATCH, 3, 224, 224)
    occlusion, locations = torch.rand(BATCH, 1), torch.randn(BATCH, 3)
    classes = torch.arange(BATCH) % CLASSES
    times = []
    for _ in range(1 + BATCHES):
        start = time.perf_counter()
        optimizer.zero_grad()
        loss_of(model(audio, visual, occlusion), classes, locations).backward()
        optimizer.step()
        times.append((time.perf_counter() - start) * 1e3 / BATCH)
    return statistics.median(times[1:])


def stage1(model):
    model.seld_encoder.requires_grad_(False)
    new = [model.adapter, model.imagination_head]
    parameters = [p for part in new for p in part.parameters()]
    return milliseconds_a_scenario(model, torch.optim.Adam(parameters, lr=1e-3))


def stage2(model):
    encoder = list(model.seld_encoder.parameters())
    for parameter in encoder[len(encoder) // 2 :]:
        parameter.requires_grad_(True)
    groups = [
        {"params": encoder, "lr": 1e-5},
        {"params": model.adapter.parameters(), "lr": 1e-4},
        {"params": model.imagination_head.parameters(), "lr": 1e-4},
    ]
    return milliseconds_a_scenario(model, torch.optim.Adam(groups))


def milliseconds_of_features():
    features = FoaFeatures()
    clip = np.random.default_rng(1).standard_normal((4, 120000), np.float32) / 10
    features.compute(clip)
    start = time.perf_counter()
    for _ in range(CLIPS):
        features.compute(clip)
    return (time.perf_counter() - start) * 1e3 / CLIPS


def training(scenes, epochs1, epochs2, frozen):
    scenes, epochs1, epochs2 = int(scenes), int(epochs1), int(epochs2)

    def scaled():
        model = Imagination()
        model.train()
        if frozen:
            model.visual_encoder.requires_grad_(False)
            model.visual_encoder.eval()
        first, second = stage1(model), stage2(model)
        return scenes * (milliseconds_of_features() + epochs1 * first + epochs2 * second)

    return scaled


def as_written(*size):
    """The listing to the letter: nothing switches ResNet-50's gradients off."""
    return training(*size, frozen=False)


def frozen(*size):
    """As the text beside the listing has it: "pretrained, frozen initially"."""
    return training(*size, frozen=True)
