#!/usr/bin/python3
"""Writes the small reference values of the learning module's tests.

    python3 tools/golden/make_small_goldens.py learning/src/test/resources/golden

Needs PyTorch (made with 1.13.1) and numpy. The networks are the ones the tests build, with few
channels; the same seed gives the same files.
"""

import json
import math
import struct
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


def write(path, tensors, metadata):
    """A safetensors file: length, JSON header, little-endian data."""
    header, blobs, offset = {"__metadata__": metadata}, [], 0
    for name, value in tensors.items():
        array = value.detach().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
        dtype = {"float32": "F32", "float64": "F64", "int64": "I64"}[str(array.dtype)]
        blob = np.ascontiguousarray(array).tobytes()
        header[name] = {
            "dtype": dtype,
            "shape": list(array.shape),
            "data_offsets": [offset, offset + len(blob)],
        }
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))
    print(path, path.stat().st_size)


def state(prefix, module):
    return {prefix + k: v.clone() for k, v in module.state_dict().items()}


def grads(module):
    return {"grad." + k: p.grad.clone() for k, p in module.named_parameters()}


class ConvBlock(nn.Module):
    def __init__(self, inside, outside):
        super().__init__()
        self.conv = nn.Conv2d(inside, outside, 3, padding=1)
        self.bn = nn.BatchNorm2d(outside)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class SmallSeldNet(nn.Module):
    """The DCASE 2024 audio baseline with 8 filters, 16 bands and a width of 8, without dropout."""

    pools = [(5, 2), (1, 2), (1, 2)]

    def __init__(self):
        super().__init__()
        blocks = []
        for i, pool in enumerate(self.pools):
            blocks += [ConvBlock(8 if i else 3, 8), nn.MaxPool2d(pool), nn.Identity()]
        self.conv_block_list = nn.ModuleList(blocks)
        self.gru = nn.GRU(16, 8, num_layers=2, batch_first=True, bidirectional=True)
        self.mhsa_block_list = nn.ModuleList(
            [nn.MultiheadAttention(8, 2, batch_first=True) for _ in range(2)]
        )
        self.layer_norm_list = nn.ModuleList([nn.LayerNorm(8) for _ in range(2)])
        self.fnn_list = nn.ModuleList([nn.Linear(8, 10), nn.Linear(10, 12)])

    def stages(self, x):
        found = {}
        for i in range(3):
            for part in self.conv_block_list[3 * i : 3 * i + 3]:
                x = part(x)
            found[f"conv{i}"] = x
        x = x.transpose(1, 2).flatten(2)
        x = torch.tanh(self.gru(x)[0])
        x = x[..., 8:] * x[..., :8]
        found["gru1"] = x
        for i in range(2):
            x = self.layer_norm_list[i](x + self.mhsa_block_list[i](x, x, x)[0])
            found[f"attention{i}"] = x
        for layer in self.fnn_list:
            x = layer(x)
        found["output"] = x
        return found


def scatter(module):
    """Moves every parameter off its special first value (0, 1) and every statistic off 0 and 1."""
    with torch.no_grad():
        for p in module.parameters():
            p.add_(torch.randn_like(p) * 0.1)
        for name, b in module.named_buffers():
            if b.dtype.is_floating_point:
                b.add_(torch.rand_like(b) * 0.3)


def seldnet(folder):
    torch.manual_seed(11)
    net = SmallSeldNet()
    scatter(net)
    x = torch.randn(2, 3, 20, 16)
    weight = torch.randn(2, 4, 12)
    out = {"input": x, "loss_weight": weight}
    out.update(state("weights.", net))
    net.eval()
    out.update({"eval." + k: v for k, v in net.stages(x).items()})
    net.train()
    found = net.stages(x)
    out.update({"train." + k: v for k, v in found.items()})
    loss = (found["output"] * weight).sum()
    loss.backward()
    out["loss"] = loss
    out.update(grads(net))
    out.update({"after." + k: b.clone() for k, b in net.named_buffers()})
    write(folder / "seldnet_small.safetensors", out, {"loss": "sum(output * loss_weight), training mode"})


