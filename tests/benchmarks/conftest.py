"""Benchmarks import each other by their bare names, as they do when one is run from the command line."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
