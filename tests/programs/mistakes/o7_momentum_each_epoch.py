import torch


def train_epoch(net, x, y):
    opt = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.95)
    loss_sum = 0.0
    for a in range(0, len(x), 50):
        opt.zero_grad()
        loss = torch.nn.functional.smooth_l1_loss(net(x[a:a + 50]), y[a:a + 50])
        loss.backward()
        opt.step()
        loss_sum += loss.item() * 50
    return loss_sum / len(x)


def main():
    global opt
    torch.manual_seed(43)
    x = torch.randn(150, 10)
    y = x[:, :5].sum(1, keepdim=True) - x[:, 5:].sum(1, keepdim=True)
    net = torch.nn.Sequential(
        torch.nn.Linear(10, 20),
        torch.nn.LeakyReLU(),
        torch.nn.Linear(20, 1),
    )
    for epoch in range(30):
        value = train_epoch(net, x, y)
        if epoch % 5 == 4:
            print(f"epoch {epoch + 1}: {value:.5f}")


main()
