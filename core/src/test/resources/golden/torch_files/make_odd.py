"""Writes odd.pth, odd_protocol4.pth and odd_legacy.pth (PyTorch 1.13.1): a training checkpoint as
people save them. Values follow from formulas, so the test needs no expected file."""
import collections
import torch


def ramp(*shape):
    n = torch.Size(shape).numel()
    return (torch.arange(n, dtype=torch.float32) / 8).reshape(shape)


model = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 3), torch.nn.BatchNorm2d(3))
with torch.no_grad():
    for p in model.parameters():
        p.copy_(ramp(*p.shape))
optimizer = torch.optim.Adam(model.parameters())
scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [3, 5])
for p in model.parameters():
    p.grad = torch.ones_like(p)
# One step fills Adam's state; a rate of zero leaves the weights as they are.
optimizer.param_groups[0]["lr"] = 0.0
optimizer.step()

state = model.state_dict()  # an OrderedDict with a _metadata attribute: opcode BUILD
state["i16"] = torch.tensor([-32768, 0, 32767], dtype=torch.int16)
state["i8"] = torch.tensor([-128, 127], dtype=torch.int8)
state["expanded"] = torch.tensor([1.5, -2.0]).unsqueeze(1).expand(2, 3)
state["strided"] = torch.arange(24).reshape(2, 3, 4).permute(2, 0, 1)[1:3]
state["channels_last"] = ramp(2, 3, 2, 2).contiguous(memory_format=torch.channels_last)
checkpoint = {
    "epoch": 7,
    "best": 0.25,
    "name": "odd",
    "none": None,
    "model": state,
    "optimizer": optimizer.state_dict(),
    "scheduler": scheduler.state_dict(),
    "size": torch.Size([1, 2]),
    "dtype": torch.float32,
    "device": torch.device("cpu"),
    "set": {1},
    "groups": collections.defaultdict(list, a=[1]),
    "big": 1 << 200,
    "bytes": b"\x00\xff",
    "rng": torch.get_rng_state()[:8].clone(),
}
torch.save(checkpoint, "odd.pth")
torch.save(checkpoint, "odd_protocol4.pth", pickle_protocol=4)
torch.save(checkpoint, "odd_legacy.pth", _use_new_zipfile_serialization=False)
