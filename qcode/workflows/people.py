"""Who speaks in documents, for which case, and what participants released."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from qcode.errors import BadInput, NotFound, Refused
from qcode.language import _
from qcode.model.case import INFORMANT, Attribute, Case, Consent, fitting
from qcode.model.document import Document
from qcode.model.naming import chosen
from qcode.store import answers, cases, codings, documents
from qcode.store.cases import Taken
from qcode.store.project import Reader, Step


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be said of the speaker with a label; what is empty stays as it is."""

    label: str
    kind: str = ""
    name: str = ""
    case: str = ""


def change(step: Step, of: Iterable[Document], wanted: Change) -> tuple[str, ...]:
    """Say who speaks under a label; return the names of the documents that have it.

    Without a label the case takes part in a document as a whole.
    """
    if not wanted.label and (wanted.kind or wanted.name):
        raise BadInput(_("name the speaker with --label"))
    case = case_named(step.connection, wanted.case) if wanted.case else None
    touched: list[str] = []
    seen: set[str] = set()
    for document in of:
        speaker = None
        if wanted.label:
            known = {one.label: one for one in documents.speakers(step.connection, document.id)}
            seen |= set(known)
            same = {label.casefold(): one for label, one in known.items()}
            speaker = known.get(wanted.label) or same.get(wanted.label.casefold())
            if speaker is None:
                continue
            if wanted.kind or wanted.name:
                documents.mend_speaker(
                    step, document.id, speaker.label, kind=wanted.kind, name=wanted.name
                )
        if case:
            cases.link(step, document.id, case.id, speaker.id if speaker else "")
        touched.append(document.name)
    if not touched:
        raise NotFound(
            _("no speaker has the label “{label}” there; there are: {known}").format(
                label=wanted.label, known=", ".join(sorted(seen)) or "-"
            )
        )
    return tuple(touched)


def finish(step: Step, document: Document, *, nothing: bool = False) -> None:
    """Record that the coder finished a document; one without codings must be said to be so."""
    coded = codings.counts(step.connection).get((document.id, step.coder), 0)
    if not coded and not nothing:
        raise Refused(
            _("you coded nothing in {document}; add --nothing if there is nothing to code").format(
                document=document.name
            )
        )
    if coded and nothing:
        raise Refused(_("you coded something in {document}; leave --nothing out").format(
            document=document.name))  # fmt: skip
    documents.finish(step, document.id, empty=nothing)


def case_named(connection: Reader, typed: str, *, retired: bool = False) -> Case:
    """Return the case of that name, or ``kind: name``, or a clear beginning of it."""
    everyone = cases_by_name(cases.listed(connection, retired=retired))
    try:
        return chosen(typed, everyone, _("case"))
    except NotFound:
        refuse_withdrawn(connection, typed)
        raise


def refuse_withdrawn(connection: Reader, typed: str) -> None:
    """Say that a participant took everything back, where one of that name did."""
    gone = {one.case for one in answers.listed(connection) if not one.coding and one.forbids}
    for case in cases.listed(connection, retired=True):
        if case.retired and case.id in gone and case.name.casefold() == typed.strip().casefold():
            raise NotFound(
                _("{case} took back everything he said: he is in no table, and nothing shows his "
                  "words").format(case=case.name)
            )  # fmt: skip


def cases_by_name(everyone: Iterable[Case]) -> Mapping[str, Case]:
    """Return cases by name, those that share one by ``kind: name``."""
    everyone = tuple(everyone)
    times = Counter(case.name for case in everyone)
    return {
        case.name if times[case.name] == 1 else f"{case.kind}: {case.name}": case
        for case in everyone
    }


def take_cases(step: Step, file: Path, *, update: bool = False) -> Taken:
    """Store the cases of a table; those that exist are skipped, or written over where asked."""
    from qcode.formats.folder import read_cases

    table = read_cases(file, cases.attributes_of(step.connection))
    return cases.add(step, table.cases, table.attributes, update=update)


