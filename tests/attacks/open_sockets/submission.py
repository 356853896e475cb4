"""Reach the network, the machine's services, or the kernel through any socket family."""

import socket

opened = []
for family in range(2, 46):  # AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_ALG, AF_VSOCK, ...
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            socket.socket(family, kind).close()
        except PermissionError:
            continue
        except OSError:
            pass
        opened.append(family)
result = opened
