"""The ten sheets of superiors: who stands in them, what differs, what is wrong on purpose.

Each function makes one file and answers what an import of it must find. Looks are in
look.py, bookkeeping of differences in roster.py.
"""

import json
from datetime import date
from random import Random

import facts
import ledgers
import look
from people import Household, RELATION_OF_SPOUSE, rooms, sample
from roster import COLUMNS, Roster

WIDE_DIGITS = str.maketrans("0123456789X-", "０１２３４５６７８９Ｘ－")


class Town:
    """The office as the departments know it: its people, and newcomers it has not met."""

    def __init__(self, office, everyone, lists):
        self.office, self.everyone = office, everyone
        taken = {(h.building, h.unit, h.room) for h in office.households}
        self.lists = lists
        self.empty = [flat for flat in rooms(Random(18)) if flat not in taken]

    def start(self, number):
        """Every sheet has its own chance, so that changing one leaves the others alone."""
        self.office.chance = Random(7000 + number)
        return self.office.chance

    def newcomer(self, gender, age, home=None):
        """Someone the office does not know yet, in an empty flat or the given home."""
        if home is None:
            building, unit, room = self.empty.pop()
            home = Household("newcomer", [], "", building, unit, room)
        person = self.office.person(gender, age, RELATION_OF_SPOUSE[gender] if home.members else "户主")
        if home.shape == "newcomer":
            home.members.append(person)
        person.household = home
        person.id_number = self.office.id_number(person.birth_on, gender)
        person.phone = self.office.phone()
        person.registered_address = person.living_address = home.address
        person.political_status, person.education, person.marital_status = "群众", "高中", "已婚"
        person.facts = {}
        return person

    def having(self, test):
        """The residents of whom `test` is true, in the order of the roster."""
        return [p for p in self.everyone if test(p)]


def rows_of(roster, sheet, columns, top, people, **style):
    """Writes headings and one row per person; each column is (path, field, width, text or None)."""
    last = look.headings(sheet, top, [c[0] for c in columns], style.pop("fill", None))
    roster.lay([(c[0], c[1]) for c in columns], [top, last])
    look.widths(sheet, [c[2] for c in columns])
    left = [n for n, c in enumerate(columns, 1) if c[2] >= 24]
    for number, person in enumerate(people, 1):
        row = last + number
        values = []
        for _, field, _, text in columns:
            raw = field in roster.spoilt.get(person.id_number, {}) if field else False
            value = roster_value(roster, person, field)
            values.append(value if raw or text is None else text(person, number, value))
        look.body(sheet, row, values, left=left, **style)
        roster.wrote(person, row)
    return last + len(people)


def tick(person, number, value):
    """是 and 否 as a tick or nothing."""
    return "√" if value == "是" else ""


def counter(person, number, value):
    """序号."""
    return number


def born(style):
    """Writes an ISO date in one of the styles met in sheets."""
    def write(person, number, value):
        if not value:
            return ""
        year, month, day = value.split("-")
        return {"dots": f"{year}.{int(month)}.{int(day)}", "month": f"{year}.{month}",
                "words": f"{year}年{int(month)}月{int(day)}日", "plain": f"{year}{month}{day}",
                "slash": f"{year}/{int(month)}/{int(day)}", "date": date(int(year), int(month), int(day))}[style]
    return write


def new_phones(roster, office, people):
    """These people have another number now (or one at last)."""
    for person in people:
        roster.change(person, "person.phone", office.phone())


def wrong_check(id_number):
    """The same number with a mistyped serial, so that the check digit is wrong."""
    return id_number[:15] + str((int(id_number[15]) + 3) % 10) + id_number[16:]


def whole(person, number, value):
    """An amount as a number."""
    return int(value) if value else ""


