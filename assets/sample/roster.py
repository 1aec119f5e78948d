"""One superior's sheet in the making: whose rows, what differs from the ledger, what is wrong.

The roster answers for each cell what to write, and notes on the way what an import of the
sheet must find, so that expected.json can never disagree with the sheet itself.
"""

from unicodedata import normalize

from openpyxl.utils import get_column_letter

from people import COLUMNS

# With these the row's person is not sure, so the row may not simply be taken over.
HELD = {"id_checksum", "id_length", "id_digits_lost", "name_missing"}


class Roster:
    """People of one sheet with their changes (known but different) and spoilt cells."""

    def __init__(self, file, ledger, name, members):
        self.file, self.ledger, self.name = file, ledger, name
        self.members = {p.id_number for p in members}
        self.known = {}
        self.changes, self.spoilt, self.new = {}, {}, set()
        self.letters, self.paths = {}, []
        self.found = {"new": [], "joins": [], "differs": [], "fills": [], "held": [], "problems": []}
        self.header_rows, self.data_rows, self.total_rows, self.note_rows = None, None, [], []
        self.rows = 0

    def change(self, person, field, value):
        """The sheet says something else than the ledger."""
        self.changes.setdefault(person.id_number, {})[field] = value

    def spoil(self, person, field, text, code):
        """The cell holds something that cannot be right; `code` is what the import must say."""
        self.spoilt.setdefault(person.id_number, {})[field] = (text, code)

    def stranger(self, person):
        """The office does not know this person."""
        self.new.add(person.id_number)
        return person

    def value(self, person, field):
        """What stands in the cell, changed or spoilt where so decided."""
        if field in self.spoilt.get(person.id_number, {}):
            return self.spoilt[person.id_number][field][0]
        return self.changes.get(person.id_number, {}).get(field, COLUMNS[field](person))

    def lay(self, columns, header_rows):
        """Notes the columns: a list of (heading path, field or None)."""
        self.header_rows = header_rows
        for number, (path, field) in enumerate(columns, 1):
            letter = get_column_letter(number)
            self.paths.append((letter, "/".join("".join(normalize("NFKC", part).split()) for part in path), field))
            if field:
                self.letters.setdefault(field, letter)

    def wrote(self, person, row):
        """Notes what the row holds; call once for every row about a person."""
        self.rows += 1
        self.data_rows = [self.data_rows[0] if self.data_rows else row, row]
        who = {"row": row, "name": person.name}
        if any(code in HELD for _, code in self.spoilt.get(person.id_number, {}).values()):
            self.found["held"].append(who)
            self.note_spoilt(person, row)
            return
        if person.id_number in self.new:
            self.found["new"].append(who)
        elif self.ledger and person.id_number not in self.members:
            self.found["joins"].append(who)
        if person.id_number not in self.new:
            for field, after in self.changes.get(person.id_number, {}).items():
                before = COLUMNS[field](person)
                kind = "differs" if before else "fills"
                self.found[kind].append({**who, "field": field, "before": before, "after": after})
        self.note_spoilt(person, row)

    def note_spoilt(self, person, row):
        """Notes the spoilt cells of the row."""
        for field, (_, code) in self.spoilt.get(person.id_number, {}).items():
            # A missing name is said of the row, not of a cell.
            self.problem(row, None if code == "name_missing" else self.letters[field], code)

    def problem(self, row, column, code):
        """Notes a problem that the import must name."""
        self.found["problems"].append({"row": row, "column": column, "code": code})

    def expected(self):
        """What an import of this sheet must find, for the tests."""
        counts = {key: len(value) for key, value in self.found.items()}
        return {"file": self.file, "sheet": self.name, "ledger": self.ledger, "rows": self.rows,
                "header_rows": self.header_rows, "data_rows": self.data_rows,
                "total_rows": self.total_rows, "note_rows": self.note_rows,
                "columns": [{"letter": a, "heading": b, "field": c} for a, b, c in self.paths],
                "counts": counts, **self.found}
