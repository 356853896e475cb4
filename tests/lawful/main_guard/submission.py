"""Keep the training of one's own behind the usual guard."""

result = "imported"
if __name__ == "__main__":
    result = "started"
