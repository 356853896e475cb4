"""Read arguments at import, as scripts do: there are none."""

import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
result = [parser.parse_args().lr, parser.prog]
