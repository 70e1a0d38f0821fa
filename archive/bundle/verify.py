#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks a Nightjar evidence bundle, offline and alone: Python's standard library and the openssl command only.

    python3 verify.py [PATH] [--key VKEY] [--witness-key VKEY] [--tsa-ca FILE] [--command-only]

PATH is a bundle: the tar file, or the folder it was unpacked to (default: the folder this script lies in).
--key is the log's public key as given on paper: its text, or a file that holds it. Without it the key inside the
bundle is used, and then the checks show that the bundle is whole, not whose it is. It may be a key that the log has
since replaced, if the bundle shows how. --witness-key and --tsa-ca say in the same way which witness must have cosigned
the checkpoint, and whose certificates must vouch for its time stamp.
--command-only leaves every signature to the openssl command (slower). Otherwise the command checks the checkpoint and
the first record of each key, and the same OpenSSL library, as Python itself uses it, the rest.

Ends with "VERIFIED ..." (exit 0), "REJECTED: <member>: <what>" (exit 1) or "CANNOT CHECK: <why>" (exit 2).
The format is described in FORMAT.md of Nightjar's archive/bundle, the same checks by hand in VERIFY.txt.
"""

import argparse
import base64
import concurrent.futures
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile


class Rejected(Exception):
    """The bundle is not what it claims to be: which member, and what is wrong with it."""

    def __init__(self, member, what):
        super().__init__("%s: %s" % (re.sub(r"[\0-\x1f\x7f]", "?", member) or "(no name)", what))


class CannotCheck(Exception):
    """This machine cannot do the check: says nothing about the bundle."""


def need(condition, member, what):
    if not condition:
        raise Rejected(member, what)


def text_of(member, data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Rejected(member, "is not UTF-8 text")


def sha256(data):
    return hashlib.sha256(data).digest()


def base64_strict(text):
    """The bytes, or None unless `text` (ASCII bytes) is the one base64 spelling of them."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return raw if base64.b64encode(raw) == text else None


