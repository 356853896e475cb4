"""Connect to services of the machine by sockets in files, and by names that are in no file."""

import socket

reached = []
for place in (
    "/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket", "/run/systemd/private",
    "/tmp/.X11-unix/X0", "/run/user/1000/bus", "\0/tmp/.X11-unix/X0", "\0/tmp/dbus-0", "/dev/log",
):
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(place)
    except OSError:
        continue
    reached.append(place)
result = reached
