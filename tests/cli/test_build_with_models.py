"""``koopgraph build --with``: other people's models beside our rules, as a user calls them."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from koopgraph.extract.registry import available, missing

Run = Callable[..., "CompletedProcess[bytes]"]
KEY = "sk-very-secret"
TEXT = "Neues aus Gera\n\nIn Gera wird qwertz gebaut. Anna Müller leitet qwertz."
QWERTZ = {"type": "Project", "name": "qwertz"}
ANNA = {"type": "Person", "name": "Anna Müller"}
ANSWER = {
    "entities": [{**QWERTZ, "mentions": ["qwertz"]}, {**ANNA, "mentions": []}],
    "statements": [
        {"relation": "leads", "subject": ANNA, "object": QWERTZ, "quote": "Anna Müller leitet qwertz."},
        {"relation": "leads", "subject": ANNA, "object": QWERTZ, "quote": "Anna Müller träumt von qwertz."},
    ],
}


def needs(name: str) -> None:
    """Skip where koopgraph was installed without the optional extractor or what it needs."""
    point = available().get(name)
    if point is None or missing(point):
        pytest.skip(f"pip install 'koopgraph[{name}]'")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """Return one article with a project that no rule recognises."""
    file = tmp_path / "gera.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run an endpoint that answers every request with :data:`ANSWER` and return its base address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            message = {"message": {"content": json.dumps(ANSWER)}, "finish_reason": "stop"}
            usage = {"prompt_tokens": 500, "completion_tokens": 100}
            body = json.dumps({"choices": [message], "usage": usage}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_language_model_adds_what_it_can_quote(
    koopgraph: Run, article: Path, endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("llm")
    monkeypatch.setenv("KOOPGRAPH_LLM_KEY", KEY)
    config = tmp_path / "koopgraph.toml"
    config.write_text(
        f'[extractors.llm]\nurl = "{endpoint}"\nmodel = "tiny"\nprice_in = 2\nprice_out = 10\ncache = "answers"\n',
        encoding="utf-8",
    )
    done = koopgraph("build", article, "--with", "llm", "--config", config, "-o", "out")
    assert done.returncode == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    notes = report["extractors"]["llm"]
    assert (notes["tokens_in"], notes["tokens_out"], notes["cost"]) == (500, 100, 0.002)
    assert notes["dropped"] == {"quotes_not_in_article": 1}
    graph = (tmp_path / "out" / "dataset.trig").read_text(encoding="utf-8")
    assert 'koop:extractor "llm"' in graph
    assert "Anna Müller leitet qwertz." in graph
    assert "träumt" not in graph
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in written if KEY.encode() in path.read_bytes()]
    assert KEY.encode() not in done.stdout + done.stderr


def test_a_server_that_is_not_there_leaves_the_built_in_statements(
    koopgraph: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("llm")
    monkeypatch.setenv("KOOPGRAPH_LLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("KOOPGRAPH_LLM_MODEL", "tiny")
    monkeypatch.setenv("KOOPGRAPH_LLM_ATTEMPTS", "1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    done = koopgraph("build", article, "--with", "llm", "--strict", "-o", "out")
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert done.returncode == 1
    assert [p["source"] for p in report["problems"]] == ["gera.txt"]
    assert report["problems"][0]["reason"].startswith("extractor llm: the endpoint could not be reached")
    assert report["counts"]["articles"] == 1
    assert report["entities"]["City"] == 1


@pytest.mark.parametrize(("name", "setting"), [("spacy", "MODEL"), ("llm", "URL"), ("gliner", "MODEL")])
def test_an_extractor_without_its_settings_is_one_line_before_anything_is_written(
    koopgraph: Run, article: Path, tmp_path: Path, name: str, setting: str
) -> None:
    needs(name)
    done = koopgraph("build", article, "--with", name, "-o", "out")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert f"KOOPGRAPH_{name.upper()}_{setting}".encode() in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_spacy_pipeline_adds_names_about_which_the_rules_find_statements(
    koopgraph: Run, article: Path, tmp_path: Path
) -> None:
    needs("spacy")
    import spacy

    pipeline = spacy.blank("de")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PRODUCT", "pattern": "qwertz"}])
    pipeline.to_disk(tmp_path / "pipeline")
    config = tmp_path / "koopgraph.toml"
    config.write_text(
        '[extractors.spacy]\nmodel = "pipeline"\n[extractors.spacy.labels]\nPRODUCT = "Project"\n', encoding="utf-8"
    )
    done = koopgraph("build", article, "--with", "spacy", "--config", config, "-o", "out")
    assert done.returncode == 0, done.stderr
    graph = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert "project:qwertz a koop:Project" in graph
    assert "koop:leads project:qwertz" in graph


def test_without_them_no_model_and_no_network_library_is_loaded(article: Path, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom koopgraph.pipeline import build\n"
        f"build([{str(article)!r}], output={str(tmp_path / 'out')!r})\n"
        "print([m for m in ('spacy', 'gliner2', 'torch', 'httpx', 'stamina') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"
