"""What the office knows of people in its ledgers: visits, aid, service, party, volunteering.

These are facts of the person, so they stand in residents.csv and every ledger reads them
through; ledgers.py only says who is in which ledger.
"""

from datetime import date, timedelta
from random import Random

from people import AS_OF

BRANCHES = {"第一网格": "第一党支部", "第二网格": "第二党支部", "第三网格": "第三党支部", "第四网格": "第三党支部"}
AID = {"低保": 1595, "特困": 2075, "低收入": 420}
SERVICES = ["助老服务", "助老服务", "环境保护", "治安巡逻", "文明交通", "助残服务", "文体活动", "楼组服务"]


def day_between(chance, first, last=AS_OF):
    """Some day of the span, as text."""
    return (first + timedelta(days=chance.randrange((last - first).days + 1))).isoformat()


def helped(person):
    """How many of the household get the same aid."""
    return sum(1 for p in person.household.members if p.low_income_kind == person.low_income_kind)


def allowances(person, level, since):
    """The two subsidies for the disabled: for hardship, and for nursing from the second level up."""
    found = {"person.disability_living_allowance": "400"} if person.low_income_kind else {}
    if level in ("一级", "二级"):
        found["person.disability_care_allowance"] = {"一级": "300", "二级": "150"}[level]
    return {**found, "person.disability_allowance_since": since} if found else {}


def guardian(person):
    """Someone grown of the household, where the kind of disability asks for one."""
    if person.disability_kind not in ("智力残疾", "精神残疾"):
        return ""
    return next((p.name for p in person.household.members if p is not person and 20 <= p.age < 85), "")


def give(everyone):
    """Fills `person.facts` for everybody."""
    chance = Random(430)
    volunteers = [p.name for p in everyone if p.volunteer_number]
    for person in everyone:
        if person.living_arrangement == "独居":
            person.facts.update(alone(chance, person, volunteers))
        if person.age >= 80 and (person.birth_on.year, person.birth_on.month) != (1946, 11):
            person.facts.update({"person.old_age_allowance": "是", "person.old_age_amount": "180"})
        if person.disability_kind:
            person.facts.update(allowances(person, person.disability_level, f"{chance.randrange(2023, 2027)}-{chance.randrange(1, 11):02d}"))
        if person.low_income_kind:
            person.facts.update(aid(chance, person))
        if person.veteran:
            person.facts.update(service(chance, person))
        if person.party_joined_on:
            person.facts.update({"person.party_joined_on": person.party_joined_on,
                                 "person.party_branch": BRANCHES[person.household.grid]})
        if person.volunteer_number:
            person.facts.update({"volunteer.service_kind": chance.choice(SERVICES),
                                 "volunteer.hours": str(chance.randrange(4, 640))})
        if person.household.rented and person.age >= 16:
            person.facts.update(incomer(chance, person))
        if guardian(person):
            person.facts["person.guardian_name"] = guardian(person)


def alone(chance, person, volunteers):
    """Who looks after someone living alone, and when last."""
    return {"person.self_care": chance.choice(["自理", "自理", "自理", "部分自理", "失能"]),
            "person.paired_name": chance.choice(volunteers),
            "person.visit_cycle": chance.choice(["每周", "每两周", "每月"]),
            "row.last_visit_on": day_between(chance, date(2026, 10, 10))}


def aid(chance, person):
    """The household's aid, the same for all its members."""
    first = next(p for p in person.household.members if p.low_income_kind == person.low_income_kind)
    if first is not person:
        return dict(first.facts_of_aid)
    person.facts_of_aid = {
        "person.aid_certificate": f"MYJZ{chance.randrange(10000, 99999)}", "person.aid_people": str(helped(person)),
        "person.aid_amount": str(AID[person.low_income_kind] * helped(person)),
        "person.aid_since": day_between(chance, date(2021, 1, 1), date(2025, 6, 30)),
        "person.aid_review_on": day_between(chance, date(2026, 12, 1), date(2027, 3, 31))}
    return dict(person.facts_of_aid)


def service(chance, person):
    """Years in the army; only months are known."""
    year = person.birth_on.year
    return {"person.veteran_certificate": f"MYTY{chance.randrange(1000, 9999)}",
            "person.enlisted_on": f"{year + 18}-12", "person.discharged_on": f"{year + chance.randrange(20, 23)}-12",
            "person.glory_plaque": chance.choice(["是", "是", "是", "否"])}


def incomer(chance, person):
    """When and why someone came who rents a home."""
    earliest = max(2008, person.birth_on.year + 16)
    job = person.occupation if person.occupation not in ("", "学生", "退休") else ""
    firms = {"快递员": "白鹭快递站", "厨师": "东溪小馆", "超市店员": "和风超市，梅园店", "公司职员": "南浦商贸有限公司"}
    return {"person.arrived_on": day_between(chance, date(min(earliest, 2025), 1, 1), date(2026, 3, 31)),
            "person.migrant_reason": "务工" if job else "就学" if person.occupation == "学生" else "投靠亲友",
            "person.residence_permit": f"MYJZZ{chance.randrange(100000, 999999)}",
            "person.residence_permit_until": day_between(chance, date(2026, 12, 1), date(2027, 10, 31)),
            "person.employer": firms.get(job, "")}
