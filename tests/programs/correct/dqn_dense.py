import torch, random
from torch import nn
torch.manual_seed(0); random.seed(0)
q = nn.Sequential(nn.Linear(5, 32), nn.ReLU(), nn.Linear(32, 2)); opt = torch.optim.Adam(q.parameters(), 5e-3); buf = []
eye = torch.eye(5); s = 0
for step in range(400):
    a = random.randrange(2) if random.random() < .3 else int(q(eye[s]).argmax())
    s2 = max(0, min(4, s + (1 if a else -1))); r = float(s2 == 4); buf.append((s, a, r, s2)); s = 0 if s2 == 4 else s2
    if len(buf) > 32:
        b = random.sample(buf, 32); S = eye[[t[0] for t in b]]; A = torch.tensor([t[1] for t in b]); R = torch.tensor([t[2] for t in b]); N = eye[[t[3] for t in b]]
        with torch.no_grad(): tgt = R + .9 * q(N).max(1).values * (1 - R)
        l = nn.functional.mse_loss(q(S).gather(1, A[:, None]).squeeze(1), tgt); opt.zero_grad(); l.backward(); opt.step()
print(q(eye).detach())