class SmallAvCrnn(nn.Module):
    """The STARSS23 audio-visual network, six filters, 33 bands, GRU of eight."""

    def __init__(self):
        super().__init__()
        self.audio_encoder = nn.Module()
        for i in range(3):
            conv = nn.Conv2d(6 if i else 7, 6, 3, padding=1, bias=False)
            self.audio_encoder.add_module(f"conv{i + 1}", conv)
        for i in range(3):
            self.audio_encoder.add_module(f"bn{i + 1}", nn.BatchNorm2d(6))
        self.vision_encoder = nn.Sequential(nn.Linear(12, 5), nn.Linear(5, 5))
        self.gru = nn.GRU(11, 8, batch_first=True, bidirectional=True)
        self.fc_xyz = nn.Linear(16, 9)

    def forward(self, x, boxes):
        audio, stages = self.audio_encoder, {}
        for i, pool in enumerate(((4, 4), (2, 4), (2, 2))):
            conv, bn = getattr(audio, f"conv{i + 1}"), getattr(audio, f"bn{i + 1}")
            x = F.max_pool2d(F.relu(bn(conv(x))), pool)
            stages[f"conv{i + 1}"] = x
        x = x.mean(3)  # [B, 6, T']
        v = self.vision_encoder(boxes)[:, :, None].repeat(1, 1, x.shape[2])
        x, _ = self.gru(torch.cat((x, v), 1).transpose(1, 2))
        stages["conv3"] = stages["conv3"].mean(3).transpose(1, 2)
        return stages | {"gru": x, "output": self.fc_xyz(x)}


def avcrnn(folder):
    torch.manual_seed(6)
    net = SmallAvCrnn()
    scatter(net)
    x = torch.randn(2, 7, 50, 33)
    boxes = torch.rand(2, 12)
    out = state("weights.", net) | {"input": x, "boxes": boxes}
    net.eval()
    with torch.no_grad():
        out |= {"boxes." + k: v for k, v in net(x, boxes).items()}
        out |= {"blind." + k: v for k, v in net(x, torch.zeros(2, 12)).items()}
    net.train()
    out |= {"train." + k: v for k, v in net(x, torch.zeros(2, 12)).items()}
    write(folder / "avcrnn_small.safetensors", out, {})


class SeedAdapter(nn.Module):
    def __init__(self, audio, visual, width, heads, hidden):
        super().__init__()
        self.audio_projection = nn.Linear(audio, width)
        self.visual_projection = nn.Linear(visual, width)
        self.cross_attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.reliability_net = nn.Sequential(
            nn.Linear(1, hidden), nn.ReLU(), nn.Linear(hidden, 2), nn.Softmax(dim=-1)
        )

    def join(self, reliability, heard, seen):
        return torch.cat([reliability[:, :1] * heard, reliability[:, 1:] * seen], -1)

    def forward(self, audio, visual, geometry, occlusion):
        a, v = self.audio_projection(audio), self.visual_projection(visual)
        seen = self.cross_attention(a[:, None], v[:, None], v[:, None])[0][:, 0]
        w = self.reliability_net(occlusion)
        return w, self.join(w, a, seen)


class SpatialAdapter(SeedAdapter):
    def __init__(self, audio, visual, width, heads, hidden, tokens):
        super().__init__(audio, visual, width, heads, hidden)
        self.token_position = nn.Parameter(torch.randn(tokens, width) * 0.02)
        self.token_geometry = nn.Linear(2, width)
        self.audio_pool = nn.Linear(width, 1)
        self.attended_pool = nn.Linear(width, 1)

    def forward(self, audio, visual, geometry, occlusion):
        a = self.audio_projection(audio)
        v = self.visual_projection(visual) + self.token_geometry(geometry) + self.token_position
        c = self.cross_attention(a, v, v)[0]
        heard = (torch.softmax(self.audio_pool(a), 1) * a).sum(1)
        seen = (torch.softmax(self.attended_pool(c), 1) * c).sum(1)
        w = self.reliability_net(occlusion)
        return w, self.join(w, heard, seen)