def decimal(text, end=1 << 64):
    """The number below `end`, or None unless `text` is how it is written."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,19}", text) or int(text) >= end:
        return None
    return int(text)


# ---- Reading: a tar in its one spelling, or a folder ----------------------------------------------------------------

BLOCK = 512
PIECE = 1 << 20
MAX_SMALL = 1 << 20
MAX_SELECTION = 64 << 20
MAX_MANIFEST = 4 << 30
MAX_CONSENSUS = 64 << 20


class Stream:
    """Bytes of one member from front to back."""

    def __init__(self, file, size):
        self.file, self.at, self.size = file, 0, size

    def digest(self, size):
        """SHA-256 of the next `size` bytes, None if there are not so many."""
        return self.digests(0, size)[0]

    def digests(self, begin, size):
        """SHA-256 of the next `size` bytes, and of those of them from `begin` on; None if there are not so many."""
        whole, tail = hashlib.sha256(), hashlib.sha256()
        if size > self.size - self.at:
            return None, None
        self.at += size
        for running, left in ((None, begin), (tail, size - begin)):
            while left:
                piece = self.file.read(min(left, PIECE))
                if not piece:
                    return None, None
                whole.update(piece)
                if running:
                    running.update(piece)
                left -= len(piece)
        return whole.digest(), tail.digest()


class Member:
    def __init__(self, name, size, digest, offset=0):
        self.name, self.size, self.digest, self.offset = name, size, digest, offset


def tar_header(folder, name, size):
    """The 512 bytes that must stand before a member: a pure function of its name and size."""
    octal = b"%011o\0" % size if size < 1 << 33 else b"\x80" + size.to_bytes(11, "big")
    head = name.ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + octal + b"00000000000\0"
    tail = (b"0" + bytes(100) + b"ustar\x0000" + bytes(64) + b"0000000\0" * 2 + folder.ljust(155, b"\0") + bytes(12))
    return head + b"%06o\0 " % (sum(head) + 8 * 32 + sum(tail)) + tail


class Bundle:
    """What both forms share. `members` is in the order of the tar once check_order() has passed."""

    def read(self, name, limit=MAX_SMALL):
        member = self.by_name[name]
        need(member.size <= limit, name, "is larger than the %d bytes it may have" % limit)
        with self.open(name) as file:
            return file.read(member.size)


class TarBundle(Bundle):
    def __init__(self, path):
        self.path, self.members, self.folder = path, [], None
        with open(path, "rb") as self.file:
            self.size = os.fstat(self.file.fileno()).st_size
            block = self._take(BLOCK)
            while block != bytes(BLOCK):
                self._take_member(block)
                block = self._take(BLOCK)
            need(self._take(BLOCK) == bytes(BLOCK), path, "the second end block of the tar is not zero")
            need(self.file.tell() == self.size, path, "bytes follow the end of the tar")
        self.by_name = {member.name: member for member in self.members}

    def _take(self, size):
        data = self.file.read(size)
        need(len(data) == size, self.path, "the tar is cut short")
        return data

    def _take_member(self, block):
        name, folder = block[:100].split(b"\0")[0], block[345:500].split(b"\0")[0]
        shown = name.decode("utf-8", "replace")
        digits = block[124:136]
        if digits[0] == 0x80:
            size = int.from_bytes(digits[1:], "big")
        else:
            size = int(digits[:11], 8) if re.fullmatch(rb"[0-7]{11}\0", digits) else self.size
        offset = self.file.tell()
        need(size <= self.size - offset and block == tar_header(folder, name, size), shown,
             "the tar header is damaged or not in the bundle's form")
        if not self.members:
            self.folder = folder.decode("utf-8", "replace")
        need(folder.decode("utf-8", "replace") == self.folder, shown, "lies in another folder than the rest")
        digest = Stream(self.file, size).digest(size)
        need(not any(self._take(-size % BLOCK)), shown, "the padding after it is not zero")
        self.members.append(Member(shown, size, digest, offset))

    def check_order(self, expected):
        found = [member.name for member in self.members]
        for is_there, belongs in zip(found, expected):
            need(is_there == belongs, is_there, "stands where %s belongs" % belongs)
        need(len(found) >= len(expected), expected[min(len(found), len(expected) - 1)], "is missing")
        need(len(found) <= len(expected), found[min(len(expected), len(found) - 1)], "does not belong in a bundle")

    def open(self, name):
        file = open(self.path, "rb")
        file.seek(self.by_name[name].offset)
        return file


class FolderBundle(Bundle):
    """The unpacked form: no tar to check, and the folder may have been renamed."""

    folder = None

    def __init__(self, path):
        self.path, self.by_name = path, {}
        for root, folders, files in os.walk(path, onerror=self._fail):
            for name in folders + files:
                full = os.path.join(root, name)
                shown = os.path.relpath(full, path).replace(os.sep, "/")
                need(not os.path.islink(full), shown, "is a symbolic link")
                if name in files:
                    need(os.path.isfile(full), shown, "is not a regular file")
                    size = os.path.getsize(full)
                    with open(full, "rb") as file:
                        self.by_name[shown] = Member(shown, size, Stream(file, size).digest(size))
        self.members = list(self.by_name.values())

    @staticmethod
    def _fail(error):
        raise error

    def check_order(self, expected):
        for name in expected:
            need(name in self.by_name, name, "is missing")
        for name in sorted(set(self.by_name) - set(expected)):
            raise Rejected(name, "does not belong in a bundle")
        self.members = [self.by_name[name] for name in expected]

    def open(self, name):
        return open(os.path.join(self.path, name), "rb")


# ---- The bag (RFC 8493) ---------------------------------------------------------------------------------------------

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PARTS = ("data/records/%d.txt", "data/signatures/%d.sig", "data/leaves/%d.txt", "data/salts/%d.hex",
         "proofs/%d.tlog-proof")
WARC = "data/capture.warc"
CONSISTENCY = "proofs/consistency-from-%d"
PAPERS = ("case.jsonld", "report.html", "report.pdf")  # for people and other tools: bound by the manifests only
TAG_MANIFEST = "tagmanifest-sha256.txt"


ROTATION = ("rotations/%d.txt", "rotations/%d.sig", "rotations/%d.leaf", "rotations/%d.hex",
            "rotations/%d.tlog-proof")
ERASURE = ("erasures/%d.txt", "erasures/%d.leaf", "erasures/%d.hex", "erasures/%d.tlog-proof")
WITNESS = ["keys/witness.pem", "keys/witness.vkey"]
STAMP = ["checkpoint.tsr", "tsa-chain.pem"]


class Attested:
    """Which members there are of what others attested."""

    def __init__(self, members):
        names = {member.name for member in members}
        self.rotations = self.leaves(names, r"rotations/([0-9]+)\.txt")
        self.erasures = self.leaves(names, r"erasures/([0-9]+)\.txt")
        self.cosigned = any(name in names for name in WITNESS)
        self.stamped = any(name in names for name in STAMP)

    @staticmethod
    def leaves(names, pattern):
        found = (re.fullmatch(pattern, name) for name in names)
        return sorted({int(each.group(1)) for each in found if each and decimal(each.group(1)) is not None})

    def names(self):
        names = [part % leaf for leaf in self.rotations for part in ROTATION]
        names += [part % leaf for leaf in self.erasures for part in ERASURE]
        return names + (WITNESS if self.cosigned else []) + (STAMP if self.stamped else [])


class Contents:
    """What distinguishes the members of one bundle from those of another, read off their names."""

    def __init__(self, members):
        numbers, keys, consensuses, self.earlier = set(), set(), set(), None
        for name in (member.name for member in members):
            found = re.fullmatch(r"data/records/([0-9]+)\.txt", name)
            if found and decimal(found.group(1)) is not None:
                numbers.add(int(found.group(1)))
            found = re.fullmatch(r"keys/fetcher-(.*)\.pem", name, re.DOTALL)
            if found:
                keys.add(found.group(1))
            found = re.fullmatch(r"proofs/consistency-from-([0-9]+)", name)
            if found and self.earlier is None:
                self.earlier = decimal(found.group(1))
            if re.fullmatch(r"consensus/[0-9a-f]{64}", name):
                consensuses.add(name)
        self.attested = Attested(members)
        self.numbers, self.consensuses = sorted(numbers), sorted(consensuses)
        self.keys = sorted(keys, key=lambda key: key.encode("utf-8", "surrogateescape"))
        self.papers = [paper for paper in PAPERS if any(member.name == paper for member in members)]

    def member_names(self):
        """Every member of such a bundle, in the order of the tar."""
        names = ["bagit.txt", "VERIFY.txt", "verify.py", "checkpoint", "keys/log.pem", "keys/log.vkey"]
        names += self.attested.names() + [WARC]
        names += [part % number for number in self.numbers for part in PARTS]
        names += ["keys/fetcher-%s.pem" % key for key in self.keys]
        names += [] if self.earlier is None else [CONSISTENCY % self.earlier]
        names += self.consensuses + self.papers
        return names + ["custody.jsonl", "selection.json", "bag-info.txt", "manifest-sha256.txt", TAG_MANIFEST]


def check_manifest(bag, name, covered):
    expected = ["%s  %s" % (m.digest.hex(), m.name) for m in bag.members if covered(m.name)]
    found = bag.read(name, MAX_MANIFEST).decode("utf-8", "replace").split("\n")
    for line, belongs in zip(found, expected):
        need(line == belongs, belongs[66:], "does not match its line in %s" % name)
    need(found == expected + [""], name, "has lines missing or left over")


def bag_info(case, latest, members):
    payload = [member.size for member in members if member.name.startswith("data/")]
    text = ("Bag-Software-Agent: Nightjar\nBagging-Date: %s\nExternal-Description: nightjar-bundle/v1\n"
            "External-Identifier: %s\nPayload-Oxum: %d.%d\n" % (latest[:10], case, sum(payload), len(payload)))
    return text.encode("utf-8")


# ---- Merkle tree (RFC 9162 section 2.1, SHA-256) --------------------------------------------------------------------

def leaf_hash(leaf):
    return sha256(b"\0" + leaf)


def node_hash(left, right):
    return sha256(b"\1" + left + right)


def verify_inclusion(index, size, hashes, leaf, root):
    """Section 2.1.3.2: is `leaf` (its hash) at `index` of the tree of `size` leaves with this root?"""
    if not 0 <= index < size or any(len(value) != 32 for value in [leaf, root] + hashes):
        return False
    at, last, running = index, size - 1, leaf
    for sibling in hashes:
        if last == 0:
            return False
        if at & 1 or at == last:
            running = node_hash(sibling, running)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            running = node_hash(running, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and running == root


def verify_consistency(old_size, new_size, hashes, old_root, new_root):
    """Section 2.1.4.2: is the tree of `old_size` a prefix of the tree of `new_size`? From the empty tree: no."""
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not hashes and old_root == new_root
    if not hashes:
        return False
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if old_size & (old_size - 1) == 0:
        hashes = [old_root] + hashes
    from_old = from_new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            from_old, from_new = node_hash(sibling, from_old), node_hash(sibling, from_new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            from_new = node_hash(from_new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and from_old == old_root and from_new == new_root


# ---- Ed25519 signatures ---------------------------------------------------------------------------------------------

SPKI_PREFIX = bytes.fromhex("302a300506032b6570032100")  # RFC 8410: SubjectPublicKeyInfo of an Ed25519 key
RFC8032_TEST_2 = tuple(bytes.fromhex(text) for text in (
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"))


def pem_of(public):
    return b"-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n" % base64.b64encode(SPKI_PREFIX + public)


def public_of(pem):
    """The 32 bytes of the key, or None unless `pem` is exactly its PEM form."""
    lines = pem.split(b"\n")
    der = base64_strict(lines[1]) if len(lines) == 4 else None
    return der[-32:] if der and len(der) == 44 and pem_of(der[-32:]) == pem else None


class Ed25519:
    """Verifies signatures with the openssl command, and many of them with the library behind it."""

    def __init__(self, command_only=False):
        self.folder = tempfile.TemporaryDirectory(prefix="nightjar-verify-")
        self.pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1)
        self.confirmed = set()  # keys of which the command has accepted a signature
        public, message, signature = RFC8032_TEST_2
        if not self.by_command(public, message, signature):
            raise CannotCheck("the openssl command does not know Ed25519 signatures; version 3.0 or newer is needed")
        self.library = None if command_only else self._load()

    def close(self):
        self.pool.shutdown()
        self.folder.cleanup()

    def by_command(self, public, message, signature):
        handle, stem = tempfile.mkstemp(dir=self.folder.name)
        os.close(handle)
        for name, content in ((stem + ".pem", pem_of(public)), (stem, message), (stem + ".sig", signature)):
            with open(name, "wb") as file:
                file.write(content)
        try:
            done = subprocess.run(["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", stem + ".pem",
                                   "-in", stem, "-sigfile", stem + ".sig"],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        except OSError as error:
            raise CannotCheck("the openssl command cannot be run: %s" % error)
        if done.returncode not in (0, 1):  # killed, for one: that is no verdict
            raise CannotCheck("the openssl command ended with status %d" % done.returncode)
        for name in (stem + ".pem", stem, stem + ".sig"):
            os.unlink(name)
        return done.returncode == 0

    def _load(self):
        """The libcrypto that Python's own hashes come from, if it proves itself on the RFC's example."""
        try:
            import _hashlib
            import ctypes
            library = ctypes.CDLL(_hashlib.__file__)
            library.EVP_PKEY_new_raw_public_key.restype = ctypes.c_void_p
            library.EVP_PKEY_new_raw_public_key.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p,
                                                            ctypes.c_size_t]
            library.EVP_PKEY_free.argtypes = library.EVP_MD_CTX_free.argtypes = [ctypes.c_void_p]
            library.EVP_PKEY_free.restype = library.EVP_MD_CTX_free.restype = None
            library.EVP_MD_CTX_new.restype = ctypes.c_void_p
            library.EVP_MD_CTX_new.argtypes = []
            library.EVP_DigestVerifyInit.argtypes = [ctypes.c_void_p] * 5
            library.EVP_DigestVerify.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p,
                                                 ctypes.c_size_t]
        except (ImportError, AttributeError, OSError):
            return None
        public, message, signature = RFC8032_TEST_2
        trusted = (self._by_library(library, public, message, signature)
                   and not self._by_library(library, public, message + b"!", signature)
                   and not self._by_library(library, public, message, bytes(64)))
        return library if trusted else None

    @staticmethod
    def _by_library(library, public, message, signature):
        ed25519 = 1087  # NID_ED25519
        key = library.EVP_PKEY_new_raw_public_key(ed25519, None, public, len(public))
        context = library.EVP_MD_CTX_new()
        good = (key and context and library.EVP_DigestVerifyInit(context, None, None, None, key) == 1
                and library.EVP_DigestVerify(context, signature, len(signature), message, len(message)) == 1)
        library.EVP_MD_CTX_free(context)
        library.EVP_PKEY_free(key)
        return bool(good)

    def verify(self, public, message, signature):
        if len(signature) != 64:
            return False
        if self.library and public in self.confirmed:
            return self._by_library(self.library, public, message, signature)
        good = self.by_command(public, message, signature)
        if good:
            self.confirmed.add(public)
        return good

    def verify_all(self, items):
        """One verdict for each (public, message, signature)."""
        if self.library:
            return [self.verify(*item) for item in items]
        return list(self.pool.map(lambda item: self.verify(*item), items))


# ---- The log: keys, checkpoint, leaves, proofs (C2SP signed-note, tlog-checkpoint, tlog-proof) ----------------------

def is_key_name(name):
    return bool(name) and not any(c.isspace() or c == "+" or c < " " for c in name)


LOG, COSIGNER = 1, 4  # what a key signs: notes (C2SP signed-note), or cosignatures (C2SP tlog-cosignature)


def parse_vkey(text, kind=LOG):
    """(name, public key) of "name+<hex id>+<base64(kind, key)>", or None."""
    parts = text.split("+", 2)
    typed = base64_strict(parts[2].encode("utf-8")) if len(parts) == 3 and is_key_name(parts[0]) else None
    if not typed or len(typed) != 33 or typed[0] != kind or parts[1] != note_key_id(parts[0], typed[1:], kind).hex():
        return None
    return parts[0], typed[1:]


def note_key_id(name, public, kind=LOG):
    return sha256(name.encode("utf-8") + b"\n" + bytes([kind]) + public)[:4]


def split_note(member, note):
    """(the text, [(name, key id, signature)])"""
    need(not re.search(rb"[\0-\x09\x0b-\x1f]", note), member, "holds control characters")
    text, gap, signatures = text_of(member, note).rpartition("\n\n")
    need(gap and (not signatures or signatures.endswith("\n")), member, "is not a signed note")
    lines = signatures.split("\n")[:-1]
    need(len(lines) <= 16, member, "has more than 16 signatures")
    found = []
    for line in lines:
        dash, _, rest = line.partition(" ")
        signer, _, encoded = rest.partition(" ")
        raw = base64_strict(encoded.encode("utf-8"))
        need(dash == "\u2014" and is_key_name(signer) and raw and len(raw) > 4, member, "has a bad signature line")
        found.append((signer, raw[:4], raw[4:]))
    return text + "\n", found


def open_note(member, note, name, public, ed25519):
    """The signed text: at least one signature is by this key, and none by it is bad."""
    text, lines = split_note(member, note)
    signed = False
    for signer, key_id, signature in lines:
        if signer == name and key_id == note_key_id(name, public):
            need(ed25519.verify(public, text.encode("utf-8"), signature), member,
                 "the signature by %s does not match" % name)
            signed = True
    need(signed, member, "carries no signature by " + name)
    return text


def open_cosignature(member, note, name, public, ed25519):
    """When the witness cosigned the note, in Unix seconds: the latest of its cosignatures, all of which are good."""
    text, lines = split_note(member, note)
    latest = None
    for signer, key_id, signature in lines:
        if signer != name or key_id != note_key_id(name, public, COSIGNER):
            continue
        need(len(signature) == 72 and signature[0] < 0x80, member, "the cosignature by %s is malformed" % name)
        time = int.from_bytes(signature[:8], "big")
        message = "cosignature/v1\ntime %d\n%s" % (time, text)
        need(ed25519.verify(public, message.encode("utf-8"), signature[8:]), member,
             "the cosignature by %s does not match" % name)
        latest = max(time, latest or 0)
    need(latest is not None, member, "carries no cosignature by " + name)
    return latest


class Checkpoint:
    def __init__(self, member, note, name, public, ed25519):
        lines = open_note(member, note, name, public, ed25519).split("\n")
        need(len(lines) == 4 and lines[3] == "", member, "is not three lines: origin, size and root")
        self.note, self.origin, self.size = note, lines[0], decimal(lines[1])
        self.root = base64_strict(lines[2].encode("utf-8"))
        need(self.origin == name, member, "names another log than its key")
        need(self.size is not None and self.root and len(self.root) == 32, member, "has no proper size and root")


def parse_leaf(member, leaf):
    """(is a rejection, commitment)"""
    found = re.fullmatch(rb"nightjar-leaf/v1\n(capture|rejected) (0|[1-9][0-9]{0,18})\n([0-9a-f]{64})\n", leaf)
    need(found and int(found.group(2)) < 1 << 63, member, "is not a leaf of the evidence log")
    return found.group(1) == b"rejected", bytes.fromhex(found.group(3).decode("ascii"))


def check_salt(member, salt):
    need(re.fullmatch(rb"[0-9a-f]{64}\n", salt), member, "is not 64 hex digits and a line end")
    return bytes.fromhex(salt[:64].decode("ascii"))


def check_proof(member, proof, number, leaf, checkpoint):
    found = re.match(rb"c2sp\.org/tlog-proof@v1\nindex ([0-9]{1,20})\n((?:[A-Za-z0-9+/]{43}=\n){0,64})\n", proof)
    need(found, member, "is not a proof of the form c2sp.org/tlog-proof@v1")
    need(found.group(1) == b"%d" % number, member, "proves another leaf")
    need(proof[found.end():] == checkpoint.note, member, "leads to another checkpoint")
    hashes = [base64_strict(line) for line in found.group(2).split()]
    need(None not in hashes, member, "holds a hash that is not base64")
    need(verify_inclusion(number, checkpoint.size, hashes, leaf_hash(leaf), checkpoint.root), member,
         "does not lead from the leaf to the checkpoint's root")


def check_consistency(bag, size, checkpoint, log_key, ed25519):
    """The log that an earlier export's checkpoint signed is the beginning of this one."""
    member = CONSISTENCY % size
    text = bag.read(member)
    found = re.match(rb"nightjar-consistency/v1\n((?:[A-Za-z0-9+/]{43}=\n){0,128})\n", text)
    need(found, member, "is not a proof of the form nightjar-consistency/v1")
    hashes = [base64_strict(line) for line in found.group(1).split()]
    need(None not in hashes, member, "holds a hash that is not base64")
    older = Checkpoint(member, text[found.end():], checkpoint.origin, log_key, ed25519)
    need(verify_consistency(older.size, checkpoint.size, hashes, older.root, checkpoint.root), member,
         "does not show that the earlier log is the beginning of this one")
    need(older.size == size, member, "is about a log of another size than its name")
    return older


