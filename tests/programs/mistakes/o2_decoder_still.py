import torch
import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self, d, z):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(d, 24), nn.ReLU(), nn.Linear(24, z))

    def forward(self, x):
        return self.layers(x)


class Decoder(nn.Module):
    def __init__(self, z, d):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(z, 24), nn.ReLU(), nn.Linear(24, d))

    def forward(self, z):
        return self.layers(z)


torch.manual_seed(71)
latent = torch.randn(400, 2)
data = torch.cat([latent, latent ** 2, latent.prod(1, keepdim=True), latent.sum(1, keepdim=True)], dim=1)

encoder, decoder = Encoder(6, 3), Decoder(3, 6)
enc_opt = torch.optim.Adam(encoder.parameters(), lr=4e-3)
dec_opt = torch.optim.Adam(decoder.parameters(), lr=4e-3)
mse = nn.MSELoss()

for epoch in range(8):
    total = 0.0
    for batch in data[torch.randperm(400)].split(40):
        enc_opt.zero_grad()
        dec_opt.zero_grad()
        loss = mse(decoder(encoder(batch)), batch)
        loss.backward()
        enc_opt.step()
        total += loss.item()
    print(f"epoch {epoch}: reconstruction {total / 10:.4f}")
