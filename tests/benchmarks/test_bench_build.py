"""The benchmark's own input: reproducible, and as large as it says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_build", Path(__file__).with_name("bench_build.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_copies_are_distinct_and_the_same_each_time(bench: ModuleType, tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        bench.write_copies(bench.SAMPLES, tmp_path / name, 40)
    first = contents(tmp_path / "first")
    assert first == contents(tmp_path / "second")
    assert len(first) == 40
    assert len(set(first.values())) == 40


def test_a_variant_trades_names_in_one_pass(bench: ModuleType) -> None:
    assert bench.variant("koopstadt: Bremen, Leipzig", 0) == "koopstadt: Bremen, Leipzig"
    assert bench.variant("koopstadt: Bremen, Leipzig", 1) == "koopstadt 1: Leipzig, Nürnberg"


def test_the_one_article_has_exactly_its_words(bench: ModuleType, tmp_path: Path) -> None:
    article = bench.write_one_article(bench.SAMPLES, tmp_path)
    assert len(article.read_text(encoding="utf-8").split()) == bench.WORDS_OF_ONE_ARTICLE


def test_a_failing_command_ends_the_benchmark_with_its_message(bench: ModuleType) -> None:
    with pytest.raises(SystemExit, match="ended with 3"):
        bench.run(sys.executable, "-c", "raise SystemExit(3)")


def test_a_run_reports_time_and_memory(bench: ModuleType) -> None:
    result = bench.run(sys.executable, "-c", "x = bytearray(50_000_000)")
    assert result.seconds > 0
    assert result.peak_bytes is None or result.peak_bytes > 50_000_000