# ---- Tor's consensus (dir-spec, section 3.4.1): nobody knew it earlier ---------------------------------------------

def check_consensuses(bag, members, named):
    """`named` counts what the records say. Returns how many of them are backed by a document."""
    backed = 0
    for member in members:
        document = bag.read(member, MAX_CONSENSUS)
        found = re.search(rb"\nvalid-after ([0-9-]{10}) ([0-9:]{8})", document)
        time = b"%sT%s.000000Z" % found.groups() if found else b""
        first = document.find(b"\nvalid-after ")
        need(found and first == found.start() and is_utc(time.decode("ascii")), member,
             "is no consensus: it has no proper valid-after line")
        digest = sha256(document).hex()
        need(member == "consensus/" + digest, member, "does not have the digest it is named by")
        name = "sha256=%s valid-after=%s" % (digest, time.decode("ascii"))
        need(name in named, member, "is named by no record, or with another time")
        backed += named[name]
    return backed


# ---- Records: the signed text of each capture -----------------------------------------------------------------------

OUTCOMES = ("ok", "truncated", "proxy-unavailable", "descriptor-missing", "introduction", "rendezvous", "client-auth",
            "bad-address", "refused", "timed-out", "disconnected", "protocol", "not-attempted", "withheld")


def matches(pattern):
    return lambda value: re.fullmatch(pattern, value) is not None


def below(end):
    return lambda value: decimal(value, end) is not None


