"""Leave what is hard to remove: closed folders, links out of the box, pipes, odd names."""

import os

home = os.getcwd()
os.symlink("/", "root")
os.symlink("..", "up")
os.symlink("loop", "loop")
os.mkfifo("pipe")
open("file", "w").close()
os.link("file", "again")
os.makedirs("a/b/c")
os.symlink("/etc", "a/b/etc")
os.symlink("../..", "a/b/c/up")
for name in ("-rf", "*", " ", "\n", "\u202e", "x" * 255):
    os.makedirs(f"a/b/{name}")
with open(os.open(b"a/\xff\xfe", os.O_CREAT | os.O_WRONLY), "w") as file:
    file.write("x")
os.umask(0o777)
os.mkdir("closed")
os.mkdir("a/closed")
try:
    for name in ("a/b/c", "a/b", "a", "file", "."):
        os.chmod(name, 0)
except OSError:
    pass
result = "left"
