import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(2021)
grade = torch.randint(0, 4, (320,))
x = torch.randn(320, 5) + 1.5 * torch.eye(4, 5)[grade]
loader = DataLoader(TensorDataset(x, grade), batch_size=32, shuffle=True)

net = nn.Sequential(nn.Linear(5, 24), nn.ReLU(), nn.Linear(24, 1))
opt = torch.optim.AdamW(net.parameters(), lr=0.005)

epoch = 0
while epoch < 8:
    mean = 0.0
    for xb, gb in loader:
        score = net(xb)
        loss = nn.functional.binary_cross_entropy_with_logits(score.squeeze(1), gb.float())
        opt.zero_grad()
        loss.backward()
        opt.step()
        mean += loss.item() / len(loader)
    epoch += 1
    if epoch % 2 == 0:
        print("epoch", epoch, "loss", round(mean, 4))
