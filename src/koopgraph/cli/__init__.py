"""The command line: one module a command, loaded when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from koopgraph import __version__
from koopgraph.cli import logs
from koopgraph.errors import KoopgraphError

COMMANDS = {
    "build": "Build a knowledge graph from articles.",
    "review": "Judge duplicates and uncertain statements, one key a decision.",
    "link": "Link a built graph to Wikidata, GND or another authority.",
    "query": "Ask a built graph: SPARQL or a named question.",
    "serve": "Serve a built graph over HTTP: SPARQL endpoint, data, pages.",
    "validate": "Check a graph against the ontology's shapes.",
    "evaluate": "Measure against gold articles.",
    "visualize": "Write a page of a built graph, or of a part of it.",
    "export": "Write a built graph in another format.",
    "ontology": "Show the ontology: as a page, or as Turtle.",
    "train": "Fit the models again on gold articles.",
    "extractors": "List the installed extractors.",
}
INTERNAL_ERROR = 3


class LazyGroup(click.Group):
    """A group whose commands are imported one by one, so that each starts as fast as it can."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"koopgraph.cli.{cmd_name}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; where the reader of a pipe (head, less) has left, nothing is wrong."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            if sys.stderr.isatty():
                click.echo(err=True)  # ends the line on which the terminal shows ^C
            raise click.Abort from None  # as click itself would, which prints an empty line into any log
        except BrokenPipeError:
            # Here, as click itself would end with 1.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="koopgraph", prog_name="koopgraph")
def group() -> None:
    """Read articles on urban development and build a knowledge graph that cites its sentences.

    Example: koopgraph build articles/ -o output
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 findings, 2 usage or unreadable input, 3 internal error.

    A query whose time is up exits with 124, an interrupted command with 130. A user's error is one line on standard
    error, with the place in a query beneath. ``KOOPGRAPH_DEBUG=1`` shows the traceback of any error.
    """
    try:
        sys.exit(group.main(args=arguments, prog_name="koopgraph", standalone_mode=False) or 0)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.Abort:
        _fail("interrupted; outputs that were complete stay as they were", 130)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(0)
    except click.ClickException as error:
        _fail(error.format_message(), error.exit_code)
    except KoopgraphError as error:
        _fail(str(error), error.exit_code, error.excerpt)
    except Exception as error:
        _fail(f"internal error: {type(error).__name__}: {error}; KOOPGRAPH_DEBUG=1 shows where", INTERNAL_ERROR)
    finally:
        logs.take_down()


def _fail(message: str, code: int, excerpt: str = "") -> None:
    if os.environ.get("KOOPGRAPH_DEBUG"):
        raise
    if code == INTERNAL_ERROR:
        logs.logger.debug("what failed:", exc_info=True)
    logs.complain(" ".join(message.split()), excerpt=excerpt, event="failed", exit=code)
    sys.exit(code)
