"""``python -m definitions``: list the definitions, show one, read a file as facts, evaluate facts.

``read`` takes a MOF.yml, a model card (README.md) or a record of the Hugging Face Hub and
writes facts, which ``evaluate`` judges: ``python -m definitions read MOF.yml | python -m
definitions evaluate -``. Needs no database and no Django. Exit status: 0 done, 2 bad input,
with a message that names the place in the file.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from definitions import registry
from definitions.core import Definition, evaluate
from definitions.explain import definition_json, definition_text, verdict_text
from definitions.facts import Facts, json_schema
from definitions.judged import judged_now
from definitions.readers import facts_json, files
from definitions.readers.addresses import is_repo_id
from definitions.readers.facts_json import FactsRead
from definitions.readers.files import FileKind
from definitions.readers.known_licences import register
from definitions.readers.records import Problem
from definitions.register_licences import filled, register_licences

BAD_INPUT = 2
LARGEST_FILE = 5_000_000
"""Bytes of a facts file. The largest real one is below 100 kB."""


class InputError(Exception):
    """Input that cannot be used; the text is for the user."""


def out(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def as_json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def find(identifier: str) -> Definition:
    """A definition by its id (``osaid-1.0``) or its key, newest version (``osaid``)."""
    for lookup in (registry.get, registry.latest):
        try:
            return lookup(identifier)
        except KeyError:
            continue
    known = ", ".join(definition.id for definition in registry.DEFINITIONS)
    raise InputError(f"no definition “{identifier}”; there are: {known}")


def read_facts(name: str) -> Facts:
    """The facts in a file, or on standard input where the name is ``-``."""
    return facts_or_input_error(name, facts_json.read(read_bytes(name)))


def facts_or_input_error(name: str, found: FactsRead) -> Facts:
    if found.facts is None:
        line = f":{found.line}" if found.line else ""
        raise InputError(f"{name}{line}: {sentence(found.fault)}")
    return found.facts


def sentence(problem: Problem) -> str:
    return f"{problem.path}: {problem.message}" if problem.path else problem.message


def read_bytes(name: str) -> bytes:
    """What is in a file, or on standard input."""
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}") from None
    if len(raw) > LARGEST_FILE:
        raise InputError(f"{name}: larger than {LARGEST_FILE:,} bytes")
    return raw


def read_file(options: argparse.Namespace) -> None:
    """The facts in a file of any kind; what could not be taken goes to standard error."""
    found = files.read(
        options.file,
        read_bytes(options.file),
        register(),
        kind=FileKind.of(options.kind) if options.kind else None,
        card=read_bytes(options.card) if options.card else None,
        repo=options.repo or "",
    )
    facts = facts_or_input_error(options.file, found)
    tell(options.file, found.problems)
    out(as_json(facts.to_json()))


def repository(text: str) -> str:
    """The id of a repository of the Hub, for the option."""
    if not is_repo_id(text):
        raise argparse.ArgumentTypeError(f"“{text}” is not owner/name")
    return text


def tell(name: str, problems: Iterable[Problem]) -> None:
    for problem in problems:
        sys.stderr.write(f"{name}: {sentence(problem)} [{problem.code}]\n")


def list_definitions(options: argparse.Namespace) -> None:
    if options.format == "json":
        out(as_json([definition_json(definition) for definition in registry.DEFINITIONS]))
        return
    for definition in registry.DEFINITIONS:
        out(f"{definition.id:<14} {definition.title} ({definition.steward})")


def show(options: argparse.Namespace) -> None:
    definition = find(options.definition)
    if options.format == "json":
        out(as_json(definition_json(definition)))
    else:
        out(definition_text(definition))


def evaluate_file(options: argparse.Namespace) -> None:
    chosen = [find(options.definition)] if options.definition else registry.DEFINITIONS
    names: list[str] = []
    facts = read_facts(options.facts)
    if options.licences == "register":
        facts, names = filled(facts, register_licences())
    verdicts = [(definition, evaluate(definition, facts)) for definition in chosen]
    if options.format == "text":
        if names:
            out(f"Licence facts of the register were filled in for: {', '.join(names)}\n")
        out("\n\n".join(verdict_text(*pair) for pair in verdicts))
        return
    out(
        as_json(
            {
                "system": facts.system.slug,
                "facts_fingerprint": facts.fingerprint,
                "licences_filled": names,
                "verdicts": [verdict.to_json() for _, verdict in verdicts],
            }
        )
    )


def judged_file(options: argparse.Namespace) -> None:
    """What a ruling made today on this criterion would keep, for ``rulings`` in a facts file."""
    facts = read_facts(options.facts)
    definition = find(options.criterion.partition("/")[0])
    findings = {finding.code: finding for finding in evaluate(definition, facts).findings}
    if options.criterion not in findings:
        raise InputError(f"{definition.id} has no criterion “{options.criterion}”")
    used = {*findings[options.criterion].facts_used, *options.also}
    out(as_json([{"path": fact.path, "value": fact.value} for fact in judged_now(facts, used)]))


def schema(_: argparse.Namespace) -> None:
    out(as_json(json_schema()))


def options_of_read(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="the file, or - for input")
    kinds = "; ".join(f"{kind.value}: {kind.label}" for kind in FileKind)
    command.add_argument(
        "--kind", choices=[kind.value for kind in FileKind], help=f"what the file is ({kinds})"
    )
    command.add_argument("--card", metavar="README.md", help="the card of a record of the Hub")
    command.add_argument("--repo", metavar="OWNER/NAME", type=repository, help="whose card it is")


def parser() -> argparse.ArgumentParser:
    main_parser = argparse.ArgumentParser(prog="python -m definitions", description=__doc__)
    commands = main_parser.add_subparsers(required=True, metavar="COMMAND")
    formats: dict[str, Any] = {"choices": ["text", "json"]}

    command = commands.add_parser("list", help="list the definitions")
    command.add_argument("--format", default="text", **formats)
    command.set_defaults(run=list_definitions)

    command = commands.add_parser("show", help="show one definition with its criteria")
    command.add_argument("definition", metavar="KEY", help="osaid-1.0, or osaid for the newest")
    command.add_argument("--format", default="text", **formats)
    command.set_defaults(run=show)

    command = commands.add_parser("read", help="read a MOF.yml, model card or Hub record as facts")
    options_of_read(command)
    command.set_defaults(run=read_file)

    command = commands.add_parser("evaluate", help="judge a facts file")
    command.add_argument("facts", metavar="FACTS.json", help="a facts file, or - for input")
    command.add_argument("--definition", metavar="KEY", help="only this definition")
    command.add_argument("--format", default="json", **formats)
    command.add_argument(
        "--licences",
        choices=["register", "document"],
        default="register",
        help="fill in what the register knows of licences that the file does not describe, or not",
    )
    command.set_defaults(run=evaluate_file)

    command = commands.add_parser("judged", help="the facts that a ruling would be made on")
    command.add_argument("facts", metavar="FACTS.json", help="a facts file, or - for input")
    command.add_argument("criterion", metavar="CODE", help="such as osaid-1.0/data-info-complete")
    command.add_argument("also", nargs="*", metavar="PATH", help="facts it rests on besides")
    command.set_defaults(run=judged_file)

    command = commands.add_parser("schema", help="print the JSON Schema of a facts file")
    command.set_defaults(run=schema)
    return main_parser


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        options.run(options)
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return BAD_INPUT
    return 0


if __name__ == "__main__":
    sys.exit(main())
