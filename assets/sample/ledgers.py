"""Who stands in which ledger.

A ledger of people is a list of names and ID numbers: what is known of them is in
residents.csv. Rented homes carry the facts of the place, visits are events of their own.
"""

from datetime import date
from random import Random

from facts import day_between

WORKERS = {"第一网格": "许文静", "第二网格": "蒋一鸣", "第三网格": "陶春燕", "第四网格": "魏立新"}
VISIT_NOTES = [
    ("身体还好，家里平安", "无", "已办结"), ("楼道灯不亮", "已报物业，当天修好", "已办结"),
    ("想申请助餐", "讲了办法，下周来登记", "办理中"), ("血压偏高，忘记吃药", "提醒按时吃药，已告诉子女", "已办结"),
    ("厨房燃气软管老化", "约了燃气公司上门", "已转办"), ("想装楼道扶手", "记下来，提交议题", "办理中"),
    ("子女春节回来", "无", "已办结"), ("反映楼上晚间吵闹", "上门劝说，已讲好", "已办结"),
]
MEMBERS = {
    "elderly_living_alone": lambda p: p.living_arrangement == "独居",
    "elderly": lambda p: p.age >= 60,
    "elderly_advanced": lambda p: p.age >= 80 and p.birth_on < date(1946, 11, 1),
    "disabled": lambda p: p.disability_kind,
    "low_income": lambda p: p.low_income_kind,
    "veteran": lambda p: p.veteran,
    "party_member": lambda p: p.party_joined_on,
    "volunteer": lambda p: p.volunteer_number,
    "migrant": lambda p: p.household.rented and p.age >= 16 and not p.id_number[16] == "4",
    "residence_separation": lambda p: p.residency != "人户一致" and not p.household.rented,
}

# Ledgers whose rows keep the day of the last visit.
VISITED = ("elderly_living_alone", "elderly_advanced")


def memberships(everyone, office):
    """All ledgers of the practice office: name -> (header, rows)."""
    chance = Random(431)
    lists = {name: (["person.name", "person.id_number"], [[p.name, p.id_number] for p in everyone if member(p)])
             for name, member in MEMBERS.items()}
    last_visits = {p.id_number: p.facts.get("row.last_visit_on", "") for p in everyone}
    for name in VISITED:
        header, rows = lists[name]
        lists[name] = (header + ["row.last_visit_on"], [row + [last_visits[row[1]]] for row in rows])
    office.chance = chance
    lists["rental_house"] = rental(everyone, office)
    lists["visit"] = visits(everyone, chance)
    return lists


def rental(everyone, office):
    """One row per rented home."""
    chance = office.chance
    header = ["place.building", "place.unit", "place.room", "place.owner_name", "place.owner_phone",
              "place.tenant_name", "place.tenant_phone", "place.tenant_count", "place.lease_from",
              "place.lease_until", "place.group_rented", "place.house_use", "place.hazard"]
    owners = [p.name for p in everyone if p.age >= 40 and not p.household.rented]
    rows, done = [], set()
    for person in everyone:
        home = person.household
        if not home.rented or home.number in done:
            continue
        done.add(home.number)
        start = day_between(chance, date(2024, 1, 1), date(2026, 6, 30))
        shared = home.shape == "shared_flat"
        rows.append([f"{home.building}号楼", f"{home.unit}单元", f"{home.room}室", chance.choice(owners), office.phone(),
                     home.head.name, home.head.phone, str(len(home.members)), start,
                     f"{int(start[:4]) + 2}{start[4:]}".replace("02-29", "02-28"),
                     "是" if shared else "否", "群租" if shared else "出租",
                     chance.choice(["", "", "", "", "飞线充电", "燃气软管老化"])])
    return header, rows


def visits(everyone, chance):
    """Visits of this autumn, mostly to people who live alone."""
    header = ["event.on", "event.target_name", "event.target_phone", "event.target_address",
              "event.handler", "event.visit_kind", "event.content", "event.answer", "event.state"]
    alone = [p for p in everyone if p.living_arrangement == "独居"]
    others = [p for p in everyone if p.age >= 75 or p.disability_kind]
    seen = [(p, p.facts["row.last_visit_on"]) for p in alone]
    seen += [(chance.choice(others), day_between(chance, date(2026, 9, 1))) for _ in range(60)]
    seen += [(chance.choice(alone), day_between(chance, date(2026, 9, 1), date(2026, 10, 9))) for _ in range(50)]
    rows = []
    for person, on in seen:
        rows.append([on, person.name, person.phone, person.living_address,
                     WORKERS[person.household.grid], chance.choice(["上门走访", "上门走访", "上门走访", "电话联系"]),
                     *chance.choice(VISIT_NOTES)])
    return header, sorted(rows, key=lambda r: (r[0], r[3]))
