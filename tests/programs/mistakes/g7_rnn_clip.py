import torch
import torch.nn as nn

torch.manual_seed(77)
HIDDEN, SEQ = 16, 15


class Adder(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(2, HIDDEN, nonlinearity="relu", batch_first=True)
        self.readout = nn.Linear(HIDDEN, 1)

    def forward(self, x):
        h, _ = self.rnn(x)
        return self.readout(h[:, -1]).squeeze(-1)


def adding_problem(n):
    values = torch.rand(n, SEQ)
    marks = torch.zeros(n, SEQ)
    first = torch.randint(0, SEQ // 2, (n,))
    second = torch.randint(SEQ // 2, SEQ, (n,))
    marks[torch.arange(n), first] = 1
    marks[torch.arange(n), second] = 1
    return torch.stack([values, marks], -1), 10 * (values * marks).sum(1)


class Fit:
    def __init__(self, steps):
        self.net = Adder()
        self.opt = torch.optim.SGD(self.net.parameters(), lr=0.02, momentum=0.9)
        self.steps = steps

    def go(self):
        crit = nn.MSELoss()
        for k in range(self.steps):
            seq, total = adding_problem(32)
            loss = crit(self.net(seq), total)
            loss.backward()
            self.opt.step()
            # keep the recurrent gradients in bounds
            nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
            self.opt.zero_grad()
            if k % 20 == 0:
                print(f"{k:>4} {loss.item():9.4f}")


Fit(121).go()
