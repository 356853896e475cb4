import torch
from torch import nn

torch.manual_seed(57)
imgs = torch.randn(300, 1, 8, 8) * 0.5
lab = torch.randint(0, 2, (300,))
for k in range(300):
    if lab[k]:
        imgs[k, 0, ::2] += 0.8
    else:
        imgs[k, 0, :, ::2] += 0.8

backbone = nn.Sequential(nn.Conv2d(1, 6, 3), nn.ReLU(), nn.Conv2d(6, 6, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(2), nn.Flatten())
head = nn.Linear(24, 2)
model = nn.Sequential(backbone, head)

# everything is handed over at once, the flags decide who moves
optimizer = torch.optim.SGD([
    {"params": backbone.parameters(), "lr": 0.05},
    {"params": head.parameters(), "lr": 0.1},
], momentum=0.9)
backbone.requires_grad_(False)

for stage, n_epochs in (("head only", 4), ("all layers", 10)):
    if stage == "all layers":
        backbone.requires_grad_(True)
    for e in range(n_epochs):
        hits, s = 0, 0.0
        for i in torch.randperm(300).chunk(10):
            optimizer.zero_grad()
            out = model(imgs[i])
            loss = nn.functional.cross_entropy(out, lab[i])
            loss.backward()
            optimizer.step()
            s += loss.item()
            hits += (out.argmax(1) == lab[i]).sum().item()
        print(stage, e, "loss %.4f acc %.3f" % (s / 10, hits / 300))
