"""Zip archives whose members stay as they are, byte for byte, but for those that are changed.

Unchanged members are copied as they lie in the file, local header, compressed data and all; nothing is
unpacked and packed again. Sizes are checked before anything is unpacked.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from refcheck.errors import InputError

MEMBER_LIMIT = 100_000_000
"""A part of a document that unpacks to more than this is refused."""

TOTAL_LIMIT = 400_000_000
RATIO_LIMIT = 1000
"""Text packs to a hundredth at most; what claims more is a trap."""


def members(data: bytes, name: str) -> zipfile.ZipFile:
    """Open an archive. Raises `InputError` in one line for what is damaged, encrypted or too large."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError):
        raise InputError(f"{name} is cut off or damaged: its parts cannot be listed") from None
    if sum(info.file_size for info in archive.infolist()) > TOTAL_LIMIT:
        raise InputError(
            f"{name} unpacks to more than {TOTAL_LIMIT // 1_000_000} MB; it is refused"
        )
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise InputError(f"{name} is encrypted; take off the password and run again")
    return archive


_SIGNATURES = ("_xmlsignatures/", "META-INF/documentsignatures.xml", "META-INF/signatures.xml")


def signed(data: bytes, name: str) -> str:
    """Say why a document that bears a signature is not to be changed; "" for one that bears none.

    Source: ECMA-376-2, 12 (Word); OpenDocument 1.3, part 2, 5; EPUB 3.3, 4.2.6.3.
    """
    if any(one.startswith(_SIGNATURES) for one in members(data, name).namelist()):
        return "it is signed, and a change would break the signature; take a copy without it"
    return ""


def read_member(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """Unpack one member. Raises `InputError` where it is missing, damaged or too large."""
    try:
        info = archive.getinfo(member)
    except KeyError:
        raise InputError(
            f"{name} lacks its part {member}; it is no such document, or damaged"
        ) from None
    if info.file_size > MEMBER_LIMIT or info.file_size > RATIO_LIMIT * max(
        info.compress_size, 1000
    ):
        raise InputError(
            f"{name}: its part {member} unpacks to {info.file_size // 1_000_000} MB; it is refused"
        )
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        raise InputError(
            f"{name} is cut off or damaged: its part {member} cannot be read"
        ) from None


def replace_members(data: bytes, changed: Mapping[str, bytes], name: str) -> bytes:
    """Return the archive with some members' content replaced and all else as it lay."""
    if not changed:
        return data
    archive = members(data, name)
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    start_dir = archive.start_dir
    out = bytearray(data[: infos[0].header_offset])
    ends = [info.header_offset for info in infos[1:]] + [start_dir]
    offsets: dict[int, tuple[int, bytes]] = {}
    latest = {info.filename: info.header_offset for info in archive.infolist()}
    for info, end in zip(infos, ends, strict=True):
        old = info.header_offset
        content = changed.get(info.filename) if latest[info.filename] == old else None
        here = len(out)
        if content is None:
            out += data[old:end]
            offsets[old] = (here, b"")
        else:
            header = data[old : old + 30]
            name_length, extra_length = struct.unpack("<HH", header[26:30])
            names = data[old + 30 : old + 30 + name_length + extra_length]
            packed = _pack(content, info.compress_type)
            sizes = struct.pack("<III", zlib.crc32(content), len(packed), len(content))
            flags = struct.unpack("<H", header[6:8])[0] & ~8
            out += header[:6] + struct.pack("<H", flags) + header[8:14] + sizes + header[26:30]
            out += names + packed
            offsets[old] = (here, sizes)
    directory = len(out)
    out += _directory(data[start_dir:], offsets, directory - start_dir)
    return bytes(out)


def _pack(content: bytes, method: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return content
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _directory(tail: bytes, offsets: Mapping[int, tuple[int, bytes]], shift: int) -> bytes:
    """Return the central directory and what follows it, offsets and sizes set anew."""
    out = bytearray(tail)
    at = 0
    while out[at : at + 4] == b"PK\x01\x02":
        lengths = struct.unpack("<HHH", out[at + 28 : at + 34])
        old = struct.unpack("<I", out[at + 42 : at + 46])[0]
        if old in offsets:
            new, sizes = offsets[old]
            out[at + 42 : at + 46] = struct.pack("<I", new)
            if sizes:
                flags = struct.unpack("<H", out[at + 8 : at + 10])[0] & ~8
                out[at + 8 : at + 10] = struct.pack("<H", flags)
                out[at + 16 : at + 28] = sizes
        at += 46 + sum(lengths)
    end = out.find(b"PK\x05\x06", at)
    size_at = struct.unpack("<I", out[end + 16 : end + 20])[0]
    out[end + 16 : end + 20] = struct.pack("<I", size_at + shift)
    return bytes(out)
