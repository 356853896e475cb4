"""Draw a loss curve and save it."""

import os

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

figure, axes = plt.subplots()
axes.plot([2.3, 1.1, 0.6], label="loss")
axes.set_title("Training")
axes.legend()
figure.savefig("loss.png")
figure.savefig("loss.svg")
plt.close(figure)
result = [os.path.getsize("loss.png") > 1000, os.path.getsize("loss.svg") > 1000]
