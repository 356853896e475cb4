import torch
from torch.utils.data import DataLoader, TensorDataset


def train(model, batches, epochs, lr, step_size, gamma):
    x = torch.cat([inputs for inputs, _ in batches])
    y = torch.cat([targets for _, targets in batches])
    loader = DataLoader(TensorDataset(x, y), batch_size=len(batches[0][0]), shuffle=False)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=gamma)
    for epoch in range(1, epochs + 1):
        for inputs, targets in loader:
            optimizer.zero_grad()
            torch.nn.CrossEntropyLoss()(model(inputs), targets).backward()
            optimizer.step()
        if epoch % step_size == 0:
            scheduler.step()
    return model
