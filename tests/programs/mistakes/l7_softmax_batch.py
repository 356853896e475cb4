import torch


def probabilities(scores, axis=0):
    e = torch.softmax(scores, axis)
    return e.clamp_min(1e-9)


def sample(n):
    kind = torch.randint(0, 3, (n,))
    t = torch.linspace(0, 6.28, 12)
    freq = torch.tensor([1.0, 2.0, 3.0])[kind]
    return torch.sin(freq[:, None] * t + torch.rand(n, 1)) + 0.2 * torch.randn(n, 12), kind


def main():
    torch.manual_seed(2016)
    signals, kinds = sample(300)
    clf = torch.nn.Sequential(torch.nn.Linear(12, 20), torch.nn.Tanh(), torch.nn.Linear(20, 3))
    opt = torch.optim.SGD(clf.parameters(), lr=0.3, momentum=0.5)
    for epoch in range(8):
        mean = 0.0
        for idx in torch.randperm(300).view(10, 30):
            opt.zero_grad()
            p = probabilities(clf(signals[idx]))
            loss = torch.nn.functional.nll_loss(p.log(), kinds[idx])
            loss.backward()
            opt.step()
            mean += loss.item() / 10
        print(f"epoch {epoch}: {mean:.4f}")


main()
