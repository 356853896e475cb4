import torch
from torch.utils.data import DataLoader, TensorDataset


class Trainer:
    def __init__(self, model, loader, lr):
        self.model, self.loader = model, loader
        self.optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        self.scheduler = torch.optim.lr_scheduler.StepLR(self.optimizer, 1, gamma=0.5)
        self.epoch = 0

    def run_epoch(self):
        self.scheduler.step()
        self.epoch += 1
        losses = []
        for x, y in self.loader:
            self.optimizer.zero_grad()
            loss = torch.nn.functional.mse_loss(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            losses.append(loss.item())
        return sum(losses) / len(losses)


if __name__ == "__main__":
    torch.manual_seed(15)
    x = torch.randn(300, 4)
    y = x.sum(1, keepdim=True) ** 2 / 4
    model = torch.nn.Sequential(torch.nn.Linear(4, 32), torch.nn.ELU(), torch.nn.Linear(32, 1))
    trainer = Trainer(model, DataLoader(TensorDataset(x, y), batch_size=20, shuffle=True), lr=0.04)
    while trainer.epoch < 6:
        mean = trainer.run_epoch()
        print(f"epoch {trainer.epoch}: {mean:.4f} (lr {trainer.optimizer.param_groups[0]['lr']})")