class Head(nn.Module):
    def __init__(self, inside, width, branch, hidden, classes, location):
        super().__init__()
        self.shared = nn.Sequential(nn.Linear(inside, width), nn.ReLU())
        self.classifier = nn.Sequential(
            nn.Linear(width, branch), nn.ReLU(), nn.Linear(branch, classes)
        )
        self.localizer = nn.Sequential(
            nn.Linear(width, branch), nn.ReLU(), nn.Linear(branch, location)
        )
        self.confidence = nn.Sequential(
            nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, 1), nn.Sigmoid()
        )

    def forward(self, x):
        x = self.shared(x)
        return self.classifier(x), self.localizer(x), self.confidence(x)


class Model(nn.Module):
    def __init__(self, adapter, head):
        super().__init__()
        self.adapter = adapter
        self.imagination_head = head

    def forward(self, audio, visual, geometry, occlusion):
        reliability, fused = self.adapter(audio, visual, geometry, occlusion)
        logits, location, confidence = self.imagination_head(fused)
        return {
            "reliability": reliability,
            "fused": fused,
            "class_logits": logits,
            "location": location,
            "confidence": confidence,
        }


CLASSES = torch.tensor([0, 1, 2, 3, 0, 2])
AZIMUTH = torch.tensor([0.0, 35.0, -120.0, 179.0, 0.0, -64.0])
ELEVATION = torch.tensor([0.0, -3.0, 12.0, 41.0, 0.0, -20.0])
DISTANCE = torch.tensor([1.0, 4.0, 11.0, 0.8, 1.0, 27.0])
TARGETS = {"class": CLASSES, "azimuth": AZIMUTH, "elevation": ELEVATION, "distance": DISTANCE}


def unit(azimuth, elevation):
    a, e = torch.deg2rad(azimuth), torch.deg2rad(elevation)
    return torch.stack([e.cos() * a.cos(), e.cos() * a.sin(), e.sin()], -1)


def seed_losses(out):
    target = torch.stack([AZIMUTH / 180, ELEVATION / 90, DISTANCE / 30], -1)
    mask = CLASSES != 0
    cls = F.cross_entropy(out["class_logits"], CLASSES)
    loc = F.mse_loss(out["location"][mask], target[mask])
    sure = out["class_logits"].softmax(1).max(1)[0].detach()
    conf = F.mse_loss(out["confidence"][:, 0], sure)
    return cls, loc, conf


def spherical_losses(out):
    mask = CLASSES != 0
    raw = out["location"]
    mu = F.normalize(raw[:, :3], dim=-1)
    log_kappa = raw[:, 3].clamp(-3, 7)
    kappa = log_kappa.exp()
    dot = (mu * unit(AZIMUTH, ELEVATION)).sum(-1)
    direction = -kappa * dot - log_kappa + torch.log(4 * math.pi * torch.sinh(kappa))
    variance = raw[:, 5].clamp(-6, 3).exp()
    distance = -torch.distributions.Normal(raw[:, 4], variance.sqrt()).log_prob(DISTANCE.log())
    loc = (direction + distance)[mask].mean()
    cls = F.cross_entropy(out["class_logits"], CLASSES)
    angle = torch.rad2deg(torch.acos(dot.clamp(-1, 1)))
    relative = (raw[:, 4].exp() - DISTANCE).abs() / DISTANCE
    right = out["class_logits"].argmax(1) == CLASSES
    right &= ~mask | ((angle <= 20) & (relative < 0.5))
    conf = F.mse_loss(out["confidence"][:, 0], right.float().detach())
    return cls, loc, conf, right


def total(parts):
    return parts[0] + 2 * parts[1] + 0.5 * parts[2]


