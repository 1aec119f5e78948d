"""Who stands in which ledger, and the columns that belong to the ledger's own row.

Facts about the person (phone, address, disability …) are not repeated here: they are
in residents.csv, and a ledger reads them through. Each row is found by the ID number;
rented homes are found by building, unit and room.
"""

from datetime import date, timedelta
from random import Random

from people import AS_OF

WORKERS = {"第一网格": "许文静", "第二网格": "蒋一鸣", "第三网格": "陶春燕", "第四网格": "魏立新"}
VISIT_NOTES = [
    ("身体还好，家里平安", "无", "否"), ("楼道灯不亮", "已报物业，当天修好", "是"),
    ("想申请助餐", "讲了办法，下周来登记", "否"), ("血压偏高，忘记吃药", "提醒按时吃药，已告诉子女", "否"),
    ("厨房燃气软管老化", "约了燃气公司上门", "是"), ("想装楼道扶手", "记下来，提交议题", "否"),
    ("子女春节回来", "无", "否"), ("反映楼上晚间吵闹", "上门劝说，已讲好", "是"),
]


def by_id(everyone, member, columns):
    """Rows of one ledger: name, ID number, then the columns of the row."""
    header = ["person.name", "person.id_number", *columns]
    return header, [[p.name, p.id_number, *(make(p) for make in columns.values())]
                    for p in everyone if member(p)]


def memberships(everyone):
    """All ledgers of the practice office: name -> (header, rows)."""
    chance = Random(430)

    def day(first, last=AS_OF):
        return (first + timedelta(days=chance.randrange((last - first).days + 1))).isoformat()

    def worker(person):
        return WORKERS[person.household.grid]

    volunteers = [p.name for p in everyone if p.volunteer_number]
    lists = {
        "elderly_living_alone": by_id(everyone, lambda p: p.living_arrangement == "独居", {
            "row.pairing_volunteer": lambda p: chance.choice(volunteers),
            "row.visit_frequency": lambda p: chance.choice(["每周一次", "每周两次", "每月两次"]),
            "row.last_visit_on": lambda p: day(date(2026, 10, 10)),
            "row.care_level": lambda p: chance.choice(["自理", "自理", "自理", "部分自理", "失能"]),
        }),
        "elderly": by_id(everyone, lambda p: p.age >= 60, {
            "row.allowance": lambda p: "高龄津贴" if p.age >= 80 else "",
        }),
        "disabled": by_id(everyone, lambda p: p.disability_kind, {
            "row.subsidy_kind": lambda p: subsidy(p),
            "row.subsidy_from": lambda p: chance.choice(["2023-01", "2024-03", "2024-11", "2025-03", "2025-06"]),
            "row.guardian": lambda p: guardian(p),
        }),
        "low_income": by_id(everyone, lambda p: p.low_income_kind, {
            "row.aid_number": lambda p: f"MYJZ{chance.randrange(10000, 99999)}",
            "row.people": lambda p: str(helped(p)),
            "row.monthly_amount": lambda p: str({"低保": 1595, "特困": 2075, "低收入": 420}[p.low_income_kind] * helped(p)),
            "row.started_on": lambda p: day(date(2021, 1, 1), date(2025, 6, 30)),
            "row.review_on": lambda p: day(date(2026, 12, 1), date(2027, 3, 31)),
        }),
        "veteran": by_id(everyone, lambda p: p.veteran, {
            "row.veteran_number": lambda p: f"MYTY{chance.randrange(1000, 9999)}",
            "row.enlisted_on": lambda p: f"{p.birth_on.year + 18}-12",
            "row.discharged_on": lambda p: f"{p.birth_on.year + chance.randrange(20, 23)}-12",
            "row.honour_plaque": lambda p: chance.choice(["是", "是", "是", "否"]),
        }),
        "party_member": by_id(everyone, lambda p: p.party_joined_on, {
            "row.joined_on": lambda p: p.party_joined_on,
            "row.branch": lambda p: {"第一网格": "第一党支部", "第二网格": "第二党支部",
                                     "第三网格": "第三党支部", "第四网格": "第三党支部"}[p.household.grid],
        }),
        "volunteer": by_id(everyone, lambda p: p.volunteer_number, {
            "row.service_kind": lambda p: chance.choice(["助老", "环境", "文明劝导", "平安巡逻", "助残", "文化"]),
            "row.total_hours": lambda p: str(chance.randrange(4, 640)),
        }),
    }
    lists["rental_house"] = rental(everyone, chance, day)
    lists["visit"] = visits(everyone, chance, day, worker)
    return lists


def subsidy(person):
    """Which of the two subsidies: for hardship, for nursing, or both."""
    kinds = (["困难残疾人生活补贴"] if person.low_income_kind else []) + (
        ["重度残疾人护理补贴"] if person.disability_level in ("一级", "二级") else [])
    return "、".join(kinds)


def helped(person):
    """How many of the household get the same aid."""
    return sum(1 for p in person.household.members if p.low_income_kind == person.low_income_kind)


def guardian(person):
    """Someone of the household, where the kind of disability asks for one."""
    if person.disability_kind not in ("智力", "精神"):
        return ""
    return next((p.name for p in person.household.members if p is not person and 20 <= p.age < 85), "")


def rental(everyone, chance, day):
    """One row per rented home."""
    header = ["place.building", "place.unit", "place.room", "row.owner", "row.tenant", "row.tenant_phone",
              "row.people", "row.rent_from", "row.rent_until", "row.shared_rooms", "row.hazard"]
    owners = [p.name for p in everyone if p.age >= 40 and not p.household.rented]
    rows, done = [], set()
    for person in everyone:
        home = person.household
        if not home.rented or home.number in done:
            continue
        done.add(home.number)
        start = day(date(2024, 1, 1), date(2026, 6, 30))
        rows.append([f"{home.building}号楼", f"{home.unit}单元", f"{home.room}室", chance.choice(owners),
                     home.head.name, home.head.phone, str(len(home.members)), start,
                     f"{int(start[:4]) + 2}{start[4:]}".replace("02-29", "02-28"),
                     "是" if home.shape == "shared_flat" else "否",
                     chance.choice(["", "", "", "", "飞线充电", "燃气软管老化"])])
    return header, rows


def visits(everyone, chance, day, worker):
    """Visits of this autumn, mostly to people who live alone."""
    header = ["person.name", "person.id_number", "row.visited_on", "row.visitor", "row.manner",
              "row.matter", "row.answer", "row.settled"]
    alone = [p for p in everyone if p.living_arrangement == "独居"]
    others = [p for p in everyone if p.age >= 75 or p.disability_kind]
    rows = []
    for person in alone + [chance.choice(others) for _ in range(60)] + [chance.choice(alone) for _ in range(50)]:
        matter, answer, settled = chance.choice(VISIT_NOTES)
        rows.append([person.name, person.id_number, day(date(2026, 9, 1)), worker(person),
                     chance.choice(["上门", "上门", "上门", "电话"]), matter, answer, settled])
    return header, sorted(rows, key=lambda r: (r[2], r[1]))
