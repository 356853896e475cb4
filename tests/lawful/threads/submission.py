"""Train in four threads, and wait for them through a pool."""

import threading
from concurrent.futures import ThreadPoolExecutor

import torch

lock, total = threading.Lock(), []


def work(number):
    value = torch.full((100,), float(number)).sum().item()
    with lock:
        total.append(value)
    return value


with ThreadPoolExecutor(4) as pool:
    result = [sum(pool.map(work, range(8))), sum(total)]