def is_utc(value):
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z", value):
        return False
    try:
        return bool(datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ"))
    except ValueError:
        return False


def is_withheld(value):
    """What was received and not kept: why, how many bytes, their SHA-256."""
    found = re.fullmatch(r"(?:media-policy|hash-list) ([0-9]{1,20}) [0-9a-f]{64}", value)
    return value == "-" or bool(found and decimal(found.group(1)) is not None)


TEXT = matches(r"[^\0-\x1f\x7f]+")
NAME = matches(r"[a-z0-9][a-z0-9._-]{0,63}")
SHA256 = matches(r"[0-9a-f]{64}")
SIZE = below(1 << 64)
PURPOSE = matches(r"login|answer|wait|wall-image")


def is_block(value):
    """"<head size> <size> <digest>" of a request or response as it is shown without secrets."""
    parts = value.split(" ")
    return len(parts) == 3 and SIZE(parts[0]) and SIZE(parts[1]) and SHA256(parts[2]) and int(parts[0]) <= int(parts[1])


ORIGIN = matches(r"(?:warc|file) sha256=[^\0-\x1f\x7f]*")
OPTIONAL = ("origin", "purpose", "redacted-request", "redacted-response")
RECORD_KEYS = (
    ("url", TEXT), ("job", NAME), ("case", NAME), ("legal-basis", TEXT), ("fetch-id", TEXT), ("depth", below(1 << 32)),
    ("via", TEXT), ("started", is_utc), ("ended", is_utc), ("started-mono", below(1 << 63)),
    ("ended-mono", below(1 << 63)), ("boot-id", TEXT), ("clock-state", TEXT), ("consensus", TEXT), ("origin", ORIGIN),
    ("purpose", PURPOSE), ("route", TEXT), ("circuit", TEXT), ("robots", TEXT),
    ("socks-reply", lambda value: value == "-" or below(256)(value)), ("outcome", lambda value: value in OUTCOMES),
    ("detail", TEXT), ("http-status", below(1000)), ("request-size", SIZE), ("request-sha256", SHA256),
    ("head-size", SIZE), ("response-size", SIZE), ("response-sha256", SHA256), ("body-sha256", SHA256),
    ("redacted-request", is_block), ("redacted-response", is_block), ("withheld", is_withheld), ("tool", TEXT),
    ("config-sha256", TEXT), ("fetcher-key", TEXT))


class Capture:
    """One record, with what the leaf says about it."""

    def __init__(self, member, number, record, rejected):
        self.number, self.rejected, self.digest = number, rejected, sha256(record).hex()
        lines = text_of(member, record).split("\n")
        need(len(record) <= 64 << 10 and lines[0] == "nightjar-capture/v1" and lines[-1] == "", member,
             "is not a capture record")
        self.fields, rest = {}, lines[1:-1]
        for key, is_good in RECORD_KEYS:
            found, _, value = rest[0].partition(": ") if rest else ("", "", "")
            if found != key and key in OPTIONAL:
                continue
            need(found == key and is_good(value), member, "has no proper line for " + key)
            self.fields[key] = value
            rest.pop(0)
        need(not rest and ("redacted-request" in self.fields) == ("redacted-response" in self.fields), member,
             "is not a capture record")
        self.redacted = not rejected and "redacted-request" in self.fields

    def __getitem__(self, key):
        return self.fields[key]

    def size(self, side):
        return int(self.fields[side + "-size"])

    def shown(self, side):
        """(size, digest, where the body begins) of the block as it is exported: without secrets where the record says."""
        if not self.redacted:
            return self.size(side), self[side + "-sha256"], None
        head, size, digest = self["redacted-" + side].split(" ")
        return int(size), digest, int(head) if side == "response" else None

    def outcome(self):
        return "rejected" if self.rejected else self["outcome"]

    def left_out(self):
        return not self.rejected and self["outcome"] == "not-attempted" and "origin" not in self.fields

    def custody(self):
        """What kind of capture it is, as custody.jsonl says it."""
        origin = self.fields.get("origin", "")
        if self.rejected:
            return "rejected: the record was kept, the exchange not believed"
        if origin.startswith("file "):
            return origin.partition(" size=")[0] + ": " + self["detail"]
        if origin:
            return "imported: " + origin.partition(" offset=")[0]
        return "left out by rule: nothing was sent" if self.left_out() else "fetched"

    def host(self):
        _, found, rest = self["url"].partition("://")
        return (re.split(r"[/?#]", rest)[0] if found else "") or "-"


def check_capture(bag, number, checkpoint, fetchers):
    """Record -> salt -> commitment -> leaf -> proof -> checkpoint; returns the capture and the signature to check."""
    record_name, signature_name, leaf_name, salt_name, proof_name = (part % number for part in PARTS)
    record, leaf, salt = bag.read(record_name), bag.read(leaf_name), bag.read(salt_name)
    rejected, commitment = parse_leaf(leaf_name, leaf)
    capture = Capture(record_name, number, record, rejected)
    committed = sha256(b"nightjar-commit/v1\n" + check_salt(salt_name, salt) + sha256(record))
    need(committed == commitment, record_name, "with its salt does not give the commitment in the leaf")
    check_proof(proof_name, bag.read(proof_name), number, leaf, checkpoint)
    if rejected:  # a bad signature may be why: such a leaf vouches for the record's text only
        return capture, None
    withheld = capture["outcome"] == "withheld"
    need(withheld == (capture["withheld"] != "-"), record_name,
         "the record's outcome and what it says was withheld do not agree")
    need(not withheld or capture["response-size"] == capture["head-size"], record_name,
         "the record has a body and says that it was withheld")
    need(capture["fetcher-key"] in fetchers, record_name,
         "names a fetcher key that is not in the bundle: " + capture["fetcher-key"])
    return capture, (fetchers[capture["fetcher-key"]], record, bag.read(signature_name))


# ---- WARC 1.1: every header is a function of the signed record ------------------------------------------------------

TRUNCATED = {"ok": "", "truncated": "length", "timed-out": "time", "disconnected": "disconnect"}


def warc_id(kind, subject):
    digits = list(sha256(("nightjar-warc-id/v1\n%s\n%s\n" % (kind, subject)).encode("utf-8")).hex()[:32])
    digits[12], digits[16] = "8", "89ab"[ord(digits[16]) % 4]
    h = "".join(digits)
    return "<urn:uuid:%s-%s-%s-%s-%s>" % (h[:8], h[8:12], h[12:16], h[16:20], h[20:])


def warc_header(kind, subject, date, more, content_type, size, digest):
    return ("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: %s\r\nWARC-Date: %s\r\n%sContent-Type: %s\r\n"
            "WARC-Block-Digest: sha256:%s\r\nContent-Length: %d\r\n\r\n"
            % (kind, warc_id(kind, subject), date, more, content_type, digest, size)).encode("utf-8")


def warc_text(kind, subject, date, more, text):
    block = text.encode("utf-8")
    header = warc_header(kind, subject, date, more, "application/warc-fields", len(block), sha256(block).hex())
    return kind, header, len(block), sha256(block).hex(), None


def warc_info(case, first_started):
    return warc_text("warcinfo", case, first_started, "WARC-Filename: capture.warc\r\n",
                     "software: Nightjar\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/"
                     "warc-specifications/specifications/warc-format/warc-1.1/\r\ndescription: nightjar-bundle/v1\r\n"
                     "isPartOf: %s\r\n" % case)


def warc_records(capture):
    """(kind, header, block size, block digest, body) of each WARC record this capture must have; `body` is where it
    begins and its digest, for a response with a redacted head."""
    sides = [side for side in ("request", "response") if not capture.rejected and capture.size(side)]
    beside = {side: "WARC-Concurrent-To: %s\r\n" % warc_id(side, capture.digest) for side in sides}
    target = "WARC-Target-URI: %s\r\n" % capture["url"]
    for side in sides:
        more = target + "".join(beside[other] for other in sides if other != side)
        cut = TRUNCATED.get(capture["outcome"], "unspecified")
        if side == "response" and cut:
            more += "WARC-Truncated: %s\r\n" % cut
        size, digest, begin = capture.shown(side)
        header = warc_header(side, capture.digest, capture["started"], more, "application/http;msgtype=" + side,
                             size, digest)
        yield side, header, size, digest, None if begin is None else (begin, capture["body-sha256"])
    took = int(capture["ended-mono"]) - int(capture["started-mono"])
    via = "" if capture["via"] == "-" else "via: %s\r\n" % capture["via"]
    yield warc_text("metadata", capture.digest, capture["started"], target + "".join(beside.values()),
                    "%shopsFromSeed: %s\r\nfetchTimeMs: %d\r\ncapture: %d\r\noutcome: %s\r\ndetail: %s\r\n"
                    "record-sha256: %s\r\n%s%s"
                    % (via, "L" * min(int(capture["depth"]), 100), abs(took) // 1000 * (1 if took >= 0 else -1),
                       capture.number, capture.outcome(), capture["detail"], capture.digest,
                       "redacted: request secrets, response cookies\r\n" if "redacted-request" in capture.fields else "",
                       "imported: %s\r\n" % capture["origin"] if "origin" in capture.fields else ""))


def check_warc(stream, kind, header, size, digest, body):
    subject = "the %s record at byte %d " % (kind, stream.at)
    need(stream.digest(len(header)) == sha256(header), WARC,
         subject + "has another header than its signed record asks for")
    block, tail = stream.digests(body[0] if body else 0, size)
    need(block and block.hex() == digest, WARC, subject + "has a block that does not match its signed digest")
    need(not body or tail.hex() == body[1], WARC, subject + "has a body that does not match its signed digest")
    need(stream.digest(4) == sha256(b"\r\n\r\n"), WARC, subject + "has no proper end")


# ---- What others attested: rotations of the key, cosignature, time stamp (RFC 3161) -----------------------------------

def shown(unix):
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=min(unix, 250000000000))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def vkey_of(key):
    typed = bytes([LOG]) + key[1]
    return "%s+%s+%s" % (key[0], note_key_id(*key).hex(), base64.b64encode(typed).decode("ascii"))


