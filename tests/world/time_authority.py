#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A time stamp authority to throw away (RFC 3161), with a root of its own: openssl's commands behind a little HTTP.

    time_authority.py make FOLDER               a root, an authority it vouches for; FOLDER/root.pem is for settings
    time_authority.py stamp FOLDER FILE OUT     the response to a query for FILE
    time_authority.py serve FOLDER              answers POST on a free loopback port; prints the port
"""
import http.server
import os
import subprocess
import sys

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Example Root
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
[authority]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = stamps
[stamps]
serial = {folder}/serial
signer_cert = {folder}/authority.pem
signer_key = {folder}/authority.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def openssl(*arguments):
    done = subprocess.run(["openssl", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit("openssl %s: %s" % (" ".join(arguments), done.stderr.decode("utf-8", "replace")))


def make(folder):
    os.makedirs(folder, exist_ok=True)
    config = os.path.join(folder, "openssl.cnf")
    at = lambda name: os.path.join(folder, name)
    with open(config, "w", encoding="utf-8") as file:
        file.write(CONFIG.format(folder=folder))
    with open(at("serial"), "w", encoding="utf-8") as file:
        file.write("01\n")
    openssl("req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", at("root.key"), "-out", at("root.pem"),
            "-days", "2", "-config", config, "-extensions", "root")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", at("authority.key"), "-out", at("authority.csr"),
            "-config", config, "-subj", "/CN=Example Authority")
    openssl("x509", "-req", "-in", at("authority.csr"), "-CA", at("root.pem"), "-CAkey", at("root.key"), "-days", "2",
            "-extfile", config, "-extensions", "authority", "-out", at("authority.pem"))


def reply(folder, query, out):
    openssl("ts", "-reply", "-config", os.path.join(folder, "openssl.cnf"), "-queryfile", query, "-out", out)


def stamp(folder, path, out):
    query = out + ".tsq"
    openssl("ts", "-query", "-data", path, "-sha256", "-cert", "-out", query)
    reply(folder, query, out)
    os.unlink(query)


class Authority(http.server.BaseHTTPRequestHandler):
    folder = ""

    def do_POST(self):
        query, out = os.path.join(self.folder, "query"), os.path.join(self.folder, "answer")
        with open(query, "wb") as file:
            file.write(self.rfile.read(int(self.headers["Content-Length"])))
        good = self.headers["Content-Type"] == "application/timestamp-query"
        body = b"not a query\n"
        if good:
            reply(self.folder, query, out)
            with open(out, "rb") as file:
                body = file.read()
        self.send_response(200 if good else 415)
        self.send_header("Content-Type", "application/timestamp-reply" if good else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve(folder):
    Authority.folder = folder
    server = http.server.HTTPServer(("127.0.0.1", 0), Authority)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    {"make": make, "stamp": stamp, "serve": serve}[sys.argv[1]](*sys.argv[2:])
