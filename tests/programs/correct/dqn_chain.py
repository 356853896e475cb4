import copy
import random
from collections import deque
import torch
import torch.nn as nn

torch.manual_seed(0)
random.seed(0)
N, GAMMA = 6, 0.9


class Corridor:
    """Walk right to the end for a reward of one."""

    def reset(self):
        self.s = 0
        self.t = 0
        return self.s

    def step(self, a):
        self.t += 1
        self.s = min(N - 1, self.s + 1) if a == 1 else max(0, self.s - 1)
        done = self.s == N - 1
        return self.s, float(done), done, self.t >= 30


online = nn.Sequential(nn.Linear(N, 24), nn.ReLU(), nn.Linear(24, 2))
target = copy.deepcopy(online)
opt = torch.optim.Adam(online.parameters(), lr=5e-3)
memory = deque(maxlen=500)
eye = torch.eye(N)
env, updates, losses = Corridor(), 0, []

for episode in range(30):
    s, stop = env.reset(), False
    eps = max(0.1, 1 - episode / 15)
    while not stop:
        if random.random() < eps:
            a = random.randrange(2)
        else:
            with torch.no_grad():
                a = int(online(eye[s]).argmax())
        s2, r, done, cut = env.step(a)
        memory.append((s, a, r, s2, done))
        s, stop = s2, done or cut
        if len(memory) >= 32:
            S, A, R, S2, Dn = zip(*random.sample(memory, 32))
            q = online(eye[list(S)]).gather(1, torch.tensor(A)[:, None]).squeeze(1)
            with torch.no_grad():
                best = target(eye[list(S2)]).max(1).values
                goal = torch.tensor(R) + GAMMA * best * (1 - torch.tensor(Dn, dtype=torch.float))
            loss = nn.functional.smooth_l1_loss(q, goal)
            opt.zero_grad()
            loss.backward()
            opt.step()
            losses.append(loss.item())
            updates += 1
            if updates % 25 == 0:
                target.load_state_dict(online.state_dict())
    if episode % 6 == 5:
        print("episode", episode + 1, "length", env.t, "loss", round(sum(losses[-50:]) / len(losses[-50:]), 5))
with torch.no_grad():
    print("values", [round(v, 3) for v in online(eye).max(1).values.tolist()[:-1]])