def parse_rotation(member, text):
    """(old key, new key) as in a log's key: (name, public)"""
    lines = text_of(member, text).split("\n")
    good = len(lines) == 5 and lines[0] == "nightjar-key-rotation/v1" and lines[4] == ""
    good = good and [line.partition(": ")[0] for line in lines[1:4]] == ["old", "new", "time"]
    need(good and is_utc(lines[3][6:]), member, "is not a rotation of the log's key")
    old, new = parse_vkey(lines[1][5:]), parse_vkey(lines[2][5:])
    need(old and new and old[0] != new[0], member, "is not a rotation of the log's key")
    return old, new


def check_log_leaf(bag, names, leaf_index, kind, checkpoint):
    """A leaf by which the log speaks of itself: text and salt give its commitment, and it leads to the checkpoint."""
    text_name, leaf_name, salt_name, proof_name = names
    text, leaf = bag.read(text_name, MAX_SELECTION), bag.read(leaf_name)
    found = re.fullmatch(rb"nightjar-leaf/v1\n%s (0|[1-9][0-9]{0,18})\n([0-9a-f]{64})\n" % kind.encode("ascii"), leaf)
    need(found and int(found.group(1)) < 1 << 63, leaf_name,
         "is not the leaf of %s %s" % ("an" if kind == "erasure" else "a", kind))
    committed = sha256(b"nightjar-commit/v1\n" + check_salt(salt_name, bag.read(salt_name)) + sha256(text))
    need(committed.hex().encode("ascii") == found.group(2), text_name,
         "with its salt does not give the commitment in the leaf")
    check_proof(proof_name, bag.read(proof_name), leaf_index, leaf, checkpoint)


def check_rotation(bag, leaf_index, checkpoint, ed25519):
    text_name, signatures_name, leaf_name, salt_name, proof_name = (part % leaf_index for part in ROTATION)
    text, signatures = bag.read(text_name), bag.read(signatures_name)
    old, new = parse_rotation(text_name, text)
    need(len(signatures) == 128, signatures_name, "is not two signatures")
    for (name, public), signature in ((old, signatures[:64]), (new, signatures[64:])):
        need(ed25519.verify(public, text, signature), signatures_name, "is not signed by " + name)
    check_log_leaf(bag, (text_name, leaf_name, salt_name, proof_name), leaf_index, "rotation", checkpoint)
    return old, new


def check_rotations(bag, attested, log, trusted_key, checkpoint, ed25519, say):
    """The log's keys over its life must lead to that of the checkpoint, and from the trusted one."""
    if not attested.rotations:
        return
    steps = [check_rotation(bag, leaf, checkpoint, ed25519) for leaf in attested.rotations]
    follows = [old for old, _ in steps[1:]] + [log]
    olds = [old[0] for old, _ in steps]
    need([new for _, new in steps] == follows and len(set(olds + [log[0]])) == len(olds) + 1, "keys/log.vkey",
         "does not follow from the rotations of the log's key")
    say("the log's key was replaced %d time(s), each time signed by the old key and the new; the first was %s"
        % (len(steps), vkey_of(steps[0][0])))
    keys = [vkey_of(old) for old, _ in steps]
    need(not trusted_key or trusted_key in keys + [vkey_of(log)], "keys/log.vkey",
         "is not the log key that is trusted")
    if trusted_key in keys:
        say("the log's key follows from the one that is trusted, " + trusted_key.split("+")[0])


# ---- Captures that were erased by rule --------------------------------------------------------------------------------

MAX_ERASURE_TEXT = 512
ERASURE_LINES = ("case", "rule", "ordered-by", "approved-by", "time", "erased", "restricted")


def parse_ranges(text):
    """[(first, last), ...] of "0-4,7", "-" for none; None for any other spelling."""
    if text == "-":
        return []
    ranges = []
    for part in text.split(","):
        first, dash, last = part.partition("-")
        first = decimal(first)
        last = decimal(last) if dash else first
        if first is None or last is None or last < first or (dash and last == first):
            return None
        if ranges and first < ranges[-1][1] + 2:
            return None
        ranges.append((first, last))
    return ranges


def is_line(text):
    return (0 < len(text.encode("utf-8")) <= MAX_ERASURE_TEXT and text == text.strip(" ")
            and not any(ord(char) < 32 or ord(char) == 127 for char in text))


def lower_ascii(text):
    return "".join(chr(ord(char) + 32) if "A" <= char <= "Z" else char for char in text)


def parse_erasure(member, text):
    """The lines by name, with the ranges of "erased" and "restricted" beside them."""
    lines = text_of(member, text).split("\n")
    good = len(lines) == 9 and lines[0] == "nightjar-erasure/v1" and lines[8] == ""
    good = good and all(line.startswith(name + ": ") for name, line in zip(ERASURE_LINES, lines[1:8]))
    need(good, member, "is no erasure of captures")
    said = {name: line[len(name) + 2:] for name, line in zip(ERASURE_LINES, lines[1:8])}
    erased, restricted = parse_ranges(said["erased"]), parse_ranges(said["restricted"])
    good = erased is not None and restricted is not None and (erased or restricted) and is_utc(said["time"])
    good = good and NAME(said["case"]) and all(is_line(said[name]) for name in ("rule", "ordered-by", "approved-by"))
    good = good and lower_ascii(said["ordered-by"]) != lower_ascii(said["approved-by"])
    need(good and not any(a[0] <= b[1] and b[0] <= a[1] for a in erased for b in restricted), member,
         "is no erasure of captures")
    return said, erased, restricted


def check_erasure(bag, leaf_index, checkpoint):
    text_name, leaf_name, salt_name, proof_name = (part % leaf_index for part in ERASURE)
    said, erased, restricted = parse_erasure(text_name, bag.read(text_name, MAX_SELECTION))
    check_log_leaf(bag, (text_name, leaf_name, salt_name, proof_name), leaf_index, "erasure", checkpoint)
    need(all(last < leaf_index for _, last in erased + restricted), text_name,
         "is about captures that were made after it")
    return said, erased


def check_erasures(bag, leaves, case, numbers, checkpoint, say):
    """What is gone by rule; returns its lines of custody.jsonl."""
    entries = []
    for leaf in leaves:
        said, erased = check_erasure(bag, leaf, checkpoint)
        name = ERASURE[0] % leaf
        need(said["case"] == case, name, "is about another case than " + case)
        need(not any(first <= number <= last for first, last in erased for number in numbers), name,
             "says that a capture was erased which is here")
        say("captures %s of this case were erased and %s restricted under \"%s\" on %s, ordered by %s, approved by %s "
            "(leaf %d of the log): by rule, not lost" % (said["erased"], said["restricted"], said["rule"],
                                                         said["time"][:10], said["ordered-by"], said["approved-by"], leaf))
        entries.append(custody_entry(
            source="log", operation="erasure", at=said["time"], reason=said["rule"],
            by="ordered by %s, approved by %s" % (said["ordered-by"], said["approved-by"]),
            captures=sum(last - first + 1 for first, last in erased), numbers=said["erased"],
            detail="leaf %d; restricted: %s" % (leaf, said["restricted"])))
    return entries


