import torch


def stream(seed, size):
    g = torch.Generator().manual_seed(seed)
    while True:
        x = torch.rand(size, 1, generator=g) * 2 - 1
        yield x, torch.cos(4 * x) + 0.05 * torch.randn(size, 1, generator=g)


torch.manual_seed(2)
WINDOW = 16
curve = torch.nn.Sequential(
    torch.nn.Linear(1, 32), torch.nn.Tanh(), torch.nn.Linear(32, 32), torch.nn.Tanh(), torch.nn.Linear(32, 1)
)
sgd = torch.optim.SGD(curve.parameters(), lr=0.1, momentum=0.8)
source = stream(7, 10)
seen = updates = 0
window_loss = 0.0
while updates < 70:
    x, y = next(source)
    loss = ((curve(x) - y) ** 2).mean()
    loss.backward()
    window_loss += loss.item() / WINDOW
    seen += 1
    if seen % WINDOW == 0:
        sgd.step()
        sgd.zero_grad()
        updates += 1
        if updates % 10 == 0:
            print(f"update {updates}: {window_loss:.4f}")
        window_loss = 0.0
