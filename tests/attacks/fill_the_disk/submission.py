"""Write until the disk is full."""

with open("/tmp/big", "wb") as file:
    file.write(bytes(1 << 20))
for number in range(100):
    with open(f"/box/{number}", "wb") as file:
        file.write(bytes(1 << 20))
