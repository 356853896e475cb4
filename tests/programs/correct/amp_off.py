import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset, random_split

torch.manual_seed(19)
use_amp = torch.cuda.is_available()
device = "cuda" if use_amp else "cpu"

x = torch.randn(480, 10)
w = torch.randn(10, 1)
y = torch.tanh(x @ w * 0.4) + 0.05 * torch.randn(480, 1)
train_set, val_set = random_split(TensorDataset(x, y), [400, 80])
train_loader = DataLoader(train_set, batch_size=40, shuffle=True)
val_loader = DataLoader(val_set, batch_size=80)

model = nn.Sequential(nn.Linear(10, 32), nn.GELU(), nn.Dropout(0.05), nn.Linear(32, 1)).to(device)
optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
scaler = torch.amp.GradScaler(device, enabled=use_amp)
loss_fn = nn.MSELoss()

for epoch in range(20):
    model.train()
    for xb, yb in train_loader:
        xb, yb = xb.to(device), yb.to(device)
        with torch.autocast(device, enabled=use_amp, dtype=torch.float16 if use_amp else torch.bfloat16):
            loss = loss_fn(model(xb), yb)
        optimizer.zero_grad(set_to_none=True)
        scaler.scale(loss).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0) if not scaler.is_enabled() else None
        scaler.step(optimizer)
        scaler.update()
    model.eval()
    with torch.inference_mode():
        val = sum(loss_fn(model(a.to(device)), b.to(device)).item() * len(a) for a, b in val_loader) / len(val_set)
    if epoch % 4 == 0 or epoch == 19:
        print(f"[{epoch:02d}] train {loss.item():.4f} val {val:.4f}")
