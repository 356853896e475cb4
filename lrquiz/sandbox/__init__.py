"""The box in which student code runs. Its doors: `Sandbox`, and `probe_tier`.

Theory of operation
===================

Four processes stand in a row, and each trusts only those before it.

1. The *parent* (`sandbox`, `warm`, `collect`, `ending`) is the grader. It alone decides how a run
   ended. Whatever comes out of a box is bytes to it: counted, cut off at a limit, never unpickled.
2. The *zygote* (`zygote`, `visible`) is a fresh interpreter with a cleared environment that has
   imported torch and the entry. It holds no task, key or submission: requests pass through it as
   file descriptors. It is started by exec and never by fork, so nothing of the parent's memory is
   in it, and it sits in a session of its own, so that Ctrl-C does not reach it.
3. A *supervisor* (`supervisor`), forked per run, makes the namespaces, waits, kills, and reports
   CPU time and peak memory. It stays outside the box's pid namespace: nothing inside can name it.
4. The *box* (`inside`, `root`, `privileges`, `budget`, `filters`) is pid 1 of that namespace. It
   closes itself, then calls the entry. When it ends, the kernel kills all that it started; when
   the supervisor has waited for it, nothing of it is alive. That is the whole clean-up: files were
   in a tmpfs of its own mount namespace.

Ends travel down the row: the zygote watches the parent (its socket, and its pid in case another
process inherited the socket), supervisors watch the zygote through a pipe, and supervisor and box
have the kernel kill them when the process before them dies. kill -9 anywhere leaves nothing behind.

Closing the box, in this order (`inside._close`)
------------------------------------------------

- Namespaces. *pid*: no process outside can be seen, signalled or traced, and all inside die
  together. *mount*: a root of its own. *net*: no interface, not even loopback, where a grader's
  database may listen. *ipc*: no shared memory or queue outlives the run. *uts*, *cgroup*: the names
  of the machine and of the grader's place in it tell an attacker where he is. *user*: capabilities
  inside mean nothing outside, and the process limit counts this box alone.
- Root directory. A small tmpfs with read-only binds of an allow-list: the standard library, shared
  libraries, torch and what it needs. Not lrquiz (its checks would tell what is looked at), not the
  question bank (references), no home, no /etc but the linker's cache and one made-up account.
  /box, /tmp and /dev/shm are one tmpfs of limited size, nosuid, nodev and noexec: what a run
  leaves there ends with it. Devices: null, zero, full, random, urandom, since the others reach
  hardware or terminals. /proc shows this namespace's processes only (`subset=pid`), for the
  machine's own files there tell about it and some of them can be written; read-only, for a process
  may else ask the kernel to kill others sooner when memory runs out.
- Who. Root becomes an unused high user and only then makes the user namespace; an ordinary user
  maps itself. Capabilities are emptied in every set, the bounding set too, and no_new_privs is set:
  setuid files and file capabilities give nothing back.
- How much (`budget`): address space beyond what the warm interpreter maps, CPU seconds, processes
  and threads, open files, file size; no core files, queues, locked memory or real-time priority.
  The parent keeps the wall clock and counts output. All limits are hard, so that none can be
  raised. Where a cgroup can be written (`cgroup`), what all processes of a box touch together is
  limited as well.
- Descriptors. All but stdin (/dev/null), two output pipes and the reply pipe are closed: a stray
  one could be a door to the old root or to another box.
- System calls (`denials`): a deny-list, each entry with its reason, of what the above leaves open.

The tier `reduced`
------------------

Where no namespace may be made (a container with its default filter, AppArmor rules of a system),
`reduced` closes the box by other means, in the order of `inside._in_place`:

- Who. Root becomes a high user that nobody else has, keeping one capability, to read past the modes
  of files, only where Python lies in a folder that is root's alone. An ordinary user stays himself.
- Files (`landlock`): the same allow-list, and one scratch folder in the place of /box and /tmp. It
  is removed after the run, by names in folders held open, since root follows no link of a student's
  (`scratch`). /dev/shm is out of reach, so processes share no memory and no locks. Of /proc, a few
  files about the box itself: not `net` or `mountinfo`, which are the machine's.
- System calls (`denials_reduced`): no sockets at all; where the box is the grader's own user, also
  nothing that changes files by their paths, or reaches other processes.
- Signals: other users' processes are out of reach; of the same user's, Landlock keeps them apart
  (Linux 6.12), or else the filter.
- End. The supervisor adopts what loses its parent (`PR_SET_CHILD_SUBREAPER`) and kills until there
  is nothing left: as root all processes of the box's user in one call, else each in turn, once it
  can no longer fork. Where that fails for seconds the run is an internal error, for staff to look
  at. It watches the zygote by the pipe alone, for it has to outlive it by a moment.

`tier.NOT_CONTAINED` lists what such a box can do and one of the tier `full` cannot.

What a box can still do
-----------------------

Take back what it printed: an ordinary user's box can open its pipes for reading, so the parent
never waits in a read. Lie: its reply, its exit code and its tracebacks are the student's. They are
data, and the judge recomputes what carries points. See: the paths of the interpreter and of the
temporary folder, the hostname "box", the kernel's version, the time. Use up: processes times memory
where no cgroup can be written, since each process has the whole memory limit. Measure: forks of one
zygote share its memory layout, so one run may learn where libraries lie in the next.
"""

from lrquiz.sandbox.sandbox import Sandbox
from lrquiz.sandbox.tier import NOT_CONTAINED, Tier, probe_tier

__all__ = ["NOT_CONTAINED", "Sandbox", "Tier", "probe_tier"]
