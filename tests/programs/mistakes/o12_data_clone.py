import torch

torch.manual_seed(88)
n = 200
features = torch.randn(n, 4)
labels = (features @ torch.tensor([1.0, 1.0, -1.0, 0.5]) > 0).float()

w = torch.zeros(4, requires_grad=True)
b = torch.zeros(1, requires_grad=True)


def predict(f):
    return f @ w + b


def update(params, rate):
    for p in params:
        values = p.data.clone()
        values.sub_(rate * p.grad)
        p.grad.zero_()


for epoch in range(6):
    loss_sum = 0.0
    for k in range(0, n, 20):
        logit = predict(features[k:k + 20])
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logit, labels[k:k + 20])
        loss.backward()
        update([w, b], rate=0.5)
        loss_sum += loss.item()
    with torch.no_grad():
        acc = ((predict(features) > 0).float() == labels).float().mean().item()
    print(f"epoch {epoch}: {loss_sum / 10:.4f} acc {acc:.3f}")
