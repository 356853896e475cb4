import argparse

import torch
import torch.nn.functional as F
from torch import nn


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--amp", action="store_true")
    parser.add_argument("--lr", type=float, default=3e-3)
    args, _ = parser.parse_known_args([])
    return args


def build(n_classes):
    return nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 36, n_classes))


def dataset(n):
    label = torch.randint(0, 3, (n,))
    img = 0.3 * torch.randn(n, 1, 8, 8)
    img[label == 0, :, :4, :4] += 1
    img[label == 1, :, 4:, 4:] += 1
    img[label == 2, :, 2:6, 2:6] += 1
    return img, label


def train(args):
    img, label = dataset(256)
    net = build(3)
    opt = torch.optim.AdamW(net.parameters(), lr=args.lr)
    scaler = torch.amp.GradScaler("cpu") if args.amp else None
    for epoch in range(args.epochs):
        mean = 0.0
        for idx in torch.randperm(256).split(args.batch):
            loss = F.cross_entropy(net(img[idx]), label[idx])
            opt.zero_grad(set_to_none=True)
            if scaler is not None:
                scaler.scale(loss).backward()
                scaler.step(opt)
                scaler.update()
            else:
                opt.step()
            mean += loss.item() * args.batch / 256
        print("epoch", epoch, "cross entropy", round(mean, 4))


if __name__ == "__main__":
    torch.manual_seed(40)
    train(get_args())
