import torch


class LinearModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.w = torch.nn.Parameter(torch.zeros(5, 1))
        self.b = torch.nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x @ self.w + self.b


def get_batch(g):
    x = torch.randn(20, 5, generator=g)
    y = x @ torch.tensor([[1.0], [2.0], [-1.0], [0.5], [0.0]]) + 0.7
    return x, y + 0.05 * torch.randn(20, 1, generator=g)


def learn(steps):
    g = torch.Generator().manual_seed(5)
    model = LinearModel()
    opt = torch.optim.RMSprop(model.parameters(), lr=0.02)
    track = []
    for step in range(steps):
        opt.step()
        opt.zero_grad()
        x, y = get_batch(g)
        loss = torch.nn.functional.l1_loss(model(x), y)
        loss.backward()
        track.append(loss.item())
        if step % 25 == 24:
            print("after", step + 1, "batches: mean abs. error", round(sum(track[-25:]) / 25, 4))
    return model


torch.manual_seed(70)
fitted = learn(150)
print("w =", [round(v, 2) for v in fitted.w.flatten().tolist()], "b =", round(fitted.b.item(), 2))
