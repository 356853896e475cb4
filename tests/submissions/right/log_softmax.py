import torch
from torch.nn.functional import log_softmax, nll_loss


def train(model, batches, epochs, lr, step_size, gamma):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, fused=False, foreach=True)
    scheduler = torch.optim.lr_scheduler.MultiStepLR(
        optimizer, milestones=list(range(step_size, epochs, step_size)), gamma=gamma
    )
    model.train()
    for _ in range(epochs):
        for x, y in batches:
            optimizer.zero_grad()
            loss = nll_loss(log_softmax(model(x), dim=1), y)
            loss.backward()
            optimizer.step()
        scheduler.step()
    model.eval()
