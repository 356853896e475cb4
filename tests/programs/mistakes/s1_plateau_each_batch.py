import torch
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(404)
inputs = torch.randn(400, 6)
outputs = (inputs[:, :2].prod(1) + inputs[:, 2] + 0.6 * torch.randn(400)).unsqueeze(1)
train_set = TensorDataset(inputs[:320], outputs[:320])
x_val, y_val = inputs[320:], outputs[320:]

net = nn.Sequential(nn.Linear(6, 32), nn.Tanh(), nn.Linear(32, 1))
opt = optim.Adam(net.parameters(), lr=0.03)
sched = optim.lr_scheduler.ReduceLROnPlateau(opt, factor=0.2, patience=2, min_lr=1e-8)
mse = nn.MSELoss()

for epoch in range(8):
    for xb, yb in DataLoader(train_set, batch_size=16, shuffle=True):
        opt.zero_grad()
        loss = mse(net(xb), yb)
        loss.backward()
        opt.step()
        sched.step(loss.item())
    with torch.no_grad():
        val = mse(net(x_val), y_val).item()
    print(f"epoch {epoch}: validation {val:.4f}, rate {opt.param_groups[0]['lr']:.1e}")
