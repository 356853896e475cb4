import torch
import torch.nn.functional as F


class MLP(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.Linear(4, 32)
        self.b = torch.nn.Linear(32, 32)
        self.c = torch.nn.Linear(32, 3)

    def forward(self, x):
        return self.c(F.relu(self.b(F.relu(self.a(x)))))


torch.manual_seed(2023)
x = torch.randn(400, 4)
y = torch.bucketize(x[:, 0] * x[:, 1] + x[:, 2], torch.tensor([-0.5, 0.5]))
model = MLP()
sgd = torch.optim.SGD(model.parameters(), lr=0.2, momentum=0.5)
for epoch in range(10):
    per_sample = 0.0
    for rows in torch.randperm(400).split(50):
        loss = F.cross_entropy(model(x[rows]), y[rows], reduction="sum")
        sgd.zero_grad()
        loss.backward()
        sgd.step()
        per_sample += loss.item() / 400
    print(f"epoch {epoch}: loss per sample {per_sample:.4f}")
