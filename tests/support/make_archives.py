# tests/support/make_archives.py FOLDER: archives of plugins, good ones and hostile ones.
import gzip
import io
import json
import struct
import sys
import tarfile
import zipfile
import zlib
from pathlib import Path

folder = Path(sys.argv[1])
MEGABYTE = 1 << 20


def manifest(name="hello", version="1.0.0"):
    return json.dumps({
        "manifest": 1, "name": name, "version": version, "summary": "Says hello", "license": "MIT",
        "api": 1, "provides": [{"kind": "report", "name": "hello"}]}).encode()


REPORT = b"return { title = 'Hello', build = function(doc) doc:heading 'Hello' end }\n"
GOOD = {"plugin.json": manifest(), "reports/hello.lua": REPORT}


def under(prefix, files=None):
    return [(prefix + name, content) for name, content in (files or GOOD).items()]


def entry(name, content=b"", **fields):
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for key, value in fields.items():
        setattr(info, key, value)
    return info, content


# make_tar("x.tar.gz", "gz", entries): each is (name, content), or what entry() gives.
def make_tar(name, mode, entries, **options):
    with tarfile.open(folder / name, "w:" + mode, **options) as tar:
        for item in entries:
            info, content = item if isinstance(item[0], tarfile.TarInfo) else entry(*item)
            tar.addfile(info, io.BytesIO(content))


def make_zip(name, entries):
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)


def bad(name, *more, **options):
    make_tar(name, "", under("hello/") + list(more), **options)


def good_ones():
    make_tar("good.tar", "", under("hello/"))
    make_tar("good.tar.gz", "gz", under(""))
    make_tar("good.tar.xz", "xz", under("hello-main/"))
    make_tar("good.tar.bz2", "bz2", under(""))
    make_zip("good.zip", under("hello/"))
    dots = [entry("./", type=tarfile.DIRTYPE, mode=0o755),
            entry("./reports/", type=tarfile.DIRTYPE, mode=0o755)]
    make_tar("dots.tar", "", dots + under("./"))
    newer = {**GOOD, "plugin.json": manifest(version="1.1.0"), "more.lua": b"return 1\n"}
    make_tar("newer.tar", "", under("hello/", newer))
    make_tar("accents.tar", "", under("") + [("notes/été.txt", b"x")])
    # A worker's limits of time and memory hold; these are what a plugin may have, to the byte.
    filler = 64 * MEGABYTE - sum(len(content) for content in GOOD.values())
    make_tar("full.tar.gz", "gz", under("") + [("filler", bytes(filler))], compresslevel=1)
    many = [(f"f/{i}", b"") for i in range(1998)]
    make_tar("most.tar.gz", "gz", under("") + many)


def hostile_names():
    bad("traversal.tar", ("hello/../../evil.lua", b"x"))
    bad("traversal-first.tar", ("../evil.lua", b"x"))
    bad("traversal-folder.tar", entry("../evil", type=tarfile.DIRTYPE))
    make_zip("traversal.zip", under("") + [("../../evil.lua", b"x")])
    bad("absolute.tar", ("/tmp/dateline-evil.lua", b"x"))
    make_zip("absolute.zip", under("") + [("/tmp/dateline-evil.lua", b"x")])
    bad("hidden.tar", ("hello/.git/config", b"x"))
    bad("control.tar", ("hello/\x1b[31mred.lua", b"x"))
    bad("newline.tar", ("hello/a\nb.lua", b"x"))
    bad("bidirectional.tar", ("hello/\u202eaul.lua", b"x"))
    bad("latin.tar", ("hello/\udce9t\udce9.lua", b"x"), format=tarfile.GNU_FORMAT)
    bad("deep.tar", ("hello/" + "d/" * 12 + "x.lua", b"x"))
    bad("deep-by-one.tar", ("hello/" + "d/" * 8 + "x.lua", b"x"))
    bad("long.tar", ("hello/" + "n" * 2000, b"x"))
    bad("twice.tar", ("hello/plugin.json", manifest(version="6.6.6")))
    make_zip("twice.zip", under("") + [("reports/hello.lua", b"return nil")])
    bad("file-as-folder.tar", ("hello/plugin.json/x.lua", b"x"))
    bad("folder-as-file.tar", ("hello/reports", b"x"))


