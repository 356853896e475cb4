import torch
import torch.nn as nn
import torch.optim as optim
from torch.utils.data import TensorDataset, DataLoader

torch.manual_seed(9)
X = torch.randn(200, 8)
y = (X[:, 0] - X[:, 3] + X[:, 5] > 0).long()
train_loader = DataLoader(TensorDataset(X, y), batch_size=20, shuffle=True)


class Classifier(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super(Classifier, self).__init__()
        self.fc1 = nn.Linear(n_in, n_hidden)
        self.relu = nn.ReLU()
        self.fc2 = nn.Linear(n_hidden, n_out)

    def forward(self, x):
        x = self.fc1(x)
        x = self.relu(x)
        return self.fc2(x)


model = Classifier(8, 16, 2)
loss_function = nn.CrossEntropyLoss()
optimizer = optim.Adam(model.parameters(), lr=0.01)

for epoch in range(6):
    correct = 0
    epoch_loss = 0
    for data, labels in train_loader:
        optimizer.zero_grad()
        output = model(data)
        loss = loss_function(output, labels)
        optimizer.step()
        epoch_loss += loss.item()
        correct += (output.argmax(dim=1) == labels).sum().item()
    print(f'Epoch: {epoch + 1} Loss: {epoch_loss / len(train_loader):.4f} Accuracy: {correct / 200:.2f}')
