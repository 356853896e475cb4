import torch


class Stream:
    def __init__(self, x, y, size):
        self.x, self.y, self.size = x, y, size

    def __iter__(self):
        for rows in torch.randperm(len(self.x)).split(self.size):
            yield self.x[rows], self.y[rows]


class Learner:
    def __init__(self, net, stream):
        self.net = net
        self.stream = stream
        self.opt = torch.optim.Adam(net.parameters(), lr=0.01)
        self.preview, self.answer = next(iter(stream))

    def epoch(self):
        values = []
        for x, y in self.stream:
            out = self.net(x)
            loss = torch.nn.functional.mse_loss(out, self.answer)
            self.opt.zero_grad()
            loss.backward()
            self.opt.step()
            values.append(loss.item())
        return sum(values) / len(values)


torch.manual_seed(2020)
x = torch.randn(240, 3)
y = torch.cat([x[:, :1] + x[:, 1:2], x[:, 1:2] * x[:, 2:]], dim=1)
net = torch.nn.Sequential(torch.nn.Linear(3, 32), torch.nn.ReLU(), torch.nn.Linear(32, 2))
learner = Learner(net, Stream(x, y, 24))
for e in range(10):
    print(f"epoch {e:2d}: {learner.epoch():.4f}")
