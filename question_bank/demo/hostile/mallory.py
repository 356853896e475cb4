def train(model, batches, epochs, lr, step_size, gamma):
    while True:
        pass
