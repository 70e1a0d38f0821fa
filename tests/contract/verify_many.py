# SPDX-License-Identifier: Apache-2.0
"""verify_many.py VERIFY_PY FOLDER VKEY: the verdict of verify.py on each file of a folder, in one process."""
import importlib.util
import os
import sys

sys.dont_write_bytecode = True
specification = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(specification)
specification.loader.exec_module(verify)
ed25519 = verify.Ed25519()
for name in sorted(os.listdir(sys.argv[2])):
    try:
        verdict = verify.check_path(os.path.join(sys.argv[2], name), sys.argv[3], ed25519)
    except verify.Rejected as error:
        verdict = "REJECTED: %s" % error
    print("%s %s" % (name, verdict.replace("\n", " ")))
ed25519.close()