def disabled(town, folder):
    """1. Two-level header, a merged title, a total row, months in three styles; real .xls."""
    chance = town.start(1)
    members = town.having(lambda p: p.disability_kind)
    roster = Roster("残疾人两项补贴复核名单.xls", "disabled", "复核名单", members)
    people = sample(chance, members, 43)
    for kind, age in (("肢体残疾", 58), ("视力残疾", 67), ("听力残疾", 35)):
        person = roster.stranger(town.newcomer("女" if age == 67 else "男", age))
        person.disability_kind, person.disability_level = kind, "二级"
        person.facts.update(facts.allowances(person, "二级", "2026-10"))
        people.append(person)
    with_phone = [p for p in people[:43] if p.phone]
    new_phones(roster, town.office, with_phone[2:12:2])
    silent = [p for p in people[:43] if not p.phone]
    for person in [p for p in people[:43] if p.disability_level == "三级"][:2]:
        roster.change(person, "person.disability_level", "二级")
        for name, value in facts.allowances(person, "二级", "2026-10").items():
            roster.change(person, name, value)
    roster.spoil(people[20], "person.id_number", wrong_check(people[20].id_number), "id_checksum")
    roster.spoil(with_phone[15], "person.phone", with_phone[15].phone[:-1], "phone_invalid")
    months = [lambda y, m: f"{y}.{int(m)}", lambda y, m: f"{y}年{int(m)}月", lambda y, m: f"{y}{m}"]
    homes = [lambda h: h.address, lambda h: f"{h.building}号楼{h.room}室", lambda h: f"{h.building}-{h.room}",
             lambda h: f"{h.building}号楼{h.unit}单元{h.room}"]
    book = look.new_book("复核名单")
    sheet = book.active
    look.banner(sheet, 1, 12, "梅园居民区残疾人两项补贴复核名单")
    look.banner(sheet, 2, 12, "填报单位：东溪街道残联　　　　　　　　　　填报日期：2026年11月18日",
                11, "宋体", 22, "left")
    columns = [
        (("序号",), None, 6, counter), (("姓名",), "person.name", 10, None), (("性别",), "person.gender", 6, None),
        (("公民身份号码",), "person.id_number", 22, None),
        (("现住址",), "person.living_address", 27, lambda p, n, v: homes[n % 4](p.household)),
        (("联系方式",), "person.phone", 15, lambda p, n, v: v or ("未留" if p in silent[:2] else "")),
        (("残疾情况", "残疾类别"), "person.disability_kind", 10, lambda p, n, v: v if n % 5 == 0 else v[:2]),
        (("残疾情况", "等级"), "person.disability_level", 8, None),
        (("补贴起始月",), "person.disability_allowance_since", 13, lambda p, n, v: months[n % 3](*v.split("-")) if v else ""),
        (("每月补贴（元）", "困难残疾人生活补贴"), "person.disability_living_allowance", 13, whole),
        (("每月补贴（元）", "重度残疾人护理补贴"), "person.disability_care_allowance", 13, whole),
        (("备注",), "person.note", 14, lambda p, n, v: "" if p.id_number not in roster.new else "新办证"),
    ]
    last = rows_of(roster, sheet, columns, 3, people, fill="DDEBF7")
    look.body(sheet, last + 1, ["合计", f"{len(people)}人", "", "", "", "", "", "", "",
                                f"=SUM(J5:J{last})", f"=SUM(K5:K{last})", ""])
    sheet.merge_cells(start_row=last + 1, start_column=2, end_row=last + 1, end_column=9)
    roster.total_rows = [last + 1]
    sheet.freeze_panes = "A5"
    look.save(book, folder / roster.file)
    return [roster]


