import torch

torch.manual_seed(1)
x = torch.randn(120, 2)
labels = (x[:, 0] + x[:, 1] > 0).float().view(-1, 1)
model = torch.nn.Sequential(torch.nn.Linear(2, 6), torch.nn.Tanh(), torch.nn.Linear(6, 1), torch.nn.Sigmoid())
criterion = torch.nn.BCELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.9)
losses = []
for epoch in range(250):
    optimizer.zero_grad()
    outputs = model(x)
    loss = criterion(outputs, labels)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    if epoch % 50 == 0:
        print(f"Epoch {epoch}, Loss: {loss.item():.4f}")
print("Final loss:", round(losses[-1], 4))
model.eval()
new = torch.randn(100, 2)
with torch.no_grad():
    guess = (model(new) > 0.5).float()
truth = (new.sum(1, keepdim=True) > 0).float()
print("Accuracy on new points:", (guess == truth).float().mean().item())
