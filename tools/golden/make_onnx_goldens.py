"""Makes the small reference values of the ONNX tests with PyTorch.

    python3 tools/golden/make_onnx_goldens.py

Writes learning/src/test/resources/golden/onnx (weights, inputs and every output of shrunken
networks) and inference/src/test/resources/golden/onnx (graphs exported by PyTorch itself, so that
inference is tested on files our own writer has not touched). Needs PyTorch 1.13 and nothing else;
the same version gives the same numbers.
"""

import json
import pathlib
import struct

import torch
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEARNING = ROOT / "learning/src/test/resources/golden/onnx"
INFERENCE = ROOT / "inference/src/test/resources/golden/onnx"


def save(path, tensors):
    """Safetensors, float32 only."""
    header, blobs, at = {}, [], 0
    for name, value in tensors.items():
        data = value.detach().contiguous().float().numpy().tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(value.shape),
            "data_offsets": [at, at + len(data)],
        }
        blobs.append(data)
        at += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def weights(module):
    state = module.state_dict()
    return {f"weights.{k}": v for k, v in state.items() if v.is_floating_point()}


def shake(module):
    """Batch-norm and layer-norm parameters that are not one and zero, or folding goes untested."""
    for m in module.modules():
        if isinstance(m, (nn.BatchNorm2d, nn.LayerNorm)):
            nn.init.uniform_(m.weight, 0.5, 1.5)
            nn.init.uniform_(m.bias, -0.5, 0.5)
        if isinstance(m, nn.BatchNorm2d):
            nn.init.uniform_(m.running_mean, -0.5, 0.5)
            nn.init.uniform_(m.running_var, 0.5, 1.5)
        if isinstance(m, nn.MultiheadAttention):
            nn.init.uniform_(m.in_proj_bias, -0.5, 0.5)
            nn.init.uniform_(m.out_proj.bias, -0.5, 0.5)
    return module.eval()


class ConvBlock(nn.Module):
    def __init__(self, planes, channels):
        super().__init__()
        self.conv = nn.Conv2d(planes, channels, 3, padding=1)
        self.bn = nn.BatchNorm2d(channels)

    def forward(self, x):
        return torch.relu(self.bn(self.conv(x)))