def winter_visits(town, folder):
    """2. Dates in five styles, a note below, signatures below that."""
    chance = town.start(2)
    members = town.having(lambda p: p.living_arrangement == "独居")
    roster = Roster("独居老人冬季走访名单.xlsx", "elderly_living_alone", "冬季走访", members)
    people = members[:38]
    widowed = [p for p in town.having(lambda p: p.age >= 76 and p.living_arrangement == "空巢")][:1]
    for person in widowed:
        roster.change(person, "person.living_arrangement", "独居")
    people = people + widowed + [roster.stranger(town.newcomer("女", 79))]
    people[-1].living_arrangement = "独居"
    people[-1].facts["row.last_visit_on"] = "2026-11-12"
    roster.change(widowed[0], "row.last_visit_on", "2026-11-16")
    for person in people[2:34:8]:
        roster.change(person, "row.last_visit_on", "2026-11-17")
    with_phone = [p for p in people[:38] if p.phone]
    new_phones(roster, town.office, with_phone[1:13:3])
    new_phones(roster, town.office, [p for p in people[:38] if not p.phone][:3])
    roster.spoil(people[17], "row.last_visit_on", "2026.11.31", "date_invalid")
    roster.spoil(people[26], "person.emergency_phone", people[26].emergency_phone + "8", "phone_invalid")
    styles = [born(kind) for kind in ("date", "dots", "words", "plain", "slash")]
    day = lambda p, n, v: styles[n % 5](p, n, v)
    book = look.new_book("冬季走访")
    sheet = book.active
    columns = [
        (("序号",), None, 6, counter), (("姓名",), "person.name", 10, None),
        (("性别",), "person.gender", 6, None), (("年龄",), "person.age", 6, lambda p, n, v: p.age),
        (("身份证号",), "person.id_number", 22, None), (("家庭住址",), "person.living_address", 28, None),
        (("联系电话",), "person.phone", 15, lambda p, n, v: v or "无"),
        (("居住状况",), "person.living_arrangement", 10, None),
        (("紧急联系人",), "person.emergency_contact", 11, None),
        (("紧急联系人电话",), "person.emergency_phone", 16, None),
        (("最近走访",), "row.last_visit_on", 15, day),
        (("走访情况",), None, 26, lambda p, n, v: chance.choice(["身体尚可", "取暖正常", "需配药", "已装燃气报警器", ""])),
    ]
    look.banner(sheet, 1, len(columns), "东溪街道独居老人冬季走访名单（梅园居民区）", face="黑体")
    last = rows_of(roster, sheet, columns, 2, people, fill="E2EFDA")
    for row in range(3, last + 1):
        if not isinstance(sheet.cell(row, 11).value, str):
            sheet.cell(row, 11).number_format = 'yyyy"年"m"月"d"日"'
    look.banner(sheet, last + 1, len(columns),
                "注：1.走访须入户见面；2.发现取暖、用气不安全的当日报街道社会事务办；3.本表11月25日前报送。",
                10, "楷体", 30, "left")
    look.banner(sheet, last + 2, len(columns), "填表人：　　　　　　审核人：　　　　　　　　年　　月　　日", 11, "宋体", 26, "left")
    roster.note_rows = [last + 1, last + 2]
    sheet.print_title_rows = "1:2"
    look.save(book, folder / roster.file)
    return [roster]


def allowance(town, folder):
    """3. An .ods with a leading empty row, a subtitle and birth months only."""
    town.start(3)
    members = town.having(ledgers.MEMBERS["elderly_advanced"])
    roster = Roster("高龄津贴新增人员表.ods", "elderly_advanced", "新增人员", members)
    people = town.having(lambda p: p.birth_on.year == 1946 and p.birth_on.month == 11)
    stranger = town.newcomer("男", 80)
    people = people + [roster.stranger(stranger)]
    new_phones(roster, town.office, [p for p in people[:6]][:2])
    for person in people[:6]:
        roster.change(person, "person.old_age_amount", "180")
    stranger.facts["person.old_age_amount"] = "180"
    roster.spoil(people[3], "person.birth_on", "1945.11", "birth_id_mismatch")
    book = look.new_book("新增人员")
    sheet = book.active
    columns = [
        (("序号",), None, 6, counter), (("姓名",), "person.name", 10, None), (("性别",), "person.gender", 6, None),
        (("出生年月",), "person.birth_on", 11, born("month")), (("身份证号码",), "person.id_number", 22, None),
        (("户籍地址",), "person.registered_address", 28, None), (("居住地址",), "person.living_address", 28, None),
        (("联系电话",), "person.phone", 15, None), (("津贴档次",), None, 12, lambda p, n, v: "80-89周岁"),
        (("津贴标准（元）",), "person.old_age_amount", 12, lambda p, n, v: int(v)), (("本人签名",), None, 12, lambda p, n, v: ""),
    ]
    look.banner(sheet, 2, len(columns), "高龄津贴新增人员表", face="黑体")
    look.banner(sheet, 3, len(columns), "（2026年11月）", 13, "楷体", 22)
    look.banner(sheet, 4, len(columns), "街道（镇）：东溪街道　　居（村）：梅园居民区　　单位：元／月", 11, "宋体", 22, "left")
    last = rows_of(roster, sheet, columns, 5, people, height=26)
    look.banner(sheet, last + 1, len(columns), "经办人：　　　　　负责人：　　　　　（盖章）", 11, "宋体", 28, "left")
    roster.note_rows = [last + 1]
    look.save(book, folder / roster.file)
    return [roster]


