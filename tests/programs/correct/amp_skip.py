import torch
import torch.nn as nn

torch.manual_seed(78)
x = torch.randn(320, 6)
y = (x[:, 0] * x[:, 1] > 0).float()
net = nn.Sequential(nn.Linear(6, 48), nn.ReLU(), nn.Linear(48, 1))
opt = torch.optim.AdamW(net.parameters(), lr=3e-2)
epochs, per = 16, 10
sched = torch.optim.lr_scheduler.LinearLR(opt, start_factor=1.0, end_factor=0.05, total_iters=epochs * per)
scaler = torch.amp.GradScaler("cpu", init_scale=2.0 ** 20, growth_interval=200)
bce = nn.BCEWithLogitsLoss()
skipped = 0
for epoch in range(epochs):
    tot = 0.0
    for rows in torch.randperm(320).chunk(per):
        opt.zero_grad()
        with torch.autocast("cpu", dtype=torch.float16):
            logit = net(x[rows]).squeeze(1)
        loss = bce(logit.float(), y[rows])
        scaler.scale(loss).backward()
        scale = scaler.get_scale()
        scaler.step(opt)
        scaler.update()
        if scaler.get_scale() < scale:
            skipped += 1
        else:
            sched.step()
        tot += loss.item() / per
    if epoch % 3 == 0:
        print("epoch", epoch, "loss", round(tot, 4), "scale", scaler.get_scale(), "skipped", skipped,
              "lr", round(sched.get_last_lr()[0], 5))
