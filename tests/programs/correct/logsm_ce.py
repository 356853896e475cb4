import torch
import torch.nn as nn

torch.manual_seed(63)


class Classifier(nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(n_in, 32), nn.LeakyReLU(), nn.Linear(32, n_out), nn.LogSoftmax(dim=-1))

    def forward(self, x):
        return self.net(x)


labels = torch.randint(0, 5, (400,))
means = torch.randn(5, 7)
feats = means[labels] + 0.6 * torch.randn(400, 7)
clf = Classifier(7, 5)
loss_fn = nn.CrossEntropyLoss()
opt = torch.optim.Adam(clf.parameters(), lr=5e-3)
step = 0
while step < 240:
    ids = torch.randint(0, 400, (40,))
    logp = clf(feats[ids])
    loss = loss_fn(logp, labels[ids])
    opt.zero_grad()
    loss.backward()
    opt.step()
    step += 1
    if step % 40 == 0:
        hit = (logp.argmax(1) == labels[ids]).float().mean().item()
        print("step", step, "loss", round(loss.item(), 4), "batch accuracy", round(hit, 3))
