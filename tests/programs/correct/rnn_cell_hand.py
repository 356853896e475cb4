import torch

torch.manual_seed(99)
H = 20


class Cell(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.Wx = torch.nn.Parameter(torch.randn(1, H) * 0.3)
        self.Wh = torch.nn.Parameter(torch.linalg.qr(torch.randn(H, H))[0] * 0.9)
        self.b = torch.nn.Parameter(torch.zeros(H))
        self.Wo = torch.nn.Parameter(torch.randn(H, 1) * 0.2)

    def forward(self, seq):
        h = seq.new_zeros(seq.size(0), H)
        for k in range(seq.size(1)):
            h = torch.tanh(seq[:, k:k + 1] @ self.Wx + h @ self.Wh + self.b)
        return (h @ self.Wo)[:, 0]


def amostra(n, comp=8):
    s = torch.rand(n, comp)
    return s, s.mean(1) + 0.5 * (s[:, -1] - s[:, 0])


celula = Cell()
otim = torch.optim.RMSprop(celula.parameters(), lr=2e-3)
media = None
for passo in range(1, 301):
    s, alvo = amostra(32)
    perda = (celula(s) - alvo).pow(2).mean()
    otim.zero_grad()
    perda.backward()
    torch.nn.utils.clip_grad_value_(celula.parameters(), 0.5)
    otim.step()
    media = perda.item() if media is None else 0.95 * media + 0.05 * perda.item()
    if passo % 60 == 0 or passo == 1:
        print("passo", passo, "perda media", round(media, 5))