def incomers(town, folder):
    """4. A GBK text with commas, as a police system exports it; IDs carry a tab."""
    chance = town.start(4)
    roster = Roster("来沪人员登记表.csv", "migrant", "来沪人员登记表", town.having(ledgers.MEMBERS["migrant"]))
    known = town.having(lambda p: p.household.rented and p.age >= 16 and "𰻝" not in p.name and "䶮" not in p.name
                        and "㛃" not in p.name and "𬭎" not in p.name)
    people = sample(chance, known, 50)
    new_phones(roster, town.office, [p for p in people if p.phone][3:33:5])
    homes = [p.household for p in people]
    for number in range(12):
        person = town.newcomer("男" if number % 2 else "女", 22 + number * 2, homes[number * 4] if number % 3 else None)
        person.registered_address, person.relation = "江苏省白塘县河口镇", "非亲属"
        person.occupation = "公司职员"
        person.facts = facts.incomer(chance, person)
        people.append(roster.stranger(person))
    people.sort(key=lambda p: (p.household.building, p.household.room, p.name))
    for person in (people[9], people[40]):
        roster.spoil(person, "person.id_number", person.id_number[:-1], "id_length")
    people.insert(31, people[28])
    columns = [
        (("序号",), None, 0, counter), (("姓名",), "person.name", 0, None), (("性别",), "person.gender", 0, None),
        (("民族",), "person.ethnicity", 0, lambda p, n, v: v.replace("族", "") if v == "汉族" else v),
        (("公民身份号码",), "person.id_number", 0, lambda p, n, v: "\t" + v),
        (("户籍地址",), "person.registered_address", 0, None),
        (("楼号",), "place.building", 0, lambda p, n, v: str(p.household.building)),
        (("单元",), "place.unit", 0, lambda p, n, v: str(p.household.unit)),
        (("室号",), "place.room", 0, lambda p, n, v: p.household.room),
        (("联系电话",), "person.phone", 0, lambda p, n, v: v),
        (("来沪日期",), "person.arrived_on", 0, born("slash")),
        (("来沪事由",), "person.migrant_reason", 0, None),
        (("居住证号",), "person.residence_permit", 0, None),
        (("居住证到期日期",), "person.residence_permit_until", 0, born("slash")),
        (("工作单位",), "person.employer", 0, None),
    ]
    roster.lay([(c[0], c[1]) for c in columns], [1, 1])
    lines = [[c[0][0] for c in columns]]
    for number, person in enumerate(people, 1):
        lines.append([str(c[3](person, number, roster_value(roster, person, c[1])) if c[3] else roster.value(person, c[1]))
                      for c in columns])
        if number == 32:
            roster.rows += 1
            roster.data_rows[1] = number + 1
            roster.problem(number + 1, None, "duplicate_row")
            roster.found["held"].append({"row": number + 1, "name": person.name})
        else:
            roster.wrote(person, number + 1)
    text = "".join(",".join(f'"{v}"' if "，" in v or "," in v else v for v in line) + "\r\n" for line in lines)
    (folder / roster.file).write_bytes(text.encode("gbk"))
    return [roster]


def roster_value(roster, person, field):
    """The value of a field, spoilt or not; nothing for what the dictionary does not know."""
    if field in roster.spoilt.get(person.id_number, {}) or field in COLUMNS:
        return roster.value(person, field)
    return None


def veterans(town, folder):
    """5. Excel has eaten the last digits of three ID numbers; phones are numbers."""
    town.start(5)
    members = town.having(lambda p: p.veteran)
    roster = Roster("退役军人核对名单.xlsx", "veteran", "Sheet1", members)
    joining = [p for p in town.having(lambda p: p.gender == "男" and 62 <= p.age <= 70 and not p.veteran
                                      and p.residency == "人户一致")][4:6]
    people = members[:15] + joining + [roster.stranger(town.newcomer("男", 45))]
    new_phones(roster, town.office, [p for p in members[:15] if p.phone][1:10:3])
    for person in joining + people[-1:]:
        service = {"person.enlisted_on": f"{person.birth_on.year + 18}-12", "person.discharged_on": f"{person.birth_on.year + 21}-12",
                   "person.glory_plaque": "是"}
        if person in joining:
            for name, value in service.items():
                roster.change(person, name, value)
        person.facts.update(service if person not in joining else {})
    damaged = [members[2], members[7], members[11]]
    for person in damaged:
        digits = person.id_number.replace("X", "0")
        roster.spoil(person, "person.id_number", float(int(digits[:15] + "000")), "id_digits_lost")
    book = look.new_book("Sheet1")
    sheet = book.active
    columns = [
        (("序号",), None, 6, counter), (("姓名",), "person.name", 10, None),
        (("身份证号",), "person.id_number", 24, None),
        (("手机",), "person.phone", 15, lambda p, n, v: int(v) if v else ""),
        (("政治面貌",), "person.political_status", 11, lambda p, n, v: {"中共党员": "党员"}.get(v, v)),
        (("入伍时间",), "person.enlisted_on", 12, lambda p, n, v: v.replace("-", ".")),
        (("退伍时间",), "person.discharged_on", 12, lambda p, n, v: v.replace("-", ".")),
        (("光荣牌\n(挂√)",), "person.glory_plaque", 9, tick),
        (("家庭地址",), "person.living_address", 28, None), (("核对结果",), None, 12, lambda p, n, v: ""),
    ]
    look.banner(sheet, 1, len(columns), "退役军人信息核对名单", face="黑体")
    look.banner(sheet, 2, len(columns), "居委会（盖章）：梅园居民区　　　　　　　　联系人：　　　　　　电话：", 11, "宋体", 22, "left")
    last = rows_of(roster, sheet, columns, 3, people, face="等线")
    for row in range(4, last + 1):
        if isinstance(sheet.cell(row, 3).value, float):
            sheet.cell(row, 3).number_format = "General"
        sheet.cell(row, 4).number_format = "0"
    for extra in ("Sheet2", "Sheet3"):
        book.create_sheet(extra)
    look.save(book, folder / roster.file)
    return [roster]


