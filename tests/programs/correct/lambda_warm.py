import torch
import torch.nn as nn

torch.manual_seed(9)
VOCAB, LEN, WARM, STEPS = 12, 6, 25, 320


class Reverser(nn.Module):
    def __init__(self, d=32):
        super().__init__()
        self.tok = nn.Embedding(VOCAB, d)
        self.pos = nn.Parameter(0.5 * torch.randn(LEN, d))
        self.enc = nn.TransformerEncoderLayer(d, 4, 48, dropout=0.0, batch_first=True, norm_first=True)
        self.out = nn.Linear(d, VOCAB)

    def forward(self, s):
        return self.out(self.enc(self.tok(s) + self.pos))


def noam(step):
    step = step + 1
    return min(step / WARM, (WARM / step) ** 0.5)


model = Reverser()
opt = torch.optim.AdamW(model.parameters(), lr=5e-3, betas=(0.9, 0.98))
sched = torch.optim.lr_scheduler.LambdaLR(opt, lr_lambda=noam)
ce = nn.CrossEntropyLoss()
for step in range(1, STEPS + 1):
    seq = torch.randint(0, VOCAB, (32, LEN))
    want = seq.flip(1)
    logits = model(seq)
    loss = ce(logits.reshape(-1, VOCAB), want.reshape(-1))
    opt.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    opt.step()
    sched.step()
    if step % 80 == 0 or step == 1:
        acc = (logits.argmax(-1) == want).float().mean().item()
        print(f"step {step} lr {sched.get_last_lr()[0]:.5f} loss {loss.item():.4f} token acc {acc:.3f}")
