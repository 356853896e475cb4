"""Save a checkpoint in the working folder, load it, and go on."""

import os

import torch

model = torch.nn.Linear(3, 2)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
model(torch.ones(1, 3)).sum().backward()
optimizer.step()
os.makedirs("checkpoints")
torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, "checkpoints/1.pt")
found = torch.load("checkpoints/1.pt", weights_only=True)
other = torch.nn.Linear(3, 2)
other.load_state_dict(found["model"])
torch.save(other, "checkpoints/whole.pt")
whole = torch.load("checkpoints/whole.pt", weights_only=False)
os.replace("checkpoints/1.pt", "checkpoints/best.pt")
result = [torch.equal(whole.weight, model.weight), sorted(os.listdir("checkpoints"))]
