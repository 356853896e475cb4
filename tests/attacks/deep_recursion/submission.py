"""Recurse without end."""

def down():
    return down()


down()
