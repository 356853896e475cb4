import torch
import torch.nn.functional as F


class Pattern(torch.nn.Module):
    def __init__(self, hidden=8, steps=5):
        super().__init__()
        self.rnn = torch.nn.RNN(1, hidden)
        self.fc = torch.nn.Linear(hidden * steps, 3)

    def forward(self, x):
        # x: steps, batch, 1
        out, _ = self.rnn(x)
        return self.fc(out.reshape(x.shape[1], -1))


def ramps(n, steps=5):
    label = torch.randint(0, 3, (n,))
    slope = (label - 1).float()
    t = torch.linspace(-1, 1, steps)
    return (slope[None, :] * t[:, None] + 0.3 * torch.randn(steps, n)).unsqueeze(-1), label


def main():
    torch.manual_seed(5009)
    x, label = ramps(360)
    net = Pattern()
    opt = torch.optim.RMSprop(net.parameters(), lr=0.005)
    for epoch in range(6):
        losses = []
        for cols in torch.randperm(360).split(30):
            loss = F.cross_entropy(net(x[:, cols]), label[cols])
            opt.zero_grad()
            loss.backward()
            opt.step()
            losses.append(loss.item())
        print("epoch", epoch, "loss", round(sum(losses) / len(losses), 4))


main()
