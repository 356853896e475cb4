import torch
from torch import nn, optim

torch.manual_seed(2003)


def toy_text(n):
    """Words of six letters; the class is the most frequent letter group."""
    letters = torch.randint(0, 12, (n, 6))
    groups = letters // 3
    counts = torch.stack([(groups == g).sum(1) for g in range(4)], 1)
    return letters, counts.argmax(1)


class WordRNN(nn.Module):
    def __init__(self, vocab, emb, hid, classes):
        super().__init__()
        self.embedding = nn.Embedding(vocab, emb)
        self.gru = nn.GRU(emb, hid, batch_first=True)
        self.linear = nn.Linear(hid, classes)
        self.activation = nn.Softmax(dim=1)

    def forward(self, words):
        _, h = self.gru(self.embedding(words))
        return self.activation(self.linear(h.squeeze(0)))


words, classes = toy_text(320)
rnn = WordRNN(12, 8, 24, 4)
opt = optim.AdamW(rnn.parameters(), lr=0.01)
step, epoch_loss = 0, 0.0
while step < 100:
    k = (step * 32) % 320
    scores = rnn(words[k:k + 32])
    loss = nn.functional.cross_entropy(scores, classes[k:k + 32])
    opt.zero_grad()
    loss.backward()
    opt.step()
    epoch_loss += loss.item()
    step += 1
    if step % 10 == 0:
        print("after", step, "steps: mean loss", round(epoch_loss / 10, 4))
        epoch_loss = 0.0
