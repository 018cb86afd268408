"""All hostile files."""

from __future__ import annotations

import hostile_archives
import hostile_markup
import hostile_texts

CASES = (*hostile_texts.cases(), *hostile_markup.cases(), *hostile_archives.cases())
