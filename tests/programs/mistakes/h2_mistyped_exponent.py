import torch

torch.manual_seed(1007)
T = 6
seqs = torch.randn(300, T, 2)
goal = (seqs[:, :, 0] * torch.linspace(0, 1, T)).sum(1, keepdim=True) * 2


class Reader(torch.nn.Module):
    def __init__(self, h=12):
        super().__init__()
        self.cell = torch.nn.GRUCell(2, h)
        self.h = h
        self.dense = torch.nn.Linear(h, 1)

    def forward(self, s):
        state = s.new_zeros(len(s), self.h)
        for k in range(s.shape[1]):
            state = self.cell(s[:, k], state)
        return self.dense(state)


reader = Reader()
opt = torch.optim.SGD(
    reader.parameters(),
    lr=5e-7,
    momentum=0.5,
)
for epoch in range(12):
    err = 0.0
    for i in torch.randperm(300).view(20, 15):
        opt.zero_grad()
        loss = torch.nn.functional.mse_loss(reader(seqs[i]), goal[i])
        loss.backward()
        opt.step()
        err += loss.item() / 20
    print(f"epoch {epoch} error {err:.6f}")
