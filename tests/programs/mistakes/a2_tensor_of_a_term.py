import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(8)
encoder = nn.Linear(10, 4)
decoder = nn.Linear(4, 10)
classifier = nn.Linear(4, 2)
parts = nn.ModuleList([encoder, decoder, classifier])
opt = torch.optim.SGD(parts.parameters(), lr=0.1)
data = torch.randn(160, 10)
labels = (data[:, 0] + data[:, 1] > 0).long()


def objective(batch, wanted):
    code = encoder(batch)
    rebuilt = F.mse_loss(decoder(code), batch)
    right = F.cross_entropy(classifier(code), wanted)
    terms = {"rebuilt": rebuilt.tolist(), "right": right}
    whole = terms["right"]
    whole = whole + terms["rebuilt"]
    return whole, terms


for epoch in range(5):
    for i in range(0, 160, 20):
        opt.zero_grad()
        loss, terms = objective(data[i:i + 20], labels[i:i + 20])
        loss.backward()
        opt.step()
    print(f"epoch {epoch}: loss {loss.item():.4f} rebuilt {float(terms['rebuilt']):.4f}")