def rentals(town, folder):
    """6. Rows are homes, not people; the header has three levels; ticks instead of words."""
    chance = town.start(6)
    homes = [h for h in town.office.households if h.rented]
    chosen = [homes[i] for i in sorted(chance.sample(range(len(homes)), 26))]
    fresh = [h for h in town.office.households if h.shape == "young_couple" and not h.rented][:4]
    owners = [p.name for p in town.everyone if p.age >= 45 and not p.household.rented]
    header, lines = town.lists["rental_house"]
    known = {tuple(line[:3]): dict(zip(header, line)) for line in lines}
    paths = [("序号",), ("房屋坐落", "楼号"), ("房屋坐落", "单元"), ("房屋坐落", "室号"), ("产权人", "姓名"),
             ("产权人", "联系电话"), ("出租情况", "承租人", "姓名"), ("出租情况", "承租人", "联系电话"),
             ("出租情况", "租住人数"), ("出租情况", "租期", "起"), ("出租情况", "租期", "止"),
             ("安全隐患", "群租"), ("安全隐患", "飞线充电"), ("安全隐患", "燃气"), ("备注",)]
    fields = [None, "place.building", "place.unit", "place.room", "place.owner_name", "place.owner_phone", "place.tenant_name",
              "place.tenant_phone", "place.tenant_count", "place.lease_from", "place.lease_until", "place.group_rented",
              None, None, "place.note"]
    roster = Roster("出租房屋排查表.xlsx", "rental_house", "排查表", [])
    book = look.new_book("排查表")
    sheet = book.active
    look.banner(sheet, 1, len(paths), "出租房屋安全隐患排查表")
    look.banner(sheet, 2, len(paths), "街道：东溪街道　　居民区：梅园居民区　　排查日期：2026年11月10日至14日", 11, "仿宋_GB2312", 22, "left")
    last = look.headings(sheet, 3, paths, "FFF2CC")
    roster.lay(list(zip(paths, fields)), [3, last])
    look.widths(sheet, [6, 8, 7, 8, 10, 15, 10, 15, 9, 13, 13, 8, 10, 8, 16])
    for number, home in enumerate(chosen + fresh, 1):
        row = last + number
        tenant = home.head
        own = known.get((f"{home.building}号楼", f"{home.unit}单元", f"{home.room}室"), {
            "place.owner_name": chance.choice(owners), "place.owner_phone": town.office.phone(), "place.tenant_phone": tenant.phone,
            "place.lease_from": f"2026-0{number % 6 + 1}-01", "place.lease_until": f"2027-0{number % 6 + 1}-01"})
        start = date.fromisoformat(own["place.lease_from"])
        until = "2026.2.30" if number == 14 else born("dots")(None, 0, own["place.lease_until"])
        phone = town.office.phone() if number in (3, 8, 20) else own["place.tenant_phone"]
        if number in (3, 8, 20):
            kind = "differs" if own["place.tenant_phone"] else "fills"
            roster.found[kind].append({"row": row, "name": tenant.name, "field": "place.tenant_phone",
                                       "before": own["place.tenant_phone"], "after": phone})
        look.body(sheet, row, [number, f"{home.building}号", home.unit, int(home.room), own["place.owner_name"],
                               own["place.owner_phone"], tenant.name, phone or "无", len(home.members), start, until,
                               "√" if home.shape == "shared_flat" else "", "√" if own.get("place.hazard") == "飞线充电" else "",
                               "√" if own.get("place.hazard") == "燃气软管老化" else "", "新增出租" if home in fresh else ""])
        sheet.cell(row, 10).number_format = "yyyy/m/d"
        roster.rows += 1
        roster.data_rows = [last + 1, row]
        if home in fresh:
            roster.found["new"].append({"row": row, "name": f"{home.building}号楼{home.room}室"})
        if number == 14:
            roster.problem(row, "K", "date_invalid")
    total = last + 31
    look.body(sheet, total, ["合计", "30套", "", "", "", "", "", "", sum(len(h.members) for h in chosen + fresh),
                             "", "", *(sum(sheet.cell(r, c).value == "√" for r in range(last + 1, total)) for c in (12, 13, 14)), ""])
    roster.total_rows = [total]
    sheet.freeze_panes = sheet.cell(last + 1, 5)
    look.save(book, folder / roster.file)
    return [roster]


