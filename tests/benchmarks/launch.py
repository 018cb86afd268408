"""Run a command and write what it used: ``python launch.py FILE COMMAND…`` writes JSON to FILE.

A process begins with the memory of the one that starts it in its account of the peak, so a large one may not start the
command itself. This one imports next to nothing.
"""

import json
import os
import subprocess
import sys

if __name__ == "__main__":  # tests that collect every file import it
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        process = subprocess.Popen(sys.argv[2:])
        used = {"status": 0, "peak": None, "processor": None}
        if hasattr(os, "wait4"):
            _, status, usage = os.wait4(process.pid, 0)
            used["status"] = process.returncode = os.waitstatus_to_exitcode(status)
            # Linux counts kilobytes here, macOS bytes.
            used["peak"] = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
            used["processor"] = usage.ru_utime + usage.ru_stime
        else:
            used["status"] = process.wait()
        json.dump(used, file)
