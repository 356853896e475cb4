import torch
import torch.nn as nn


def erzeuge(n):
    bild = torch.randn(n, 1, 8, 8) * 0.6
    art = torch.randint(0, 2, (n,))
    for i in range(n):
        k = int(torch.randint(0, 5, (1,)))
        if art[i]:
            bild[i, 0, k:k + 3, k:k + 3] += 1.2
        else:
            bild[i, 0, range(8), range(8)] += 1.2
    return bild, art


def lerne(netz, daten, epochen=10):
    bilder, arten = daten
    opt = torch.optim.SGD(netz.parameters(), lr=0.1, momentum=0.8)
    plan = torch.optim.lr_scheduler.MultiStepLR(opt, milestones=[4, 6, 8, 9], gamma=0.1)
    for epoche in range(epochen):
        verluste = []
        for teil in torch.randperm(len(bilder)).split(20):
            opt.zero_grad()
            verlust = nn.functional.cross_entropy(netz(bilder[teil]), arten[teil])
            verlust.backward()
            opt.step()
            plan.step()
            verluste.append(verlust.item())
        print("Epoche", epoche, "Verlust %.4f" % (sum(verluste) / len(verluste)), "Rate", plan.get_last_lr())


torch.manual_seed(303)
netz = nn.Sequential(nn.Conv2d(1, 6, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(54, 2))
lerne(netz, erzeuge(240))
