"""Writes the PyTorch files of core/src/test/resources/golden/torch_files that hold one network as
programs leave it that trained it: typed.pth, averaged.pth, lightning.pth (PyTorch 1.13 or newer,
NumPy). Values follow from formulas, so the tests need no expected file."""
import collections
import pathlib

import numpy
import torch
import torch._utils

HERE = pathlib.Path(__file__).resolve().parents[2]
TO = HERE / "core/src/test/resources/golden/torch_files"


def ramp(*shape):
    n = torch.Size(shape).numel()
    return (torch.arange(n, dtype=torch.float32) / 8).reshape(shape)


def network():
    model = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 3), torch.nn.BatchNorm2d(3))
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(ramp(*p.shape))
    return model


def rebuild(data, requires_grad, backward_hooks, state):
    return torch.nn.Parameter(data, requires_grad)


# What torch 2 writes for a parameter that carries attributes; 1.13 has no such function yet.
rebuild.__name__ = rebuild.__qualname__ = "_rebuild_parameter_with_state"
rebuild.__module__ = "torch._utils"
torch._utils._rebuild_parameter_with_state = rebuild


class Marked(torch.nn.Parameter):
    def __reduce_ex__(self, protocol):
        return rebuild, (self.data, True, collections.OrderedDict(), {"is_norm": True})


state = network().state_dict()
typed = collections.OrderedDict((k, v.clone()) for k, v in state.items())
typed["0.weight"].init = "xavier"  # a tensor with an attribute: _rebuild_from_type_v2
typed["1.weight"] = Marked(typed["1.weight"])
torch.save(
    {
        "state_dict": typed,
        "best": numpy.float64(0.25),
        "history": numpy.arange(3),
        "layout": torch.strided,
    },
    TO / "typed.pth",
)

averaged = torch.optim.swa_utils.AveragedModel(torch.nn.DataParallel(network()))
averaged.update_parameters(torch.nn.DataParallel(network()))
# As torch.compile has it around the whole.
torch.save(
    collections.OrderedDict(("_orig_mod." + k, v) for k, v in averaged.state_dict().items()),
    TO / "averaged.pth",
)

lightning = collections.OrderedDict(
    ("model._orig_mod.module." + k, v) for k, v in state.items()
)
lightning["criterion.weight"] = torch.ones(3)
torch.save(
    {
        "epoch": 7,
        "global_step": 700,
        "pytorch-lightning_version": "2.1.0",
        "state_dict": lightning,
        "hyper_parameters": {"lr": 1e-3},
        "lr_schedulers": [],
    },
    TO / "lightning.pth",
)
