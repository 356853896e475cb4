import torch

torch.manual_seed(2008)
rhythm = torch.tensor([0, 2, 1, 3, 2, 4, 0, 1] * 60)
inputs, targets = rhythm[:-1], rhythm[1:]


class Bigram(torch.nn.Module):
    def __init__(self, n=5):
        super().__init__()
        self.table = torch.nn.Embedding(n, 12)
        self.proj = torch.nn.Linear(12, n)

    def forward(self, i):
        z = self.proj(self.table(i))
        return z


def batches(size=48):
    for pick in torch.randperm(len(inputs))[:480 - 48].split(size):
        yield inputs[pick], targets[pick]


model = Bigram()
criterion = torch.nn.NLLLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(8):
    history = []
    for i, t in batches():
        loss = criterion(model(i), t)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    print(f"{epoch}: {sum(history) / len(history):.4f}")
