"""Profile a training step with torch's and with Python's profiler."""

import cProfile

import torch
from torch.profiler import ProfilerActivity, profile

with profile(activities=[ProfilerActivity.CPU]) as profiled:
    torch.nn.Linear(10, 10)(torch.ones(2, 10)).sum().backward()
with cProfile.Profile() as python:
    torch.ones(2).sum()
result = any("addmm" in row.key or "linear" in row.key for row in profiled.key_averages())
