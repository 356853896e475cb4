import torch
from torch import nn

torch.manual_seed(13)
data = torch.randn(192, 6)
target = (data[:, :1] > 0).float()
net = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 1))
opt = torch.optim.Adam(net.parameters(), lr=0.01)
stats = {"loss": 0.0, "batches": 0}


def train_one(batch, wanted):
    opt.zero_grad()
    loss = nn.functional.binary_cross_entropy_with_logits(net(batch), wanted)
    loss.backward()
    opt.step()
    return loss


for epoch in range(5):
    for k in range(0, 192, 16):
        value = train_one(data[k:k + 16], target[k:k + 16])
        stats["loss"] = stats["loss"] + value
        stats["batches"] = stats["batches"] + 1
    print(epoch, float(stats["loss"]) / stats["batches"])
