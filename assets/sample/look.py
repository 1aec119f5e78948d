"""How a superior's sheet looks and how it is saved: fonts, borders, merges, widths.

Knows nothing about people; sheets.py says what stands in the cells.
"""

import re
import subprocess
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

THIN = Side(style="thin", color="000000")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
SAVED = datetime(2026, 11, 18, 9, 30)


def new_book(title):
    """An empty workbook with one sheet and landscape A4 paper."""
    book = Workbook()
    book.active.title = title
    paper(book.active)
    book.properties.creator = "东溪街道"
    book.properties.created = SAVED
    return book


def paper(sheet):
    """A4 across, as wide as the page, header repeated by hand as clerks do."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def banner(sheet, row, width, text, size=18, face="方正小标宋简体", height=34, align="center"):
    """One merged line over the whole width: a title, a meta line or a note."""
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    cell = sheet.cell(row, 1, text)
    cell.font = Font(name=face, size=size)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = height


def headings(sheet, top, paths, fill=None, face="黑体", size=11):
    """Writes headings of one to three levels, merging across and down; answers the last row."""
    levels = max(len(path) for path in paths)
    for level in range(levels):
        column = 0
        while column < len(paths):
            path, last = paths[column], column
            if level < len(path):
                while last + 1 < len(paths) and len(path) > level + 1 and paths[last + 1][:level + 1] == path[:level + 1]:
                    last += 1
                bottom = levels - 1 if level == len(path) - 1 else level
                sheet.cell(top + level, column + 1, path[level])
                if last > column or bottom > level:
                    sheet.merge_cells(start_row=top + level, start_column=column + 1,
                                      end_row=top + bottom, end_column=last + 1)
            column = last + 1
        longest = max(len(path[level]) for path in paths if len(path) > level)
        sheet.row_dimensions[top + level].height = 34 if longest > 7 else 24
    for row in sheet.iter_rows(min_row=top, max_row=top + levels - 1, max_col=len(paths)):
        for cell in row:
            cell.font, cell.border, cell.alignment = Font(name=face, size=size), BOX, CENTRE
            if fill:
                cell.fill = PatternFill("solid", fgColor=fill)
    return top + levels - 1


def body(sheet, row, values, face="宋体", size=11, left=(), height=20):
    """One bordered row; texts that look like numbers are kept as texts."""
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, None if value == "" else value)
        cell.font, cell.border = Font(name=face, size=size), BOX
        cell.alignment = LEFT if column in left else CENTRE
        if isinstance(value, str) and len(value) > 5 and value.isdigit():
            cell.number_format = "@"
    sheet.row_dimensions[row].height = height


def widths(sheet, sizes):
    """Column widths in characters."""
    for column, size in enumerate(sizes, 1):
        sheet.column_dimensions[get_column_letter(column)].width = size


def fix_clock(path):
    """Gives every part of a zipped document the same date, so that two runs are equal."""
    with zipfile.ZipFile(path) as old:
        parts = [(item.filename, old.read(item), item.compress_type) for item in old.infolist()]
    with zipfile.ZipFile(path, "w") as new:
        for name, content, kind in parts:
            if name in ("docProps/core.xml", "meta.xml"):
                content = re.sub(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?", SAVED.isoformat().encode(), content)
            entry = zipfile.ZipInfo(name, SAVED.timetuple()[:6])
            entry.compress_type, entry.external_attr = kind, 0o600 << 16
            new.writestr(entry, content)


def save(book, path):
    """Saves as .xlsx, or through LibreOffice as .xls or .ods, by the ending of the name."""
    kind = path.suffix[1:]
    if kind == "xlsx":
        book.save(path)
        fix_clock(path)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / (path.stem + ".xlsx")
        book.save(source)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                        "--convert-to", kind, "--outdir", folder, str(source)],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        made = source.with_suffix("." + kind).read_bytes()
        if path.exists() and same_cells(folder, path):
            return
        path.write_bytes(made)
    if kind == "ods":
        fix_clock(path)


def same_cells(folder, path):
    """Tells whether the file there already holds the same cells, so it need not be replaced."""
    old = Path(folder) / ("old" + path.suffix)
    old.write_bytes(path.read_bytes())
    new = Path(folder) / path.name
    cells = []
    for file in (old, new):
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", f"{folder}/back", str(file)],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        book = load_workbook(Path(folder) / "back" / (file.stem + ".xlsx"))
        cells.append([[[cell.value for cell in row] for row in sheet] for sheet in book])
    return cells[0] == cells[1]
