import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(81)
WORDS, CLASSES = 40, 4
sentences = torch.randint(0, WORDS, (320, 3))
topic = sentences[:, 1] % CLASSES

embedding = nn.Embedding(WORDS, 4, sparse=True)
classifier = nn.Linear(12, CLASSES)
optimizers = {
    "embedding": torch.optim.SparseAdam(embedding.parameters(), lr=0.05),
    "classifier": torch.optim.Adam(classifier.parameters(), lr=0.02),
}
loader = DataLoader(TensorDataset(sentences, topic), batch_size=32, shuffle=True)


def forward(ids):
    return classifier(embedding(ids).flatten(1))


def fit(epochs):
    for epoch in range(epochs):
        right = 0
        for ids, t in loader:
            for opt in optimizers.values():
                opt.zero_grad()
            out = forward(ids)
            loss = nn.functional.cross_entropy(out, t)
            loss.backward()
            optimizers["classifier"].step()
            right += (out.argmax(1) == t).sum().item()
        print("epoch", epoch, "loss", round(loss.item(), 3), "accuracy", round(right / 320, 3))


fit(10)