class Seld(nn.Module):
    """The SELD network, two planes in, four to six channels, GRU of eight."""

    def __init__(self):
        super().__init__()
        widths, pools = (2, 4, 5, 6), ((5, 4), (1, 4), (1, 2))
        self.conv_block_list = nn.ModuleList()
        for i in range(3):
            self.conv_block_list.append(ConvBlock(widths[i], widths[i + 1]))
            self.conv_block_list.append(nn.MaxPool2d(pools[i]))
            self.conv_block_list.append(nn.Dropout2d(0.05))
        self.gru = nn.GRU(12, 8, num_layers=2, batch_first=True, bidirectional=True)
        self.mhsa_block_list = nn.ModuleList(
            nn.MultiheadAttention(8, 2, batch_first=True) for _ in range(2)
        )
        self.layer_norm_list = nn.ModuleList(nn.LayerNorm(8) for _ in range(2))
        self.fnn_list = nn.ModuleList([nn.Linear(8, 8), nn.Linear(8, 24)])

    def first_gru_layer(self, x):
        single = nn.GRU(12, 8, batch_first=True, bidirectional=True)
        single.load_state_dict({k: v for k, v in self.gru.state_dict().items() if "l0" in k})
        return single(x)[0]

    def stages(self, x):
        out = {}
        for i, block in enumerate(self.conv_block_list):
            x = block(x)
            if i % 3 == 2:
                out[f"conv{i // 3}"] = x
        x = x.transpose(1, 2).contiguous().view(x.shape[0], x.shape[2], -1)
        out["gru0"] = self.first_gru_layer(x)
        x = torch.tanh(self.gru(x)[0])
        x = x[..., x.shape[-1] // 2 :] * x[..., : x.shape[-1] // 2]
        out["gru1"] = x
        for i, (attention, norm) in enumerate(zip(self.mhsa_block_list, self.layer_norm_list)):
            x = norm(attention(x, x, x)[0] + x)
            out[f"attention{i}"] = x
        out["encoder"] = x
        for linear in self.fnn_list:
            x = linear(x)
        out["output"] = x
        return out

    def forward(self, x):
        tokens = self.stages(x)["encoder"]
        # Changes nothing, but lets the exporter see the width.
        return tokens.reshape(tokens.shape[0], tokens.shape[1], 8)


class Bottleneck(nn.Module):
    def __init__(self, planes, width, out, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(planes, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, out, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(out)
        if stride > 1 or planes != out:
            self.downsample = nn.Sequential(
                nn.Conv2d(planes, out, 1, stride, bias=False), nn.BatchNorm2d(out)
            )

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        y = torch.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return torch.relu(y + (self.downsample(x) if hasattr(self, "downsample") else x))


class ResNet(nn.Module):
    """ResNet's plan with five planes in, widths 8 to 20 and blocks 2, 1, 1, 2."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(5, 6, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(6)
        planes = 6
        for i, (blocks, width) in enumerate(zip((2, 1, 1, 2), (2, 3, 4, 5))):
            layer = []
            for b in range(blocks):
                layer.append(Bottleneck(planes, width, 4 * width, 2 if i and not b else 1))
                planes = 4 * width
            setattr(self, f"layer{i + 1}", nn.Sequential(*layer))

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = nn.functional.max_pool2d(x, 3, 2, 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return x, x.mean((2, 3))


class Imagination(nn.Module):
    """Adapter and head: audio 6, visual 10, embedding 8 with two heads, four visual tokens."""

    def __init__(self, spatial):
        super().__init__()
        self.spatial = spatial
        a = self.adapter = nn.Module()
        a.audio_projection = nn.Linear(6, 8)
        a.visual_projection = nn.Linear(10, 8)
        a.cross_attention = nn.MultiheadAttention(8, 2, batch_first=True)
        a.reliability_net = nn.Sequential(
            nn.Linear(1, 5), nn.ReLU(), nn.Linear(5, 2), nn.Softmax(dim=-1)
        )
        if spatial:
            a.token_geometry = nn.Linear(2, 8)
            a.token_position = nn.Parameter(torch.randn(4, 8))
            a.audio_pool = nn.Linear(8, 1)
            a.attended_pool = nn.Linear(8, 1)
        h = self.imagination_head = nn.Module()
        h.shared = nn.Sequential(nn.Linear(16, 12), nn.ReLU(), nn.Dropout(0.3))
        h.classifier = nn.Sequential(nn.Linear(12, 7), nn.ReLU(), nn.Linear(7, 4))
        h.localizer = nn.Sequential(nn.Linear(12, 7), nn.ReLU(), nn.Linear(7, 6))
        h.confidence = nn.Sequential(nn.Linear(12, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())

    @staticmethod
    def pool(x, linear):
        return (torch.softmax(linear(x), 1) * x).sum(1)

    def forward(self, audio, visual, occlusion, geometry=None):
        a, h = self.adapter, self.imagination_head
        heard, seen = a.audio_projection(audio), a.visual_projection(visual)
        if self.spatial:
            seen = seen + a.token_geometry(geometry) + a.token_position
            attended = self.pool(a.cross_attention(heard, seen, seen)[0], a.attended_pool)
            heard = self.pool(heard, a.audio_pool)
        else:
            one = seen.unsqueeze(1)
            attended = a.cross_attention(heard.unsqueeze(1), one, one)[0].squeeze(1)
        w = a.reliability_net(occlusion)
        fused = torch.cat([w[:, :1] * heard, w[:, 1:] * attended], -1)
        shared = h.shared(fused)
        return {
            "reliability": w,
            "fused": fused,
            "class_logits": h.classifier(shared),
            "location": h.localizer(shared),
            "confidence": h.confidence(shared),
        }


class Wide(nn.Module):
    """Two inputs of 16, one output of 64: much more comes out than goes in."""

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(16, 64)

    def forward(self, left, right):
        return self.linear(left + right)


def named(prefix, tensors):
    return {f"{prefix}.{k}": v for k, v in tensors.items()}


def main():
    LEARNING.mkdir(parents=True, exist_ok=True)
    INFERENCE.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(20240607)

    seld = shake(Seld())
    few = torch.randn(3, 2, 25, 64)
    long = few[:1].tile(1, 1, 10, 1)
    save(
        LEARNING / "seldnet.safetensors",
        {
            **weights(seld),
            "batch3.input": few,
            **named("batch3", seld.stages(few)),
            "batch1.encoder": seld(long),
        },
    )

    resnet = shake(ResNet())
    images = torch.randn(3, 5, 32, 40)
    features, pooled = resnet(images)
    save(
        LEARNING / "resnet.safetensors",
        {**weights(resnet), "input": images, "features": features, "pooled": pooled},
    )

    for kind in ("seed", "spatial"):
        net = shake(Imagination(kind == "spatial"))
        tensors = weights(net)
        for batch, tokens in ((1, 50), (3, 5)):
            inputs = {
                "audio": torch.randn(batch, tokens, 6),
                "visual": torch.randn(batch, 4, 10),
                "occlusion": torch.rand(batch, 1),
                "geometry": torch.rand(batch, 4, 2),
            }
            if kind == "seed":
                inputs = {k: v.mean(1) for k, v in inputs.items() if k in ("audio", "visual")}
                inputs["occlusion"] = torch.rand(batch, 1)
            tensors.update(named(f"batch{batch}", inputs))
            tensors.update(named(f"batch{batch}", net(**inputs)))
        save(LEARNING / f"imagination_{kind}.safetensors", tensors)

    export = dict(opset_version=13)
    torch.onnx.export(
        seld,
        few,
        INFERENCE / "seldnet.onnx",
        input_names=["input"],
        output_names=["encoder"],
        dynamic_axes={
            "input": {0: "batch", 2: "frames"},
            "encoder": {0: "batch", 1: "tokens"},
        },
        **export,
    )
    torch.onnx.export(
        resnet,
        images,
        INFERENCE / "resnet.onnx",
        input_names=["input"],
        output_names=["features", "pooled"],
        dynamic_axes={
            "input": {0: "batch", 2: "height", 3: "width"},
            "features": {0: "batch", 2: "rows", 3: "columns"},
            "pooled": {0: "batch"},
        },
        **export,
    )
    wide, left, right = Wide(), torch.randn(3, 16), torch.randn(3, 16)
    torch.onnx.export(
        wide,
        (left, right),
        INFERENCE / "wide.onnx",
        input_names=["left", "right"],
        output_names=["sum"],
        dynamic_axes={"left": {0: "batch"}, "right": {0: "batch"}, "sum": {0: "batch"}},
        **export,
    )
    two = images[:2]
    two_features, two_pooled = resnet(two)
    save(
        INFERENCE / "expected.safetensors",
        {
            "seldnet.input": few,
            "seldnet.encoder": seld(few),
            "wide.left": left,
            "wide.right": right,
            "wide.sum": wide(left, right),
            "resnet.input": two,
            "resnet.features": two_features,
            "resnet.pooled": two_pooled,
        },
    )


if __name__ == "__main__":
    main()
