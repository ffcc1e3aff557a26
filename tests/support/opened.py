# tests/support/opened.py FOLDER COMMAND... - runs COMMAND, prints every file and folder right below
# FOLDER, and FOLDER itself, that anybody opened meanwhile, and exits as COMMAND did.
import ctypes
import os
import struct
import subprocess
import sys

IN_OPEN = 0x20
EVENT = struct.Struct("iIII")

folder, command = sys.argv[1], sys.argv[2:]
libc = ctypes.CDLL(None, use_errno=True)
watch = libc.inotify_init1(os.O_NONBLOCK)
if libc.inotify_add_watch(watch, os.fsencode(folder), IN_OPEN) < 0:
    sys.exit(os.strerror(ctypes.get_errno()))
status = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
try:
    events = os.read(watch, 1 << 16)
except BlockingIOError:
    events = b""
opened = set()
while events:
    _, _, _, size = EVENT.unpack_from(events)
    name = events[EVENT.size : EVENT.size + size].rstrip(b"\0")
    opened.add(os.fsdecode(name) or ".")
    events = events[EVENT.size + size :]
for name in sorted(opened):
    print(name)
sys.exit(status)
