"""JSON in and out for frozen dataclasses, and the JSON Schema that goes with them.

One description, the dataclass with its type hints, gives the reader, the
writer and the published schema, so that the three cannot drift apart.

Supported field types: ``str``, a ``Term`` enumeration, a nested
dataclass, tuples of these, mappings from a string (or Term) to a dataclass,
and ``X | None``. A field that equals its default is left out of the JSON:
in Glassbox an absent key always means *unknown*.
"""

import json
import types
from collections import Counter
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from definitions.vocabulary import Term

type Json = dict[str, Any]


class FactsError(ValueError):
    """A facts document that cannot be read: where in it, and why.

    ``path`` is a JSON path such as ``$.components.training_code.licence``.
    """

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


LONGEST = 2000
"""Characters of any text, as of an address."""

LENGTHS = {
    "country": 2,
    "criterion": 100,
    "date": 10,
    "licence": 300,
    "name": 300,
    "persistent_id": 200,
    "quote": 1000,
    "rationale": 5000,
    "release_date": 10,
    "schema": 100,
    "slug": 200,
    "training_compute": 100,
    "version": 100,
}
"""Characters of the texts that have another limit, by their key."""

LONGEST_KEY = 200
MOST_ROWS = 1000
"""Rows of one list or mapping."""

HINTS: dict[type, dict[str, Any]] = {}


def hints(cls: type) -> dict[str, Any]:
    """The resolved type hints of a dataclass, read once per class."""
    if cls not in HINTS:
        HINTS[cls] = get_type_hints(cls)
    return HINTS[cls]


def default_of(field: Field[Any]) -> Any:
    """The default of a field, or ``MISSING`` where the key is required."""
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


# --- reading ---------------------------------------------------------------------------


