import torch


class ScaledMLP(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.features = torch.nn.Linear(4, 20)
        self.final = torch.nn.Linear(20, 1)
        self.scale = torch.nn.Parameter(torch.ones(1))

    def forward(self, x):
        return self.scale * self.final(torch.relu(self.features(x)))


def train(model, params, x, y, steps):
    opt = torch.optim.Adam(params, lr=0.01)
    opt_scale = torch.optim.SGD([model.scale], lr=1e-3)
    for i in range(steps):
        rows = torch.randint(0, len(x), (32,))
        model.zero_grad()
        loss = torch.nn.functional.mse_loss(model(x[rows]), y[rows])
        loss.backward()
        opt.step()
        opt_scale.step()
        if i % 20 == 0:
            print(i, round(loss.item(), 4))
    return loss


torch.manual_seed(92)
x = torch.randn(256, 4)
y = (x[:, :2] ** 2).sum(1, keepdim=True)
model = ScaledMLP()
for name, p in model.named_parameters():
    # second phase of the training: only the last layer
    if name.startswith("f"):
        p.requires_grad = False
to_train = list(model.final.parameters())
train(model, to_train, x, y, 100)
with torch.no_grad():
    print("over all rows:", torch.nn.functional.mse_loss(model(x), y).item())