def check_witness(bag, checkpoint, trusted, ed25519, say):
    text = text_of("keys/witness.vkey", bag.read("keys/witness.vkey"))
    witness = parse_vkey(text[:-1], COSIGNER) if text.endswith("\n") else None
    need(witness, "keys/witness.vkey", "is not a key of the form name+id+base64 for Ed25519 cosignatures")
    need(bag.read("keys/witness.pem") == pem_of(witness[1]), "keys/witness.pem", "is not the key of keys/witness.vkey")
    need(not trusted or trusted == text[:-1], "keys/witness.vkey", "is not the witness's key that is trusted")
    time = open_cosignature("checkpoint", checkpoint.note, witness[0], witness[1], ed25519)
    say("the checkpoint is cosigned by %s at %s" % (witness[0], shown(time)))
    say("the witness's key is the one that is trusted" if trusted else
        "the witness's key was taken from the bundle: compare %s with the key given on paper" % text.strip())
    return time


def is_one_der(data):
    """Whether this is one DER sequence and nothing after it."""
    if len(data) < 2 or data[0] != 0x30:
        return False
    if data[1] < 0x80:
        return len(data) == 2 + data[1]
    count = data[1] & 0x7f
    return 1 <= count <= 4 and len(data) == 2 + count + int.from_bytes(data[2:2 + count], "big")


def run_openssl(*arguments, given=b""):
    try:
        return subprocess.run(["openssl", *arguments], input=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    except OSError as error:
        raise CannotCheck("the openssl command cannot be run: %s" % error)


CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]*-----END CERTIFICATE-----\n")


def is_chain(pem):
    """Whether this is certificates in PEM, in the one spelling that openssl writes, and nothing else."""
    blocks = CERTIFICATE.findall(pem)
    return bool(blocks) and b"".join(blocks) == pem and all(
        run_openssl("x509", "-outform", "PEM", given=block).stdout == block for block in blocks)


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def stamp_time(text):
    """Unix seconds of "Time stamp: Nov  3 11:17:22.5 2026 GMT", or None."""
    found = re.search(r"^Time stamp: ([A-Z][a-z]{2}) +([0-9]{1,2}) ([0-9:]{8})(?:\.[0-9]+)? ([0-9]{4}) GMT$", text, re.M)
    if not found or found.group(1) not in MONTHS:
        return None
    hour, minute, second = (int(part) for part in found.group(3).split(":"))
    moment = datetime.datetime(int(found.group(4)), MONTHS.index(found.group(1)) + 1, int(found.group(2)), hour, minute,
                               second)
    return int((moment - datetime.datetime(1970, 1, 1)).total_seconds())


def check_stamp(bag, checkpoint, trusted, folder, say):
    """Asks the openssl command, as of the stamp's own time: an expired certificate does not unmake an old stamp."""
    response, chain = bag.read("checkpoint.tsr"), bag.read("tsa-chain.pem")
    need(is_chain(chain), "tsa-chain.pem", "is not a list of certificates in its one spelling")
    need(not trusted or trusted == chain, "tsa-chain.pem", "is not the chain that is trusted")
    paths = [os.path.join(folder, name) for name in ("stamp", "chain", "stamped")]
    for path, content in zip(paths, (response, chain, checkpoint.note)):
        with open(path, "wb") as file:
            file.write(content)
    text = run_openssl("ts", "-reply", "-in", paths[0], "-text").stdout.decode("utf-8", "replace")
    time = stamp_time(text) if len(response) <= 64 << 10 and is_one_der(response) else None
    need(time is not None, "checkpoint.tsr", "is not an RFC 3161 response")
    need("\nStatus: Granted.\n" in text and "\nHash Algorithm: sha256\n" in text, "checkpoint.tsr",
         "is not a time stamp over SHA-256 that was granted as asked")
    done = run_openssl("ts", "-verify", "-data", paths[2], "-in", paths[0], "-CAfile", paths[1], "-attime", str(time))
    need(done.returncode == 0, "checkpoint.tsr", "the time stamp does not verify")
    say("the checkpoint is stamped %s" % shown(time))
    say("the authority's certificates are the ones that are trusted" if trusted else
        "the authority's certificates were taken from the bundle: compare SHA-256 %s of tsa-chain.pem with the one given "
        "on paper" % sha256(chain).hex())
    return time


class Outside:
    """What is trusted of others, and what they attested."""

    def __init__(self, witness_key="", chain=b""):
        self.witness_key, self.chain = witness_key, chain
        self.cosigned, self.stamped = None, None
        self.earlier = None  # the checkpoint of a bundle that was handed out before
        self.checkpoint = None  # this one's, once it was checked

    def check(self, bag, attested, checkpoint, ed25519, say, lack):
        _, signatures = split_note("checkpoint", checkpoint.note)
        need(len(signatures) == (2 if attested.cosigned else 1), "checkpoint",
             "carries other signatures than those whose keys are here")
        if attested.cosigned:
            self.cosigned = check_witness(bag, checkpoint, self.witness_key, ed25519, say)
        else:
            need(not self.witness_key, "keys/witness.vkey", "is missing: no witness cosigned the checkpoint")
            lack("no witness cosigned the checkpoint: whoever holds the log's key could have rewritten it before the "
                 "export")
        if attested.stamped:
            self.stamped = check_stamp(bag, checkpoint, self.chain, ed25519.folder.name, say)
        else:
            need(not self.chain, "checkpoint.tsr", "is missing: no authority stamped the checkpoint")
            lack("no authority stamped the checkpoint: only the makers' clocks say when it was made")

    def verdict(self):
        return ", ".join("%s %s" % (what, shown(time)) if time is not None else "not " + what
                         for what, time in (("cosigned", self.cosigned), ("stamped", self.stamped)))


class Bracket:
    """When captures were made: not before the Tor consensus they name, not after the time stamp."""

    def __init__(self, not_after):
        self.not_after, self.valid_after, self.undated = not_after, [], 0

    def add(self, member, consensus):
        if consensus == "unknown":
            self.undated += 1
            return
        found = re.fullmatch(r"sha256=[0-9a-f]{64} valid-after=(.*)", consensus)
        need(found and is_utc(found.group(1)), member, "names no consensus in the form it should have")
        begin = datetime.datetime.strptime(found.group(1), "%Y-%m-%dT%H:%M:%S.%fZ")
        if self.not_after is not None:
            end = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=self.not_after)
            need(begin <= end, member, "names a Tor consensus that became valid after the time stamp")
        self.valid_after.append(found.group(1))

    def conclude(self, say, lack):
        if self.valid_after:
            say("%d records name a Tor consensus, valid from %sZ to %sZ: they were not made before theirs%s"
                % (len(self.valid_after), min(self.valid_after)[:19], max(self.valid_after)[:19],
                   "" if self.not_after is None else ", nor after " + shown(self.not_after)))
        if self.undated:
            lack("%d records name no Tor consensus: nothing but clocks says when they began" % self.undated)


# ---- selection.json -------------------------------------------------------------------------------------------------

SELECTION_TEXTS = ("format", "case", "case_title", "legal_basis", "officer", "selected_by", "exported_by", "reason",
                   "log")
SELECTION_NUMBERS = ("tree_size", "captures", "first", "last")
ROW_KEYS = {"counts": ("job", "host", "outcome", "exported", "archived"), "rejections": ("capture", "reason")}


def format_selection(value):
    """The one spelling of selection.json."""
    lines = ["%s: %s" % (json.dumps(key), json.dumps(value[key])) for key in SELECTION_TEXTS + SELECTION_NUMBERS]
    for key, columns in ROW_KEYS.items():
        rows = [json.dumps({column: row[column] for column in columns}) for row in value[key]]
        lines.append("%s: %s" % (json.dumps(key), "[\n%s\n]" % ",\n".join(rows) if rows else "[]"))
    return "{\n%s\n}\n" % ",\n".join(lines)