def parse_json(text: str | bytes) -> Any:
    """JSON in which each key of an object is given once.

    FactsError for a key given twice, ValueError for what is not JSON or nested too deeply.
    """
    try:
        return json.loads(text, object_pairs_hook=unique, parse_constant=refuse_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def unique(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        again, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise FactsError("$", f"the key “{again[:80]}” is given twice")
    return found


def refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def decode[T](cls: type[T], value: object, path: str = "$") -> T:
    """Build a dataclass from parsed JSON; raises FactsError with the path of the fault."""
    if not isinstance(value, Mapping):
        raise FactsError(path, f"expected an object, got {name_of(value)}")
    known = {field.name: field for field in fields(cls)}  # type: ignore[arg-type]
    for key in value:
        if key not in known:
            raise FactsError(f"{path}.{key[:80]}", "unknown key")
    arguments: dict[str, Any] = {}
    for name, field in known.items():
        if name in value:
            arguments[name] = decode_value(hints(cls)[name], value[name], f"{path}.{name}")
        elif default_of(field) is MISSING:
            raise FactsError(f"{path}.{name}", "this key is required")
    return cls(**arguments)


def decode_value(hint: Any, value: object, path: str) -> Any:
    """Read one value of the given type hint."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = next(arg for arg in get_args(hint) if arg is not type(None))
        return None if value is None else decode_value(inner, value, path)
    if origin is tuple:
        return decode_list(get_args(hint)[0], value, path)
    if origin is Mapping:
        return decode_mapping(hint, value, path)
    if is_dataclass(hint):
        return decode(hint, value, path)  # type: ignore[arg-type]
    if isinstance(hint, type) and issubclass(hint, Term):
        return decode_term(hint, value, path)
    if not isinstance(value, str):
        raise FactsError(path, f"expected a text, got {name_of(value)}")
    check_text(value, path)
    return value


def decode_list(hint: Any, value: object, path: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise FactsError(path, f"expected a list, got {name_of(value)}")
    refuse_many(value, path)
    return tuple(decode_value(hint, item, f"{path}[{n}]") for n, item in enumerate(value))


def decode_mapping(hint: Any, value: object, path: str) -> dict[Any, Any]:
    key_hint, item_hint = get_args(hint)
    if not isinstance(value, Mapping):
        raise FactsError(path, f"expected an object, got {name_of(value)}")
    refuse_many(value, path)
    for key in value:
        if len(key) > LONGEST_KEY:
            raise FactsError(path, f"a key of more than {LONGEST_KEY} characters")
    return {
        decode_value(key_hint, key, f"{path}.{key}"): decode_value(item_hint, item, f"{path}.{key}")
        for key, item in value.items()
    }


def decode_term(hint: type[Term], value: object, path: str) -> Term:
    try:
        return hint(value)  # type: ignore[call-arg, arg-type]
    except ValueError:
        words = ", ".join(member.value for member in hint)
        raise FactsError(path, f"{name_of(value)} is not one of: {words}") from None


def refuse_many(rows: list[Any] | Mapping[Any, Any], path: str) -> None:
    if len(rows) > MOST_ROWS:
        raise FactsError(path, f"{len(rows):,} rows; at most {MOST_ROWS:,} are allowed")


def check_text(value: str, path: str) -> None:
    """Refuse what is too long, and what no database column and no XML can hold."""
    limit = LENGTHS.get(path.rpartition(".")[2], LONGEST)
    if len(value) > limit:
        raise FactsError(path, f"{len(value):,} characters; at most {limit:,} are allowed")
    if "\x00" in value:
        raise FactsError(path, "the text contains a NUL character")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise FactsError(path, "the text contains half of a surrogate pair")


def name_of(value: object) -> str:
    """A short name of a wrong value for a message."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return f"“{value[:40]}”"
    return {dict: "an object", list: "a list", int: "a number", float: "a number"}.get(
        type(value), type(value).__name__
    )


# --- writing ---------------------------------------------------------------------------


DEFAULTS: dict[type, tuple[tuple[str, Any], ...]] = {}


def defaults(cls: type) -> tuple[tuple[str, Any], ...]:
    """Each field of a dataclass with its default, read once per class."""
    if cls not in DEFAULTS:
        DEFAULTS[cls] = tuple((field.name, default_of(field)) for field in fields(cls))
    return DEFAULTS[cls]


def encode(value: Any) -> Json:
    """The JSON of a dataclass, without the keys that hold their default."""
    document: Json = {}
    for name, default in defaults(type(value)):
        item = getattr(value, name)
        if item is not default and item != default:
            document[name] = encode_value(item)
    return document


def encode_value(value: Any) -> Any:
    if value is None or type(value) is str:
        return value
    if isinstance(value, Term):
        return value.value
    if isinstance(value, tuple):
        return [encode_value(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): encode_value(item) for key, item in value.items()}
    return encode(value)


# --- JSON Schema -----------------------------------------------------------------------


def schema_of(hint: Any) -> Json:
    """The JSON Schema (2020-12) of one type hint."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = next(arg for arg in get_args(hint) if arg is not type(None))
        return {"anyOf": [schema_of(inner), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": schema_of(get_args(hint)[0]), "maxItems": MOST_ROWS}
    if origin is Mapping:
        return mapping_schema(*get_args(hint))
    if is_dataclass(hint):
        return object_schema(hint)  # type: ignore[arg-type]
    if issubclass(hint, Term):
        return {"enum": [member.value for member in hint]}
    return {"type": "string", "maxLength": LONGEST}


def mapping_schema(key_hint: Any, item_hint: Any) -> Json:
    schema: Json = {"type": "object", "additionalProperties": schema_of(item_hint)}
    schema["propertyNames"] = {"maxLength": LONGEST_KEY}
    schema["maxProperties"] = MOST_ROWS
    if key_hint is not str:
        schema["propertyNames"] = schema_of(key_hint)
    return schema


def object_schema(cls: type) -> Json:
    """A closed object: unknown keys are refused, as the reader does."""
    properties = {field.name: schema_of(hints(cls)[field.name]) for field in fields(cls)}
    for name, schema in properties.items():
        if schema.get("type") == "string":
            schema["maxLength"] = LENGTHS.get(name, LONGEST)
    required = [field.name for field in fields(cls) if default_of(field) is MISSING]
    found: Json = {
        "description": (cls.__doc__ or "").splitlines()[0],
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return found | ({"required": required} if required else {})