def low_income(town, folder):
    """7. One block per household with cells merged down, subtotals inside, one of them wrong."""
    town.start(7)
    members = town.having(lambda p: p.low_income_kind)
    roster = Roster("低保复审名单.xlsx", "low_income", "复审", members)
    guest = town.newcomer("女", 52)
    spouse = town.newcomer("男", 55, guest.household)
    for person in (guest, spouse):
        person.low_income_kind, person.marital_status = "低保", "已婚"
        roster.stranger(person)
    new_phones(roster, town.office, [p for p in members if p.phone][:3])
    paths = [(t,) for t in ("序号", "救助类别", "户主姓名", "住址", "保障人数", "月救助金额", "姓名",
                            "与户主关系", "身份证号", "联系电话", "复审结论")]
    fields = [None, "person.low_income_kind", "household.head_name", "person.living_address", "person.aid_people",
              "person.aid_amount", "person.name", "household.relation_to_head", "person.id_number", "person.phone", None]
    book = look.new_book("复审")
    sheet = book.active
    look.banner(sheet, 1, len(paths), "梅园居民区最低生活保障家庭复审名单", face="黑体")
    look.banner(sheet, 2, len(paths), "复审月份：2026年11月　　　　　　　　　　　　　　　　　　　　金额单位：元", 11, "宋体", 22, "left")
    row = look.headings(sheet, 3, paths, "F2F2F2")
    roster.lay(list(zip(paths, fields)), [3, row])
    look.widths(sheet, [6, 11, 11, 28, 10, 12, 11, 12, 22, 15, 12])
    number, people_in_all, money_in_all = 0, 0, 0
    for kind, rate in (("低保", 1595), ("特困", 2075), ("低收入", 420)):
        homes, count, money = {}, 0, 0
        for person in [p for p in members if p.low_income_kind == kind] + ([guest, spouse] if kind == "低保" else []):
            homes.setdefault(id(person.household), []).append(person)
        for group in homes.values():
            number, count, money = number + 1, count + len(group), money + rate * len(group)
            first = row + 1
            for person in group:
                row += 1
                shared = [number, kind, person.household.head.name, person.living_address, len(group), rate * len(group)]
                look.body(sheet, row, (shared if row == first else [""] * 6)
                          + [person.name, person.relation, person.id_number, roster.value(person, "person.phone"), ""])
                roster.wrote(person, row)
            for column in range(1, 7):
                if row > first:
                    sheet.merge_cells(start_row=first, start_column=column, end_row=row, end_column=column)
        row += 1
        stated = money + 100 if kind == "低收入" else money
        look.body(sheet, row, ["小计", kind, f"{len(homes)}户", "", count, stated, "", "", "", "", ""], face="黑体")
        roster.total_rows.append(row)
        if stated != money:
            roster.problem(row, "F", "total_mismatch")
        people_in_all, money_in_all = people_in_all + count, money_in_all + money
    row += 1
    look.body(sheet, row, ["合计", "", f"{number}户", "", people_in_all, money_in_all, "", "", "", "", ""], face="黑体")
    roster.total_rows.append(row)
    look.save(book, folder / roster.file)
    return [roster]