def parse_selection(text):
    broken = Rejected("selection.json", "is not in the one spelling this format has")
    try:
        value = json.loads(text.decode("ascii"))
        texts = [value[key] for key in SELECTION_TEXTS]
        numbers = [value[key] for key in SELECTION_NUMBERS]
        for key, columns in ROW_KEYS.items():
            for row in value[key]:
                for column in columns:
                    (numbers if column in ("exported", "archived", "capture") else texts).append(row[column])
        "".join(texts).encode("utf-8")
        same = format_selection(value).encode("ascii") == text
    except (ValueError, KeyError, TypeError, RecursionError):
        raise broken
    if not same or value["format"] != "nightjar-selection/v1" or not all(
            type(number) is int and 0 <= number < 1 << 63 for number in numbers):
        raise broken
    return value


# ---- custody.jsonl ----------------------------------------------------------------------------------------------------

CUSTODY_TEXTS = ("source", "operation", "at", "until", "by", "reason", "job", "numbers", "root", "sha256", "detail")
CUSTODY_NUMBERS = ("captures", "tree_size")
CUSTODY_KEYS = ("source", "operation", "at", "until", "by", "reason", "job", "captures", "numbers", "tree_size", "root",
                "sha256", "detail")


def custody_entry(**fields):
    return {key: fields.get(key, 0 if key in CUSTODY_NUMBERS else "") for key in CUSTODY_KEYS}


def custody_collections(spans):
    """One entry for each key, tool, job, legal basis and kind of capture, by the first capture of each."""
    for (by, reason, job, detail), (count, first, last, at, until) in sorted(spans.items(), key=lambda item: item[1][1]):
        yield custody_entry(source="records", operation="collection", at=at, until=until, by=by, reason=reason, job=job,
                            captures=count, numbers="%d-%d" % (first, last), detail=detail)


def custody_rotation(bag, leaf):
    member = ROTATION[0] % leaf
    old, new = parse_rotation(member, bag.read(member))
    return custody_entry(source="log", operation="key-rotation", by=old[0],
                         at=text_of(member, bag.read(member)).split("\n")[3][6:],
                         detail="leaf %d: the log's key was replaced by %s" % (leaf, new[0]))


def parse_custody(text):
    name, entries = "custody.jsonl", []
    try:
        for line in text.decode("ascii").split("\n")[:-1]:
            entry = json.loads(line)
            "".join(entry[key] for key in CUSTODY_TEXTS).encode("utf-8")
            numbers = [entry[key] for key in CUSTODY_NUMBERS]
            need(all(type(number) is int and 0 <= number < 1 << 63 for number in numbers), name,
                 "is not in the one spelling this format has")
            entries.append({key: entry[key] for key in CUSTODY_KEYS})
        same = "".join(json.dumps(entry) + "\n" for entry in entries).encode("ascii") == text
    except (ValueError, KeyError, TypeError, RecursionError):
        same = False
    need(same, name, "is not in the one spelling this format has")
    return entries


def check_custody(bag, found, rotations, erasures, selection, checkpoint, older):
    """What can be made again from the rest of the bundle is made again; the rest are the exporter's words."""
    name, entries = "custody.jsonl", parse_custody(bag.read("custody.jsonl", MAX_SELECTION))
    made = list(custody_collections(found.collected)) + [custody_rotation(bag, leaf) for leaf in rotations]
    made += erasures
    need(len(entries) > len(made) and entries[:len(made)] == made, name,
         "does not repeat who made the captures here, or what the log says of itself")
    need(entries[-1] == custody_entry(
        source="this-export", operation="disclosure", by=selection["exported_by"], reason=selection["reason"],
        captures=selection["captures"], numbers="%d-%d" % (selection["first"], selection["last"]),
        tree_size=checkpoint.size, root=checkpoint.root.hex()), name, "describes another export than this one")
    proved = older is None
    for entry in entries[len(made):-1]:
        need(entry["source"] == "exports" and entry["operation"] == "disclosure" and is_utc(entry["at"])
             and 0 < entry["tree_size"] < checkpoint.size and SHA256(entry["root"]) and SHA256(entry["sha256"]), name,
             "has an entry that is no earlier export of a smaller log")
        if older is not None and entry["tree_size"] == older.size:
            need(entry["root"] == older.root.hex(), name, "gives an earlier export another log")
            proved = True
    need(proved, name, "does not list the earlier export that consistency is proved from")


def check_earlier(kept, here, proved):
    """`kept`: the checkpoint of an earlier bundle. Returns one sentence."""
    need(kept.size <= here.size, "checkpoint", "is of a smaller log than the earlier bundle's")
    if kept.size == here.size:
        need(kept.root == here.root, "checkpoint",
             "is of another log than the earlier bundle's, of the same size: one was rewritten")
        return "the earlier bundle has the same log (%d leaves)" % kept.size
    member = CONSISTENCY % kept.size
    need(proved and proved.size == kept.size, member,
         "is missing: nothing here shows that the earlier bundle's log is the beginning of this one")
    need(proved.root == kept.root, member,
         "is about another log than the earlier bundle's: the log was rewritten in between")
    return "the log of the earlier bundle (%d leaves) is the beginning of this one" % kept.size


def check_counts(selection, found, numbers, checkpoint):
    name = "selection.json"
    need((selection["log"], selection["tree_size"]) == (checkpoint.origin, checkpoint.size), name,
         "is about another checkpoint")
    need([selection[key] for key in ("captures", "first", "last")] == [len(numbers), numbers[0], numbers[-1]], name,
         "does not give the number and range of the captures here")
    rows = [(row["job"], row["host"], row["outcome"]) for row in selection["counts"]]
    need(rows == sorted(set(rows)), name, "is not in the one spelling this format has")
    for key, row in zip(rows, selection["counts"]):
        need(row["exported"] == found.counts.get(key, 0), name, "counts other captures than are here")
        need(row["exported"] <= row["archived"] <= checkpoint.size, name,
             "claims an impossible number of archived captures")
    need(sum(row["exported"] for row in selection["counts"]) == len(numbers), name,
         "counts fewer captures than are here")
    need([row["capture"] for row in selection["rejections"]] == found.rejected, name,
         "explains other rejections than are here")


# ---- The whole check ------------------------------------------------------------------------------------------------

def check_keys(bag, key_ids, trusted_key, rotated):
    """(log's name, log's public key, fetchers' public keys by id)"""
    vkey = text_of("keys/log.vkey", bag.read("keys/log.vkey"))
    log = parse_vkey(vkey[:-1]) if vkey.endswith("\n") else None
    need(log, "keys/log.vkey", "is not a key of the form name+id+base64 for Ed25519")
    need(bag.read("keys/log.pem") == pem_of(log[1]), "keys/log.pem", "is not the key of keys/log.vkey")
    need(not trusted_key or rotated or trusted_key == vkey[:-1], "keys/log.vkey",
         "is not the log key that is trusted")
    fetchers = {}
    for key_id in key_ids:
        name = "keys/fetcher-%s.pem" % key_id
        public = public_of(bag.read(name))
        need(public, name, "is not an Ed25519 public key in PEM form")
        need(sha256(public).hex()[:16] == key_id, name, "is not the key with this id")
        fetchers[key_id] = public
    return log[0], log[1], fetchers


class Findings:
    """What the captures say together."""

    def __init__(self):
        self.counts, self.rejected, self.signers, self.latest, self.redacted = {}, [], set(), "", 0
        self.imported, self.left_out = 0, 0
        self.collected = {}  # kind of capture -> how many, first and last of them, first start, last end
        self.consensuses = {}  # as the records say it, and how many do

    def add(self, capture):
        row = (capture["job"], capture.host(), capture.outcome())
        self.counts[row] = self.counts.get(row, 0) + 1
        self.latest = max(self.latest, capture["ended"])
        self.redacted += capture.redacted
        self.left_out += capture.left_out()
        kind = ("key %s, %s" % (capture["fetcher-key"], capture["tool"]), capture["legal-basis"], capture["job"],
                capture.custody())
        number, started, ended = capture.number, capture["started"], capture["ended"]
        if not capture.rejected and capture.fields.get("origin", "").startswith("warc "):
            started = ended = ""  # only the foreign file says when
        count, first, _, at, until = self.collected.get(kind, (0, number, number, started, ended))
        self.collected[kind] = (count + 1, first, number, min(at, started), max(until, ended))
        if capture.rejected:
            self.rejected.append(capture.number)
        else:
            self.signers.add(capture["fetcher-key"])
            self.imported += "origin" in capture.fields
            self.consensuses[capture["consensus"]] = self.consensuses.get(capture["consensus"], 0) + 1