def hostile_kinds():
    link = entry("hello/link", type=tarfile.SYMTYPE, linkname="/tmp")
    bad("symlink.tar", link, ("hello/link/dateline-evil.lua", b"x"))
    bad("hardlink.tar", entry("hello/hard", type=tarfile.LNKTYPE, linkname="/etc/passwd"))
    bad("device.tar", entry("hello/null", type=tarfile.CHRTYPE, devmajor=1, devminor=3))
    bad("pipe.tar", entry("hello/pipe", type=tarfile.FIFOTYPE))
    symlink = zipfile.ZipInfo("link")
    symlink.external_attr = 0o120777 << 16
    make_zip("symlink.zip", under("") + [(symlink, b"/etc/passwd")])


# A megabyte of zeros, [count] times, deflated: blocks that may stand one behind the other.
def deflated_zeros(count, first=b""):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packer.compress(first) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + block * count + packer.flush()


# Not a gzip that holds to the end, but nobody should get there.
def gzipped(deflated):
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + deflated + bytes(8)


# A zip of one file, whatever is said of it.
def zip_of(name, deflated, said_size, flags=0):
    name = name.encode()
    crc = 0
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, flags, 8, 0, 0, crc, len(deflated), said_size,
                        len(name), 0) + name + deflated
    central = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, flags, 8, 0, 0, crc, len(deflated),
                          said_size, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def bombs():
    head = tarfile.TarInfo("zeros")
    head.size = 1024 * MEGABYTE
    (folder / "zeros.tar.gz").write_bytes(gzipped(deflated_zeros(1024, head.tobuf())))
    (folder / "zeros.zip").write_bytes(
        zip_of("zeros", deflated_zeros(1024), 1024 * MEGABYTE))
    (folder / "zeros-that-lie.zip").write_bytes(zip_of("zeros", deflated_zeros(1024), 0xffffffff))
    (folder / "zeros-said-few.zip").write_bytes(zip_of("zeros", deflated_zeros(1024), 10))
    (folder / "zeros-and-no-end.tar.gz").write_bytes(gzipped(deflated_zeros(1024)))
    # A header that asks for a dictionary of 4 GB; it is had before the first byte comes out.
    greedy = bytearray((folder / "good.tar.xz").read_bytes())
    size = (greedy[12] + 1) * 4
    greedy[12 + 4] = 40
    greedy[12 + size - 4:12 + size] = struct.pack("<I", zlib.crc32(greedy[12:12 + size - 4]))
    (folder / "greedy.tar.xz").write_bytes(greedy)
    halves = [("a", bytes(40 * MEGABYTE)), ("b", bytes(40 * MEGABYTE))]
    make_tar("halves.tar.gz", "gz", halves, compresslevel=1)
    files = b"".join(tarfile.TarInfo(f"f{i}").tobuf() for i in range(100_000))
    (folder / "many.tar.gz").write_bytes(gzip.compress(files, 1))
    some = b"".join(tarfile.TarInfo(f"f{i}").tobuf() for i in range(2001))
    (folder / "one-too-many.tar.gz").write_bytes(gzip.compress(some, 1))
    folders = []
    for i in range(10_000):
        info = tarfile.TarInfo(f"d{i}")
        info.type = tarfile.DIRTYPE
        folders.append(info.tobuf())
    (folder / "folders.tar.gz").write_bytes(gzip.compress(b"".join(folders), 1))


def broken_ones():
    whole = (folder / "good.tar.gz").read_bytes()
    (folder / "truncated.tar.gz").write_bytes(whole[:len(whole) // 2])
    whole = (folder / "good.tar").read_bytes()
    (folder / "truncated.tar").write_bytes(whole[:700])
    whole = (folder / "good.zip").read_bytes()
    (folder / "truncated.zip").write_bytes(whole[:len(whole) // 2])
    (folder / "encrypted.zip").write_bytes(zip_of("plugin.json", bytes(64), 40, flags=1))
    (folder / "empty").write_bytes(b"")
    (folder / "noise").write_bytes(bytes((i * i * 2654435761 >> 13) & 255 for i in range(100_000)))
    (folder / "text").write_bytes(b"This is no archive.\n" * 100)
    make_tar("empty.tar", "", [])
    make_zip("empty.zip", [])
    damaged = bytearray(whole)
    damaged[whole.index(b"plugin.json") + 30] ^= 0xff
    (folder / "damaged.zip").write_bytes(damaged)


def no_plugins():
    make_tar("two.tar", "", under("a/") + under("b/"))
    make_tar("none.tar", "", [("hello/main.lua", b"return {}\n")])
    make_tar("stray.tar", "", under("hello/") + [("README", b"x")])
    make_tar("broken.tar", "", under("hello/", {**GOOD, "plugin.json": manifest(version="1.0")}))
    make_tar("missing.tar", "", [("hello/plugin.json", manifest())])


good_ones()
hostile_names()
hostile_kinds()
bombs()
broken_ones()
no_plugins()