def party(town, folder):
    """8. A row 甲 乙 1 2 3 under the header, and a hidden column."""
    chance = town.start(8)
    members = town.having(lambda p: p.political_status == "中共党员")
    roster = Roster("党员花名册.xlsx", "party_member", "花名册", members)
    joining = [p for p in town.having(lambda p: p.political_status == "群众" and 32 <= p.age <= 45)][3:5]
    for person in joining:
        roster.change(person, "person.political_status", "中共党员")
        roster.change(person, "person.party_joined_on", "2026-06-28")
        roster.change(person, "person.party_branch", facts.BRANCHES[person.household.grid])
    stranger = roster.stranger(town.newcomer("女", 63))
    stranger.political_status, stranger.education = "中共党员", "大专"
    stranger.facts = {"person.party_joined_on": "1990-07-01", "person.party_branch": "第一党支部"}
    people = sample(chance, members, 118) + joining + [stranger]
    new_phones(roster, town.office, [p for p in people[:118] if p.phone][6:106:20])
    for person in [p for p in people[:118] if p.education == "高中"][:2]:
        roster.change(person, "person.education", "大专")
    roster.spoil(people[60], "person.id_number", wrong_check(people[60].id_number), "id_checksum")
    book = look.new_book("花名册")
    sheet = book.active
    columns = [
        (("序号",), None, 6, counter), (("姓名",), "person.name", 11, None), (("性别",), "person.gender", 6, None),
        (("民族",), "person.ethnicity", 8, None), (("出生日期",), "person.birth_on", 13, born("dots")),
        (("公民身份证号码",), "person.id_number", 22, None), (("学历",), "person.education", 8, None),
        (("政治面貌",), "person.political_status", 11, None),
        (("入党日期",), "person.party_joined_on", 13, lambda p, n, v: v.replace("-", ".")),
        (("所在党支部",), "person.party_branch", 13, None),
        (("内部编号",), None, 12, lambda p, n, v: f"DX-{n:04d}"),
        (("手机号码",), "person.phone", 15, lambda p, n, v: f"{v[:3]} {v[3:7]} {v[7:]}" if v and n % 6 == 0 else v),
    ]
    look.banner(sheet, 1, len(columns), "中共东溪街道梅园居民区总支部委员会党员花名册")
    look.banner(sheet, 2, len(columns), "截止日期：2026年10月31日　　　　　　　　　填报人：", 11, "宋体", 22, "left")
    last = look.headings(sheet, 3, [c[0] for c in columns], "FCE4D6")
    look.body(sheet, 4, ["甲", "乙", *range(1, 11)])
    roster.lay([(c[0], c[1]) for c in columns], [3, 4])
    look.widths(sheet, [c[2] for c in columns])
    for number, person in enumerate(people, 1):
        row = last + 1 + number
        values = []
        for _, field, _, text in columns:
            spoilt = field in roster.spoilt.get(person.id_number, {})
            value = roster_value(roster, person, field)
            values.append(value if text is None or spoilt else text(person, number, value))
        look.body(sheet, row, values, face="仿宋_GB2312")
        roster.wrote(person, row)
    sheet.column_dimensions["K"].hidden = True
    sheet.print_title_rows = "1:4"
    sheet.freeze_panes = "C5"
    look.save(book, folder / roster.file)
    return [roster]


def volunteers(town, folder):
    """9. Letter-spaced headings, full-width digits, empty styled rows, notes beside the table."""
    chance = town.start(9)
    members = town.having(lambda p: p.volunteer_number)
    roster = Roster("志愿者名单.xlsx", "volunteer", "志愿者", members)
    joining = [p for p in town.having(lambda p: 50 <= p.age <= 66 and p.phone and not p.volunteer_number)][5:45:10]
    people = sample(chance, members, 66) + joining + [roster.stranger(town.newcomer("女", 34)),
                                                      roster.stranger(town.newcomer("男", 61))]
    new_phones(roster, town.office, people[4:64:12])
    mistaken = people[22]
    roster.spoil(mistaken, "person.gender", "女" if mistaken.gender == "男" else "男", "gender_id_mismatch")
    roster.spoil(people[35], "person.name", "", "name_missing")
    for person in joining:
        roster.change(person, "volunteer.service_kind", "助老服务")
    for person in people[-2:]:
        person.facts["volunteer.service_kind"] = "楼组服务"
    wide = lambda p, n, v: v.translate(WIDE_DIGITS) if n % 8 == 3 else v
    book = look.new_book("志愿者")
    sheet = book.active
    columns = [
        (("序 号",), None, 7, counter), (("姓    名",), "person.name", 12, None), (("性  别",), "person.gender", 8, None),
        (("身 份 证 号",), "person.id_number", 40, wide), (("手 机 号 码",), "person.phone", 26, wide),
        (("住    址",), "person.living_address", 30, lambda p, n, v: v.replace("梅园新村", "梅园新村 ") if n % 5 == 0 else v),
        (("服 务 类 别",), "volunteer.service_kind", 13, lambda p, n, v: v.replace("服务", "")),
        (("备  注",), "person.note", 12, lambda p, n, v: ""),
    ]
    look.banner(sheet, 1, len(columns), "梅 园 居 民 区 志 愿 者 名 单", face="华文中宋")
    last = rows_of(roster, sheet, columns, 2, people)
    for row in range(last + 1, last + 16):
        look.body(sheet, row, [""] * len(columns))
    for row, text in ((3, "说明："), (4, "1. 本月25日前交文明办"), (5, "2. 新加入的请写清服务类别"), (6, "联系人：小陶 5550168")):
        sheet.cell(row, 10, text).font = look.Font(name="楷体", size=10, color="C00000")
    sheet.column_dimensions["J"].width = 26
    look.save(book, folder / roster.file)
    return [roster]