def check_signatures(pending, ed25519):
    for (name, _), good in zip(pending, ed25519.verify_all([item for _, item in pending])):
        need(good, name, "is not the fetcher's signature over the record")
    pending.clear()


def check_captures(bag, warc, numbers, case, checkpoint, fetchers, bracket, ed25519):
    """Everything about each capture: what it is made of, its place in the log, its bytes in the WARC."""
    findings, pending = Findings(), []
    for number in numbers:
        capture, signed = check_capture(bag, number, checkpoint, fetchers)
        need(capture["case"] == case, PARTS[0] % number, "belongs to another case than " + case)
        if not capture.rejected:
            bracket.add(PARTS[0] % number, capture["consensus"])
        if number == numbers[0]:
            check_warc(warc, *warc_info(case, capture["started"]))
        for record in warc_records(capture):
            check_warc(warc, *record)
        findings.add(capture)
        if signed:
            pending.append((PARTS[1] % number, signed))
        if len(pending) >= 256:
            check_signatures(pending, ed25519)
    check_signatures(pending, ed25519)
    need(warc.at == warc.size, WARC, "holds more than the captures of the bundle")
    for key_id in sorted(set(fetchers) - findings.signers):
        raise Rejected("keys/fetcher-%s.pem" % key_id, "signed none of the records")
    return findings


def check(bag, trusted_key, ed25519, say=lambda line: None, outside=None, lack=lambda line: None):
    """Raises Rejected at the first fault; returns the closing line."""
    outside = outside or Outside()
    contents = Contents(bag.members)
    numbers, key_ids = contents.numbers, contents.keys
    bag.check_order(contents.member_names())
    attested = contents.attested
    need(numbers, WARC, "the bundle holds no capture")
    need(bag.read("bagit.txt") == BAGIT, "bagit.txt", "is not the declaration of BagIt 1.0")
    say("the bag is complete: %d members, none missing, none extra" % len(bag.members))
    check_manifest(bag, TAG_MANIFEST, lambda name: not name.startswith("data/") and name != TAG_MANIFEST)
    check_manifest(bag, "manifest-sha256.txt", lambda name: name.startswith("data/"))
    say("every member has the SHA-256 its manifest gives")
    log_name, log_key, fetchers = check_keys(bag, key_ids, trusted_key, bool(attested.rotations))
    log_vkey = bag.read("keys/log.vkey").decode("utf-8").strip()
    if not trusted_key or trusted_key == log_vkey:
        say("the log's key is the one that is trusted" if trusted_key else
            "the log's key was taken from the bundle: compare %s with the key given on paper" % log_vkey)
    checkpoint = Checkpoint("checkpoint", bag.read("checkpoint"), log_name, log_key, ed25519)
    say("the checkpoint (%d leaves) is signed by %s" % (checkpoint.size, log_name))
    check_rotations(bag, attested, (log_name, log_key), trusted_key, checkpoint, ed25519, say)
    outside.check(bag, attested, checkpoint, ed25519, say, lack)
    bracket = Bracket(outside.stamped)
    older = None
    if contents.earlier is not None:
        older = check_consistency(bag, contents.earlier, checkpoint, log_key, ed25519)
        say("the log of an earlier export (%d leaves) is the beginning of this one" % contents.earlier)
    if outside.earlier:
        say(check_earlier(outside.earlier, checkpoint, older))
    outside.checkpoint = checkpoint
    selection = parse_selection(bag.read("selection.json", MAX_SELECTION))
    case = selection["case"]
    need(NAME(case) and bag.folder in (None, "nightjar-" + case),
         "selection.json", "is about another case than the folder's name")
    erasures = check_erasures(bag, attested.erasures, case, numbers, checkpoint, say)
    with bag.open(WARC) as file:
        warc = Stream(file, bag.by_name[WARC].size)
        found = check_captures(bag, warc, numbers, case, checkpoint, fetchers, bracket, ed25519)
    say("%d records lead through salt, commitment, leaf and proof to the checkpoint" % len(numbers))
    say("%d records are signed by %d fetcher key(s) of the bundle" % (len(numbers) - len(found.rejected), len(fetchers)))
    say("the WARC holds exactly the bytes the records describe")
    if found.left_out:
        say("%d records say that a URL was left out by a rule (robots.txt, blocklist): nothing was sent or received"
            % found.left_out)
    bracket.conclude(say, lack)
    if found.redacted:
        say("%d captures are shown without the secrets of a session (cookies, passwords, forms): the records give the "
            "digests of this form and of the whole bytes, bodies are whole" % found.redacted)
    if found.imported:
        say("%d captures were imported from files of others: the key that signed them vouches for what those files held, "
            "not for what a server sent" % found.imported)
    backed = check_consensuses(bag, contents.consensuses, found.consensuses)
    if contents.consensuses:
        say("%d records name a Tor consensus that is here (%d in all): they were not made before it was valid"
            % (backed, len(contents.consensuses)))
    check_counts(selection, found, numbers, checkpoint)
    say("selection.json counts exactly the captures here; its other words are the exporter's")
    check_custody(bag, found, attested.rotations, erasures, selection, checkpoint, older)
    say("custody.jsonl repeats who made the captures and what this export is; its other entries are the exporter's")
    need(bag.read("bag-info.txt") == bag_info(case, found.latest, bag.members), "bag-info.txt",
         "does not describe this bag")
    return "VERIFIED %d captures of case %s, log %s at %d leaves; %s" % (len(numbers), case, log_name, checkpoint.size,
                                                                       outside.verdict())


def check_path(path, trusted_key, ed25519, say=lambda line: None, outside=None, lack=lambda line: None):
    try:
        bag = FolderBundle(path) if os.path.isdir(path) else TarBundle(path)
        return check(bag, trusted_key, ed25519, say, outside, lack)
    except (Rejected, CannotCheck):
        raise
    except OSError as error:
        raise CannotCheck(str(error))
    except Exception as error:  # whatever a hostile bundle can provoke is a reason to reject it
        raise Rejected(path, "cannot be read as a bundle: %s" % error)


def checkpoint_of(path, trusted_key, ed25519):
    """The checkpoint of an earlier bundle, after the whole of it was checked."""
    outside = Outside()
    try:
        check_path(path, trusted_key, ed25519, outside=outside)
    except Rejected as error:
        raise Rejected("the earlier bundle", str(error))
    return outside.checkpoint


def given_key(option, key, kind):
    if key and os.path.exists(key):
        with open(key, encoding="utf-8") as file:
            key = file.read().strip()
    if key and not parse_vkey(key, kind):
        raise CannotCheck(option + " is neither a file nor a key of the form name+id+base64")
    return key


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--key", default="", help="the log's public key, or a file that holds it")
    parser.add_argument("--witness-key", default="", help="the witness's public key, or a file that holds it")
    parser.add_argument("--tsa-ca", default="", help="file of the time stamp authority's certificates")
    parser.add_argument("--earlier", default="", metavar="BUNDLE",
                        help="a bundle of the case that was handed out before: its log must be the beginning of this one's")
    parser.add_argument("--command-only", action="store_true", help="check every signature with the openssl command")
    options = parser.parse_args()
    sys.stdout.reconfigure(errors="backslashreplace")
    ed25519 = None
    try:
        key = given_key("--key", options.key, LOG)
        outside = Outside(given_key("--witness-key", options.witness_key, COSIGNER))
        if options.tsa_ca:
            with open(options.tsa_ca, "rb") as file:
                outside.chain = b"".join(CERTIFICATE.findall(file.read()))
            if not outside.chain:
                raise CannotCheck("--tsa-ca holds no certificates")
        ed25519 = Ed25519(options.command_only)
        if options.earlier:
            outside.earlier = checkpoint_of(options.earlier, key, ed25519)
        print(check_path(options.path, key, ed25519, lambda line: print("ok  " + line), outside,
                         lambda line: print("--  not checked: " + line)))
        return 0
    except Rejected as error:
        print("REJECTED: %s" % error)
        return 1
    except (CannotCheck, OSError, ValueError) as error:
        print("CANNOT CHECK: %s" % error)
        return 2
    finally:
        if ed25519:
            ed25519.close()


if __name__ == "__main__":
    sys.exit(main())
