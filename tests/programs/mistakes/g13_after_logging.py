import torch
import torch.nn.functional as F

torch.manual_seed(60)
emb = torch.nn.Embedding(20, 6)
out = torch.nn.Linear(6, 20)
params = list(emb.parameters()) + list(out.parameters())
opt = torch.optim.SGD(params, lr=0.5, momentum=0.5)

# next token is token + 3 (mod 20), now and then something else
now = torch.randint(0, 20, (600,))
nxt = (now + 3) % 20
odd = torch.rand(600) < 0.1
nxt[odd] = torch.randint(0, 20, (int(odd.sum()),))

norms = []
for epoch in range(10):
    perm = torch.randperm(600)
    for k in range(0, 600, 50):
        pick = perm[k:k + 50]
        opt.zero_grad()
        logits = out(emb(now[pick]))
        loss = F.cross_entropy(logits, nxt[pick])
        loss.backward()
        opt.step()
        total_norm = torch.stack([p.grad.norm() for p in params]).norm()
        norms.append(total_norm.item())
        opt.step()
    ppl = loss.exp().item()
    print(f"epoch {epoch} perplexity {ppl:.2f} grad {sum(norms[-12:]) / 12:.3f}")