def elders(town, folder):
    """10. Six sheets of one shape, three buildings each, 330 rows together."""
    chance = town.start(10)
    members = town.having(lambda p: p.age >= 60)
    absent = {p.id_number for p in sample(chance, [p for p in members if p.living_arrangement != "独居"], 6)}
    known = [p for p in members if p.id_number not in absent]
    changed = sample(chance, [p for p in known if p.phone], 12)
    moved = sample(chance, [p for p in known if p.living_arrangement == "与子女同住"], 5)
    odd = sample(chance, [p for p in known if p.living_arrangement == "空巢"], 2)
    phones = {p.id_number: town.office.phone() for p in changed}
    strangers = {number: town.newcomer("男" if number % 2 else "女", 62 + number * 3) for number in range(6)}
    for person in strangers.values():
        person.living_arrangement = "空巢"
    book = look.new_book("1-3号楼")
    rosters, everyone = [], known + list(strangers.values())
    for group in range(6):
        low = group * 3 + 1
        name = f"{low}-{low + 2}号楼"
        sheet = book.active if group == 0 else book.create_sheet(name)
        look.paper(sheet)
        roster = Roster("60岁以上老年人底册.xlsx", "elderly", name, members)
        people = sorted((p for p in everyone if low <= p.household.building <= low + 2),
                        key=lambda p: (p.household.building, p.household.unit, p.household.room))
        for person in people:
            if person.id_number in phones:
                roster.change(person, "person.phone", phones[person.id_number])
            if person in moved:
                roster.change(person, "person.living_arrangement", "空巢")
            if person in odd:
                roster.spoil(person, "person.living_arrangement", "住外面", "value_not_in_list")
            if person in strangers.values():
                roster.stranger(person)
        columns = [
            (("序号",), None, 6, counter), (("楼号",), "place.building", 8, lambda p, n, v: p.household.building),
            (("单元",), "place.unit", 7, lambda p, n, v: p.household.unit), (("室号",), "place.room", 8, lambda p, n, v: p.household.room),
            (("姓名",), "person.name", 11, None), (("性别",), "person.gender", 6, None),
            (("出生年月日",), "person.birth_on", 13, born("plain")), (("身份证号码",), "person.id_number", 22, None),
            (("年龄",), "person.age", 6, lambda p, n, v: p.age), (("居住状况",), "person.living_arrangement", 12, None),
            (("联系电话",), "person.phone", 15, None), (("慢性病",), "person.chronic_illness", 16, None),
            (("紧急联系人", "姓名"), "person.emergency_contact", 10, None),
            (("紧急联系人", "电话"), "person.emergency_phone", 15, None),
        ]
        look.banner(sheet, 1, len(columns), f"60岁以上老年人底册（{name}）", face="黑体")
        last = rows_of(roster, sheet, columns, 2, people, fill="DDEBF7")
        sheet.freeze_panes = "F4"
        sheet.print_title_rows = "1:3"
        rosters.append(roster)
    look.save(book, folder / "60岁以上老年人底册.xlsx")
    return rosters


def write_all(office, everyone, lists, folder):
    """Writes the ten sheets and expected.json beside them."""
    folder.mkdir(exist_ok=True)
    town = Town(office, everyone, lists)
    found = []
    for make in (disabled, winter_visits, allowance, incomers, veterans, rentals, low_income, party, volunteers, elders):
        found += [roster.expected() for roster in make(town, folder)]
    text = json.dumps(found, ensure_ascii=False, indent=1)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")