def link(step: Step, document: Document, case: Case, label: str = "") -> None:
    """Record that a case takes part in a document, as the speaker with a label or as a whole."""
    speaker = ""
    if label:
        known = {one.label: one.id for one in documents.speakers(step.connection, document.id)}
        speaker = chosen(label, known, _("speaker"))
    cases.link(step, document.id, case.id, speaker)


def link_same_names(step: Step) -> tuple[str, ...]:
    """Link each document that has no case yet to the case of its name; return those names."""
    taken = {part.document for part in cases.participations(step.connection)}
    known = {case.name.casefold(): case for case in cases.listed(step.connection)}
    linked = []
    for document in documents.listed(step.connection):
        case = known.get(document.name.casefold())
        if case and document.id not in taken:
            cases.link(step, document.id, case.id)
            linked.append(document.name)
    return tuple(linked)


def set_value(step: Step, case: Case, attribute: str, values: tuple[str, ...]) -> None:
    """Set an attribute of a case; one that the project lacks is made, as a text.

    Raises BadInput for a value that is none of the attribute's type, NotFound where nothing is to
    be left of an attribute that there is not.
    """
    known = {one.name.casefold(): one for one in cases.attributes_of(step.connection)}
    found = known.get(attribute.casefold(), Attribute("", attribute, multiple=len(values) > 1))
    if not values:
        found = chosen(attribute, {one.name: one for one in known.values()}, _("attribute"))
    if len(values) > 1 and not found.multiple:
        raise BadInput(_("“{name}” takes one value").format(name=found.name))
    try:
        fit = tuple(fitting(value.strip(), found.type) for value in values)
    except BadInput as error:
        raise BadInput(_("“{name}”: {why}").format(name=found.name, why=error)) from error
    cases.set_value(step, case.id, found, fit)


def set_consent(step: Step, case: Case, quotation: bool | None, note: str) -> None:  # noqa: FBT001
    """Record whether a participant released quotations; without a note the old one stays."""
    now = _consent_now(step, case)
    cases.set_consent(step, case.id, replace(now, quotation=quotation, note=note or now.note))


def set_translation(step: Step, case: Case, translation: bool | None) -> None:  # noqa: FBT001
    """Record whether a participant's words may be quoted in another language."""
    cases.set_consent(step, case.id, replace(_consent_now(step, case), translation=translation))


def set_checking(step: Step, case: Case, checking: bool | None) -> None:  # noqa: FBT001
    """Record whether a participant wants his words brought back to be checked."""
    cases.set_consent(step, case.id, replace(_consent_now(step, case), checking=checking))


def note_consent(step: Step, case: Case, note: str) -> None:
    """Record what else a participant said of what may be done with his words."""
    cases.set_consent(step, case.id, replace(_consent_now(step, case), note=note))


def _consent_now(step: Step, case: Case) -> Consent:
    """Return what is recorded, which another person may have changed since a case was read."""
    known = {one.id: one.consent for one in cases.listed(step.connection, retired=True)}
    return known[case.id]


def add_case(step: Step, name: str, kind: str = INFORMANT) -> Case:
    """Make a case; one of that kind and name is refused, also a retired one."""
    name, kind = " ".join(name.split()), cases.kind_of(kind) or INFORMANT
    if not name:
        raise BadInput(_("a case needs a name"))
    id = cases.case_id(step, kind, name)
    known = {case.id: case for case in cases.listed(step.connection, retired=True)}
    if id in known:
        told = _("{kind} {name} is retired; bring it back") if known[id].retired else _(
            "there is a case {kind} {name} already")  # fmt: skip
        raise Refused(told.format(kind=kind, name=known[id].name))
    cases.add(step, [Case("", kind, name)])
    return Case(id, kind, name)


def describe(step: Step, document: Document, values: Mapping[str, str]) -> None:
    """Change what is known of a document; a name that another one has is refused."""
    if not values:
        raise BadInput(_("say what is to change: --name, --kind or --detail A=B"))
    taken = {one.name for one in documents.listed(step.connection, retired=True)} - {document.name}
    if values.get("name") in taken:
        raise Refused(_("there is a document “{name}” already").format(name=values["name"]))
    documents.set_details(step, document.id, values)
