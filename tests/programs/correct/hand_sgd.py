import torch

torch.manual_seed(13)
D, H = 4, 16
X = torch.randn(256, D)
T = torch.sigmoid(2 * X[:, :1] - X[:, 1:2] * X[:, 2:3])

W1 = (torch.randn(D, H) / D ** 0.5).requires_grad_()
b1 = torch.zeros(H, requires_grad=True)
W2 = (torch.randn(H, 1) / H ** 0.5).requires_grad_()
b2 = torch.zeros(1, requires_grad=True)
params = [W1, b1, W2, b2]
lr = 1.2


def forward(x):
    return torch.sigmoid(torch.tanh(x @ W1 + b1) @ W2 + b2)


for epoch in range(80):
    order = torch.randperm(256)
    for s in range(0, 256, 32):
        r = order[s:s + 32]
        loss = ((forward(X[r]) - T[r]) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
                p.grad.zero_()
    if epoch % 16 == 0 or epoch == 79:
        with torch.no_grad():
            full = ((forward(X) - T) ** 2).mean()
        print(f"epoch {epoch:2d}  mse {full:.5f}")
