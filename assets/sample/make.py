#!/usr/bin/env python3
"""Makes the practice office 梅园居民区 (梅园 does not exist, nor does anybody in it).

    python3 assets/sample/make.py            everything
    python3 assets/sample/make.py --office   only committee.toml, residents.csv, ledgers/
    python3 assets/sample/make.py --check    counts and ID numbers of what lies there

Needs Python 3.9+ with openpyxl, and LibreOffice (soffice) for the .xls and .ods sheet.
One seed decides everything, so two runs give the same people and the same sheets.

What it writes beside itself:
  committee.toml      the committee: names, officers, filler, telephone
  residents.csv       1,200 residents; the header holds dictionary field ids, UTF-8
  ledgers/ID.csv      who stands in which ledger
  sheets/             ten sheets as superiors send them, for trying the import
  sheets/expected.json  what an import of each sheet must find (rows, changes, problems)

Other files: words.py (word lists), people.py (who lives where), facts.py (what is known of
those in ledgers), ledgers.py (who is in which), sheets.py (the ten sheets), roster.py (one
sheet and what is wrong in it), look.py (fonts, borders, saving).

ID numbers start with 990102, a region that does not exist; telephone numbers lie in ranges
that no operator has been given.
"""

import csv
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import facts  # noqa: E402
import ledgers  # noqa: E402
import people  # noqa: E402

COMMITTEE = '''# The practice office. Invented from top to bottom.
name = "梅园居民区"
full_name = "东溪街道梅园居民委员会"
subdistrict = "东溪街道"
director = "沈梅芳"
filler = "蒋一鸣"
phone = "0800-5550168"
address = "梅园新村3号楼底层"

[[officer]]
name = "沈梅芳"
duty = "主任"

[[officer]]
name = "许文静"
duty = "副主任"

[[officer]]
name = "蒋一鸣"
duty = "社工（民政、老龄）"

[[officer]]
name = "陶春燕"
duty = "社工（残联、救助）"

[[officer]]
name = "魏立新"
duty = "社工（综治、房屋）"

[[grid]]
name = "第一网格"
buildings = ["1号楼", "2号楼", "3号楼", "4号楼", "5号楼"]
worker = "许文静"

[[grid]]
name = "第二网格"
buildings = ["6号楼", "7号楼", "8号楼", "9号楼", "10号楼"]
worker = "蒋一鸣"

[[grid]]
name = "第三网格"
buildings = ["11号楼", "12号楼", "13号楼", "14号楼"]
worker = "陶春燕"

[[grid]]
name = "第四网格"
buildings = ["15号楼", "16号楼", "17号楼", "18号楼"]
worker = "魏立新"
'''

def write_csv(path, header, rows):
    """Writes UTF-8 without a mark, one line per row, newline as on Unix."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_office(office, everyone):
    """Writes committee.toml, residents.csv and the memberships; answers the memberships."""
    (HERE / "committee.toml").write_text(COMMITTEE, encoding="utf-8")
    known = {field: read for field, read in people.COLUMNS.items() if not field.startswith("row.")}
    write_csv(HERE / "residents.csv", known, ([read(p) for read in known.values()] for p in everyone))
    lists = ledgers.memberships(everyone, office)
    for name, (header, rows) in lists.items():
        write_csv(HERE / "ledgers" / f"{name}.csv", header, rows)
    return lists


def check():
    """Counts what lies there and verifies every ID number; answers with the exit code."""
    rows = list(csv.DictReader((HERE / "residents.csv").open(encoding="utf-8", newline="")))
    wrong = [r["person.name"] for r in rows
             if people.check_digit(r["person.id_number"][:17]) != r["person.id_number"][17]
             or r["person.id_number"][6:14] != r["person.birth_on"].replace("-", "")
             or (int(r["person.id_number"][16]) % 2 == 1) != (r["person.gender"] == "男")]
    homes = {r["household.number"] for r in rows}
    buildings = {r["place.building"] for r in rows}
    print(f"residents {len(rows)}, households {len(homes)}, buildings {len(buildings)}, wrong IDs {len(wrong)}")
    for path in sorted((HERE / "ledgers").glob("*.csv")):
        print(f"  {path.stem}: {sum(1 for _ in csv.reader(path.open(encoding='utf-8', newline=''))) - 1}")
    return 0 if (len(rows), len(homes), len(buildings), len(wrong)) == (1200, 430, 18, 0) else 1


def main(arguments):
    """Runs what the arguments ask for."""
    if "--check" in arguments:
        return check()
    office, everyone = people.populate()
    facts.give(everyone)
    lists = write_office(office, everyone)
    if "--office" not in arguments:
        import sheets
        sheets.write_all(office, everyone, lists, HERE / "sheets")
    return check()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
