# SPDX-License-Identifier: Apache-2.0
"""merkle_vectors.py VERIFY_PY FOLDER: runs the Merkle functions of verify.py on the vectors of transparency-dev."""
import base64
import glob
import importlib.util
import json
import os
import sys

sys.dont_write_bytecode = True
specification = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(specification)
specification.loader.exec_module(verify)
accepted, refused, wrong = 0, 0, []
for kind in ("inclusion", "consistency"):
    for name in sorted(glob.glob(os.path.join(sys.argv[2], kind, "**", "*.json"), recursive=True)):
        with open(name, encoding="utf-8") as file:
            case = json.load(file)
        hashes = [base64.b64decode(text) for text in case["proof"] or []]
        if kind == "inclusion":
            good = verify.verify_inclusion(case["leafIdx"], case["treeSize"], hashes, base64.b64decode(case["leafHash"]),
                                           base64.b64decode(case["root"]))
        else:
            good = verify.verify_consistency(case["size1"], case["size2"], hashes, base64.b64decode(case["root1"]),
                                             base64.b64decode(case["root2"]))
        accepted, refused = accepted + good, refused + (not good)
        if good == case["wantErr"]:
            wrong.append(name)
print("accepted %d, refused %d, wrong %s" % (accepted, refused, wrong))
