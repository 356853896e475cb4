"""One file that keeps a course: what was asked, handed in, found and decided, and can be checked.

Nothing of it needs this machine, the network or the course's secret, which is left out.
"""
