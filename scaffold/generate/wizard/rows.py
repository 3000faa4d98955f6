"""The dialogue for an answer with rows: fields, handlers, menu items."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from scaffold.generate.answers.draft import Draft, node_of
from scaffold.generate.answers.kinds.tables import Table
from scaffold.generate.answers.question import Question, Subject
from scaffold.generate.wizard.listing import Option
from scaffold.generate.wizard.localized import fitted
from scaffold.generate.wizard.navigation import Back, Step, navigate
from scaffold.generate.wizard.prompts import Ask, Holder, steps_for
from scaffold.generate.wizard.terminal import Heading, Terminal
from scaffold.generate.wizard.wrapping import summary

Rows = dict[str, Any]
"""Code of a row -> its members, plain."""

_DONE = ("done", "")


class Row(NamedTuple):
    """A row while it is being edited."""

    code: str
    members: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TableEditor:
    """Adds, changes and removes the rows of one answer."""

    terminal: Terminal
    ask: Ask
    question: Question
    table: Table
    """The question's kind."""
    draft: Draft

    def edit(self, rows: Rows) -> Rows:
        """Let the user edit the rows and return them; raises Back with the rows."""
        heading = Heading(self.question.prompt, self.question.why)
        while True:
            try:
                verb, code = self.terminal.choose(heading, self._menu(rows), _DONE, self._fault_in(rows))
            except Back:
                raise Back(rows) from None
            if verb == "done":
                return rows
            if verb == "remove":
                rows = {other: row for other, row in rows.items() if other != code}
            else:
                rows = self._with_row(rows, code)

    def _menu(self, rows: Rows) -> list[Option]:
        return [
            Option(_DONE, f"done: {', '.join(rows) or 'none'}"),
            Option(("add", ""), f"add {self.table.a_row}"),
            *(Option(("change", code), f"change {code}: {self._shown(row)}") for code, row in rows.items()),
            *(Option(("remove", code), f"remove {code}") for code in rows),
        ]

    def _shown(self, row: Any) -> str:
        return summary(fitted(self.table.row, row, self.draft.locales))

    def _fault_in(self, rows: Rows) -> Any:
        """Return the check of the menu's choice: `done` is refused while the rows have a fault."""
        return lambda choice: (choice == _DONE and self.question.fault_of(rows, self.draft)) or ""

    def _with_row(self, rows: Rows, code: str) -> Rows:
        """Ask for one row, a new one if `code` is empty; going back from its start leaves it as it was."""
        steps = [] if code else [Step("code", lambda row: self._ask_code(rows, row))]
        try:
            row = navigate(
                Row(code, self._members(rows.get(code))),
                lambda row: [*steps, *self._member_steps(row, every=bool(code))],
                [],
            )
        except Back:
            return rows
        return {**rows, row.code: self._complete(row)}

    def _members(self, row: Any) -> dict[str, Any]:
        return dict(self.table.row.whole(node_of(row)).plain() or {})

    def _complete(self, row: Row) -> dict[str, Any]:
        """Return the members with the defaults that were accepted, so that the menu shows them."""
        values = {
            member.key: row.members.get(member.key, self._default(row, member))
            for member in self.table.row.members
        }
        return {key: value for key, value in values.items() if value is not None}

    def _default(self, row: Row, member: Question) -> Any:
        return member.default_for(Subject(self.draft, row.code))

    def _ask_code(self, rows: Rows, row: Row) -> Row:
        one = self.table.one
        taken = set(rows)
        free = next(code for number in range(1, len(rows) + 2) if (code := f"{one}_{number}") not in taken)

        def check(code: str) -> str:
            if code.strip() in taken:
                return (
                    f"there is already {self.table.a_row} `{code.strip()}`:"
                    " choose another code, or change that one"
                )
            return self.question.fault_of({code.strip(): {}}, self.draft) or ""

        heading = Heading(f"Code of the {one}", "its name in the script, in stored values and in i18n")
        try:
            return row._replace(code=self.terminal.text(heading, row.code or free, check).strip())
        except Back:
            raise Back(row) from None

    def _member_steps(self, row: Row, *, every: bool) -> list[Step[Row]]:
        """Return the prompts for the members; `every`: including those for texts in other languages."""
        holder: Holder[Row] = Holder(
            draft_of=lambda _: self.draft,
            given=lambda row, member: row.members.get(member.key),
            default=self._default,
            put=_put,
        )
        return [
            step
            for member in self.table.row.members
            for step in steps_for(
                member._replace(prompt=f"{row.code}: {member.prompt}"), self.draft.locales, holder, self.ask
            )
            if every or not step.on_request
        ]


def _put(row: Row, member: Question, value: Any) -> Row:
    others = {key: held for key, held in row.members.items() if key != member.key}
    return row._replace(members=others if value is None else {**others, member.key: value})
