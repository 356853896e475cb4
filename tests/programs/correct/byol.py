import copy
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(47)
K = 5
protos = 1.5 * torch.randn(K, 16)
lab = torch.randint(0, K, (400,))
base = protos[lab] + 0.3 * torch.randn(400, 16)


def augment(v):
    return v * (0.8 + 0.4 * torch.rand(len(v), 1)) + 0.3 * torch.randn_like(v)


def block(i, h, o):
    return nn.Sequential(nn.Linear(i, h), nn.BatchNorm1d(h), nn.ReLU(), nn.Linear(h, o))


encoder = block(16, 32, 16)
predictor = block(16, 24, 16)
slow = copy.deepcopy(encoder)
slow.requires_grad_(False)
optimizer = torch.optim.Adam([*encoder.parameters(), *predictor.parameters()], lr=3e-3)


def similarity(p, z):
    return 2 - 2 * F.cosine_similarity(p, z, dim=-1).mean()


for epoch in range(20):
    total = 0.0
    for rows in torch.randperm(400).split(50):
        a, b = augment(base[rows]), augment(base[rows])
        with torch.no_grad():
            za, zb = slow(a), slow(b)
        loss = similarity(predictor(encoder(a)), zb) + similarity(predictor(encoder(b)), za)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            for t, o in zip(slow.parameters(), encoder.parameters()):
                t.mul_(0.95).add_(0.05 * o)
        total += loss.item() / 8
    if epoch % 4 == 3:
        encoder.eval()
        with torch.no_grad():
            z = F.normalize(encoder(base), dim=1)
        encoder.train()
        sim = z @ z.T - 2 * torch.eye(400)
        nn_acc = (lab[sim.argmax(1)] == lab).float().mean().item()
        print(f"epoch {epoch + 1} loss {total:.4f} neighbour accuracy {nn_acc:.3f} spread {z.std(0).mean():.3f}")