def imagination(folder):
    torch.manual_seed(12)
    model = Model(SeedAdapter(12, 20, 32, 4, 8), Head(64, 16, 12, 8, 4, 3))
    scatter(model)
    inputs = (torch.randn(6, 12), torch.randn(6, 20), None, torch.rand(6, 1))
    out = {"audio": inputs[0], "visual": inputs[1], "occlusion": inputs[3], **TARGETS}
    out.update(state("weights.", model))
    optimizer = torch.optim.Adam(
        [
            {"params": model.adapter.parameters(), "lr": 1e-3},
            {"params": model.imagination_head.parameters(), "lr": 1e-4},
        ]
    )
    for step in range(3):
        found = model(*inputs)
        parts = seed_losses(found)
        optimizer.zero_grad()
        total(parts).backward()
        if step == 0:
            out.update(found)
            out.update(zip(["loss_class", "loss_location", "loss_confidence"], parts[:3]))
            out["loss_total"] = total(parts)
            out.update(grads(model))
        optimizer.step()
    out.update(state("after.", model))
    for name, p in model.named_parameters():
        out["exp_avg." + name] = optimizer.state[p]["exp_avg"]
        out["exp_avg_sq." + name] = optimizer.state[p]["exp_avg_sq"]
    write(
        folder / "imagination_small.safetensors",
        out,
        {"after": "three steps of Adam on one batch, 1e-3 adapter, 1e-4 head"},
    )


def spatial(folder):
    torch.manual_seed(13)
    model = Model(SpatialAdapter(12, 20, 32, 4, 8, 9), Head(64, 16, 12, 8, 4, 6))
    scatter(model)
    with torch.no_grad():
        # Row 2 is answered rightly, so that both confidence targets occur.
        model.imagination_head.localizer[2].bias.copy_(
            torch.tensor([-0.5, -0.8, 0.2, 1.5, 2.4, -0.5])
        )
        model.imagination_head.classifier[2].bias[2] += 1
    inputs = (torch.randn(6, 5, 12), torch.randn(6, 9, 20), torch.rand(6, 9, 2), torch.rand(6, 1))
    out = {"audio": inputs[0], "visual": inputs[1], "geometry": inputs[2], "occlusion": inputs[3]}
    out.update(TARGETS)
    out.update(state("weights.", model))
    found = model(*inputs)
    *parts, right = spherical_losses(found)
    assert right.any() and not right.all(), right
    total(parts).backward()
    out.update(found)
    out.update(zip(["loss_class", "loss_location", "loss_confidence"], parts))
    out["loss_total"] = total(parts)
    out["right"] = right.long()
    out.update(grads(model))
    write(folder / "spatial_small.safetensors", out, {})


def von_mises_fisher(folder):
    """The textbook formula in 80-bit floats, where sinh 1100 still fits."""
    rng = np.random.default_rng(14)
    n = 40
    raw = rng.normal(size=(n, 6)) * [1, 1, 1, 3, 1, 2]
    raw[:, 3] += 2
    raw[0, 3], raw[1, 3], raw[2, 5], raw[3, 5] = -9, 12, -11, 8
    azimuth, elevation = rng.uniform(-180, 180, n), rng.uniform(-80, 80, n)
    # Every other mean is near the truth, where a sharp density has its mass.
    a, e = np.deg2rad(azimuth), np.deg2rad(elevation)
    truth = np.stack([np.cos(e) * np.cos(a), np.cos(e) * np.sin(a), np.sin(e)], -1)
    raw[::2, :3] = truth[::2] * 1.7 + rng.normal(size=(n // 2, 3)) * 0.02
    raw = raw.astype(np.float32)
    distance = rng.uniform(0.5, 40, n)
    r = raw.astype(np.longdouble)
    mu = r[:, :3] / np.sqrt((r[:, :3] ** 2).sum(1, keepdims=True))
    kappa = np.exp(np.clip(r[:, 3], -3, 7))
    pi = np.longdouble(math.pi)
    direction = -np.log(kappa / (4 * pi * np.sinh(kappa))) - kappa * (mu * truth).sum(1)
    variance = np.exp(np.clip(r[:, 5], -6, 3))
    exponent = (np.log(distance) - r[:, 4]) ** 2 / (2 * variance)
    out = {
        "raw": raw,
        "azimuth": azimuth,
        "elevation": elevation,
        "distance": distance,
        "loss": (direction + exponent + np.log(2 * pi * variance) / 2).astype(np.float64),
    }
    write(folder / "von_mises_fisher.safetensors", out, {})


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    seldnet(target)
    avcrnn(target)
    imagination(target)
    spatial(target)
    von_mises_fisher(target)
