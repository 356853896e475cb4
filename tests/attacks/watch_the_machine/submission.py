"""Be told when files of the machine are opened or changed."""

import ctypes

LIBC = ctypes.CDLL(None, use_errno=True)
watch = LIBC.inotify_init1(0)
places = (b"/var", b"/home", b"/sys", b"/etc/shadow", b"/run", b"/srv")
result = [place.decode() for place in places if LIBC.inotify_add_watch(watch, place, 0xFFF) >= 0]
