"""What qcode remembers about a person between projects, and where things are found.

Asked for on the command line beats the environment, which beats what is remembered. The file is
``settings.toml`` in the platform's folder for settings; ``QCODE_SETTINGS`` names another one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qcode.errors import BadInput, NotFound
from qcode.language import _
from qcode.system import private_folder, write_atomically

PROJECT_SUFFIX = ".qcode"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is remembered; ``problem`` says what of the file could not be used, if anything."""

    coder: str = ""
    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys, separated by commas, by the id of what they do; what is not here keeps its own."""
    problem: str = ""
    hide_attributes: bool = False
    """Whether what is known of informants stays out of sight while coding."""
    player: str = ""
    """How recordings are played, such as ``mpv --start={seconds} {file}``."""


def settings_file() -> Path:
    """Return where the settings are kept, whether or not the file exists."""
    if asked := os.environ.get("QCODE_SETTINGS"):
        return Path(asked)
    from platformdirs import user_config_path

    return user_config_path("qcode", appauthor=False) / "settings.toml"


def remembered() -> Settings:
    """Read the settings; a broken file counts as empty and says so in ``problem``."""
    file = settings_file()
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError):
        return Settings(problem=_("{file} cannot be read; it is left out").format(file=file))
    import tomllib

    try:
        return _understood(tomllib.loads(text), file)
    except tomllib.TOMLDecodeError as error:
        return Settings(
            problem=_("{file} is not valid TOML and is left out: {why}").format(
                file=file, why=error
            )
        )


def _understood(held: Mapping[str, object], file: Path) -> Settings:
    problems: list[str] = []

    def text(value: object, name: str) -> str:
        if isinstance(value, str):
            return value.strip()
        said = _("{file}: “{name}” must be a text; it is left out")
        problems.append(said.format(file=file, name=name))
        return ""

    coder, theme, player = (text(held.get(name, ""), name) for name in ("coder", "theme", "player"))
    given = held.get("keys", {})
    if not isinstance(given, Mapping):
        problems.append(_("{file}: “keys” must be a table; it is left out").format(file=file))
        given = {}
    hide = held.get("hide_attributes", False)
    if not isinstance(hide, bool):
        problems.append(
            _("{file}: “hide_attributes” must be true or false; it is left out").format(file=file)
        )
    keys = {id: text(value, id) for id, value in _flat(given)}
    return Settings(coder, theme, {id: value for id, value in keys.items() if value},
                    " ".join(problems), hide is True, player)  # fmt: skip


def _flat(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    """Yield names with their dots, however they were written: ``a.b = 1`` is a table in TOML."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def remember_coder(name: str) -> None:
    """Keep the coder's name for the next command; whatever else the file holds stays as it is."""
    _remember("coder", name)


def remember_theme(name: str) -> None:
    """Keep the name of the theme for the next time; whatever else the file holds stays."""
    _remember("theme", name)


def remember_hidden(*, hidden: bool) -> None:
    """Keep whether informants' attributes are hidden while coding."""
    _remember("hide_attributes", hidden)


def _remember(name: str, value: str | bool) -> None:  # noqa: FBT001 - one value of the file
    import tomlkit
    from tomlkit.exceptions import ParseError

    file = settings_file()
    try:
        kept = tomlkit.parse(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        kept = tomlkit.document()
    except (ParseError, UnicodeDecodeError) as error:
        raise BadInput(
            _("the settings are not valid TOML; mend or delete the file"), file=str(file)
        ) from error
    kept[name] = value
    private_folder(file.parent)
    write_atomically(file, tomlkit.dumps(kept).encode())


def coder_name(asked: str = "") -> str:
    """Return who codes: as asked, else ``QCODE_CODER``, else as remembered, else the login."""
    typed = asked.strip() or os.environ.get("QCODE_CODER", "").strip()
    return typed or remembered().coder or login_name()


def login_name() -> str:
    """Return the name this person logged in with, or ``coder`` where there is none."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "coder"


def project_place(asked: str = "", folder: Path | None = None) -> str:
    """Return the file or address of the project: as asked, ``QCODE_PROJECT``, or the one here.

    Raises NotFound where the folder (the current one by default) holds none, or several.
    """
    if typed := asked or os.environ.get("QCODE_PROJECT", ""):
        return typed
    here = folder or Path()
    found = sorted(here.glob(f"*{PROJECT_SUFFIX}"))
    if len(found) == 1:
        return str(found[0])
    if found:
        raise NotFound(
            _("this folder holds {number} projects ({names}); say which one with -p").format(
                number=len(found), names=", ".join(file.name for file in found)
            )
        )
    raise NotFound(
        _("this folder holds no project: “qcode demo” opens a sample, “qcode init NAME” makes one "
          "here, and -p names one elsewhere")
    )  # fmt: skip


def shipped(name: str) -> Path:
    """Return a folder that comes with qcode: ``codebooks`` or ``projects``."""
    package = Path(__file__).parent
    for folder in (package / "shipped" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise NotFound(_("the folder “{name}” is missing from this installation").format(name=name))
