"""What qcode remembers about a person between projects, and where things are found.

Asked for on the command line beats the environment, which beats what is remembered. The file is
``settings.toml`` in the platform's folder for settings; ``QCODE_SETTINGS`` names another one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from qcode.errors import BadInput, NotFound
from qcode.language import _
from qcode.system import private_folder, write_atomically

PROJECT_SUFFIX = ".qcode"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is remembered; ``problem`` says what of the file could not be used, if anything."""

    coder: str = ""
    problem: str = ""


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
        coder = tomllib.loads(text).get("coder", "")
    except tomllib.TOMLDecodeError as error:
        return Settings(
            problem=_("{file} is not valid TOML and is left out: {why}").format(
                file=file, why=error
            )
        )
    if not isinstance(coder, str):
        return Settings(
            problem=_("{file}: “coder” must be a text; it is left out").format(file=file)
        )
    return Settings(coder=coder.strip())


def remember_coder(name: str) -> None:
    """Keep the coder's name for the next command; whatever else the file holds stays as it is."""
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
    kept["coder"] = name
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
