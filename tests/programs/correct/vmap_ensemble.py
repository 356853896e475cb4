import copy
import torch
from torch import nn
from torch.func import functional_call, stack_module_state, vmap

torch.manual_seed(66)
N_MODELS = 5


def member():
    return nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 2))


members = [member() for _ in range(N_MODELS)]
params, buffers = stack_module_state(members)
skeleton = copy.deepcopy(members[0]).to("meta")


def single(p, b, x):
    return functional_call(skeleton, (p, b), (x,))


opt = torch.optim.Adam(params.values(), lr=0.02)
ce = nn.CrossEntropyLoss()
lab = torch.randint(0, 2, (320,))
pts = torch.randn(320, 2) * torch.where(lab == 0, 0.5, 0.3)[:, None]
pts = pts + lab[:, None] * torch.nn.functional.normalize(torch.randn(320, 2), dim=1) * 1.8
for step in range(240):
    pick = torch.stack([torch.randint(0, 320, (32,)) for _ in range(N_MODELS)])
    logits = vmap(single)(params, buffers, pts[pick])
    per_model = torch.stack([ce(l, t) for l, t in zip(logits, lab[pick])])
    opt.zero_grad()
    per_model.sum().backward()
    opt.step()
    if step % 48 == 0 or step == 239:
        print("step", step, "per model", [round(v, 3) for v in per_model.tolist()])
with torch.no_grad():
    mean_prob = vmap(single, in_dims=(0, 0, None))(params, buffers, pts).softmax(-1).mean(0)
print("ensemble accuracy", (mean_prob.argmax(1) == lab).float().mean().item())
