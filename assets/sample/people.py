"""Makes the 1,200 residents and 430 households of the practice office.

Households come from fixed templates, so the counts are exact by construction;
chance (one seeded generator) only decides names, dates, rooms and who carries
which tag. What the superiors' sheets change about these people is in sheets.py.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import words

AS_OF = date(2026, 11, 20)
REGION = "990102"
ESTATE = "梅园新村"
DISABILITIES = ["视力残疾", "听力残疾", "言语残疾", "肢体残疾", "智力残疾", "精神残疾", "多重残疾"]
RELATION_OF_SPOUSE = {"男": "夫", "女": "妻"}


@dataclass
class Person:
    """One resident; the names follow the dictionary."""

    name: str
    gender: str
    birth_on: date
    relation: str
    age: int
    household: "Household" = None
    id_number: str = ""
    ethnicity: str = "汉族"
    phone: str = ""
    registered_address: str = ""
    living_address: str = ""
    native_place: str = ""
    residency: str = "人户一致"
    political_status: str = ""
    party_joined_on: str = ""
    education: str = ""
    marital_status: str = ""
    occupation: str = ""
    living_arrangement: str = ""
    chronic_illness: str = ""
    disability_kind: str = ""
    disability_level: str = ""
    low_income_kind: str = ""
    veteran: str = ""
    volunteer_number: str = ""
    volunteer_on: str = ""
    emergency_contact: str = ""
    emergency_phone: str = ""
    facts: dict = field(default_factory=dict)

    @property
    def disability_certificate(self):
        """Twenty characters: the ID number, the kind and the level."""
        if not self.disability_kind:
            return ""
        kind = DISABILITIES.index(self.disability_kind) + 1
        level = ["一级", "二级", "三级", "四级"].index(self.disability_level) + 1
        return f"{self.id_number}{kind}{level}"


@dataclass
class Household:
    """One household in one room."""

    shape: str
    members: list = field(default_factory=list)
    number: str = ""
    building: int = 0
    unit: int = 0
    room: str = ""
    rented: bool = False

    @property
    def address(self):
        """The address as the office writes it."""
        return f"{ESTATE}{self.building}号楼{self.unit}单元{self.room}室"

    @property
    def head(self):
        """The head of the household."""
        return next(p for p in self.members if p.relation == "户主")

    @property
    def grid(self):
        """Four grids: buildings 1-5, 6-10, 11-14, 15-18."""
        return ["第一网格", "第二网格", "第三网格", "第四网格"][
            (self.building > 5) + (self.building > 10) + (self.building > 14)]


def check_digit(seventeen):
    """The eighteenth character of GB 11643."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, weights)) % 11]


class Office:
    """Keeps the generator and what has been handed out already."""

    def __init__(self, seed=20261120):
        self.chance = Random(seed)
        self.names = {name for name, _, _ in words.NAMESAKES}
        self.phones = set()
        self.ids = set()
        self.households = []

    # -- small makers -------------------------------------------------
    def given(self, gender, age):
        """A given name in the fashion of the year of birth."""
        fashion = "old" if age >= 58 else "mid" if age >= 26 else "new"
        first, second, alone = words.GIVEN[(fashion, gender)]
        if self.chance.random() < {"old": 0.16, "mid": 0.38, "new": 0.12}[fashion]:
            return self.chance.choice(alone)
        head = self.chance.choice(first)
        return head + self.chance.choice([c for c in second if c != head])

    def name(self, gender, age, surname=None):
        """A full name nobody else has; namesakes are set on purpose later."""
        while True:
            family = surname or (self.chance.choice(words.COMPOUND) if self.chance.random() < 0.018
                                 else self.chance.choice(words.SURNAMES))
            name = family + self.given(gender, age)
            if name not in self.names:
                self.names.add(name)
                return name

    def birth(self, age):
        """A birthday that makes the person `age` years old on AS_OF, not in the last weeks."""
        last = date(AS_OF.year - age, 9, 20)
        return last - timedelta(days=self.chance.randrange(0, 290))

    def phone(self):
        """A mobile number in ranges that no operator has been given."""
        while True:
            number = self.chance.choice(["160", "161", "163", "164", "168", "169"]) + "".join(
                self.chance.choice("0123456789") for _ in range(8))
            if number not in self.phones:
                self.phones.add(number)
                return number

    def id_number(self, birth_on, gender):
        """An ID number of the region that does not exist, with the right check digit."""
        while True:
            serial = self.chance.randrange(1, 499) * 2 + (1 if gender == "男" else 0)
            body = f"{REGION}{birth_on:%Y%m%d}{serial:03d}"
            number = body + check_digit(body)
            if number not in self.ids:
                self.ids.add(number)
                return number

    def person(self, gender, age, relation, surname=None):
        """A person with a name and a birthday; the rest comes later."""
        return Person(self.name(gender, age, surname), gender, self.birth(age), relation, age)

    # -- households ---------------------------------------------------
    def couple(self, age, relations, surname=None):
        """Husband and wife of about `age`."""
        husband = self.person("男", age, relations[0], surname)
        wife_age = age - self.chance.randrange(0, 4)
        if age >= 80:
            wife_age = max(80, wife_age)
        elif age >= 60:
            wife_age = max(60, wife_age)
        return [husband, self.person("女", wife_age, relations[1])]

    def child_of(self, mother_age, relation_boy, relation_girl, surname):
        """A child 24 to 32 years younger than the mother."""
        age = min(26, max(0, mother_age - self.chance.randrange(24, 33)))
        boy = self.chance.random() < 0.51
        return self.person("男" if boy else "女", age, relation_boy if boy else relation_girl, surname)

    def elder_age(self, old):
        """Sixty to seventy-nine, or eighty and more."""
        if old:
            return 80 + min(self.chance.randrange(0, 9), self.chance.randrange(0, 17))
        return self.chance.randrange(63, 79)


def surname_of(name):
    """The family name, compound ones included."""
    return name[:2] if name[:2] in words.COMPOUND else name[0]


def lone_elder(office, number):
    old = number < 18
    gender = "女" if office.chance.random() < 0.66 else "男"
    return [office.person(gender, office.elder_age(old), "户主")]


def elder_couple(office, number):
    if number < 8:
        return office.couple(office.elder_age(True), ("户主", "妻"))
    if number < 12:
        return [office.person("男", 80 + number - 8, "户主"), office.person("女", 76 + number - 8, "妻")]
    return office.couple(office.elder_age(False), ("户主", "妻"))


def three_generations(office, number):
    if number < 5:
        elders = office.couple(office.elder_age(True), ("户主", "妻"))
    elif number < 9:
        elders = [office.person("男", 81, "户主"), office.person("女", 78, "妻")]
    else:
        elders = office.couple(office.elder_age(False), ("户主", "妻"))
    family = surname_of(elders[0].name)
    age = min(57, elders[1].age - office.chance.randrange(23, 29))
    if office.chance.random() < 0.7:
        young = office.couple(age, ("子", "儿媳"), family)
        child = office.child_of(young[1].age, "孙子", "孙女", family)
    else:
        husband, wife = office.couple(age, ("女婿", "女"))
        wife.name = office.name("女", wife.age, family)
        young = [husband, wife]
        child = office.child_of(wife.age, "外孙子", "外孙女", surname_of(husband.name))
    return elders + young + [child]


def with_parent(office, number):
    old = number < 8
    age = office.elder_age(old)
    middle = min(57, age - office.chance.randrange(23, 29))
    husband, wife = office.couple(middle, ("户主", "妻"))
    family = surname_of(husband.name)
    if office.chance.random() < 0.7:
        elder = office.person("女", age, "母亲")
    else:
        elder = office.person("男", age, "父亲", family)
    return [husband, wife, elder, office.child_of(wife.age, "子", "女", family)]


def elder_and_child(office, number):
    gender = "女" if office.chance.random() < 0.6 else "男"
    elder = office.person(gender, office.elder_age(False), "户主")
    age = min(55, elder.age - office.chance.randrange(24, 33))
    boy = office.chance.random() < 0.6
    family = surname_of(elder.name) if gender == "男" else None
    return [elder, office.person("男" if boy else "女", age, "子" if boy else "女", family)]


def parents_and_children(office, children):
    age = office.chance.randrange(29, 54)
    husband, wife = office.couple(age, ("户主", "妻"))
    family = surname_of(husband.name)
    young = [office.child_of(wife.age, "子", "女", family) for _ in range(children)]
    return [husband, wife] + sorted(young, key=lambda p: -p.age)


def one_child(office, number):
    return parents_and_children(office, 1)


def two_children(office, number):
    return parents_and_children(office, 2)


def young_couple(office, number):
    return office.couple(office.chance.randrange(26, 57), ("户主", "妻"))


def single(office, number):
    return [office.person(office.chance.choice("男女"), office.chance.randrange(23, 58), "户主")]


def single_parent(office, number):
    gender = "女" if office.chance.random() < 0.7 else "男"
    parent = office.person(gender, office.chance.randrange(33, 54), "户主")
    return [parent, office.child_of(parent.age, "子", "女", surname_of(parent.name))]


def shared_flat(office, number):
    people = [office.person(office.chance.choice("男女"), office.chance.randrange(20, 40), "非亲属")
              for _ in range([5, 5, 5, 4, 4, 4][number])]
    people[0].relation = "户主"
    return people


# (template, how many households): 430 households, 1,200 people, 330 of them sixty or older.
SHAPES = [
    (lone_elder, 40), (elder_couple, 75), (three_generations, 50), (with_parent, 25),
    (elder_and_child, 15), (one_child, 100), (two_children, 40), (young_couple, 50),
    (single, 15), (single_parent, 14), (shared_flat, 6),
]
RENTED = {"shared_flat": 6, "single": 15, "young_couple": 20, "one_child": 19}


def rooms(chance):
    """Every room of the eighteen buildings in random order; the last digits tell the unit."""
    flats = [(b, 1 + (door - 1) // 2, f"{floor}{door:02d}")
             for b in range(1, 19) for floor in range(1, 7)
             for door in range(1, (4 if b <= 12 else 6) + 1)]
    chance.shuffle(flats)
    return flats


def settle(office):
    """Gives each household a room and a number, in walking order."""
    for shape, count in SHAPES:
        rented = RENTED.get(shape.__name__, 0)
        for number in range(count):
            home = Household(shape.__name__, shape(office, number), rented=number >= count - rented)
            office.households.append(home)
    for home, (building, unit, room) in zip(office.households, rooms(office.chance)):
        home.building, home.unit, home.room = building, unit, room
    office.households.sort(key=lambda h: (h.building, h.unit, h.room))
    for number, home in enumerate(office.households, 1):
        home.number = f"990102{number:03d}"
        for person in home.members:
            person.household = home


def rename(office, people):
    """Puts in the rare characters, the namesakes and a name with a middle dot."""
    def fits(person, gender):
        return person.gender == gender and 35 <= person.age and person.relation in ("户主", "妻", "女婿", "儿媳")

    taken = set()

    def pick(gender, only=None):
        while True:
            person = office.chance.choice(people)
            if id(person) not in taken and fits(person, gender) and (only is None or only(person)):
                taken.add(id(person))
                return person

    def heads_nobody(person):
        return person.relation != "户主" or len(person.household.members) == 1

    def call(person, name):
        """Names the person and gives the children the family name of their father."""
        person.name = name
        heirs = {"户主": ("子", "女", "孙子", "孙女"), "女婿": ("外孙子", "外孙女")}.get(person.relation, ())
        for other in person.household.members:
            if person.gender == "男" and other.relation in heirs and surname_of(other.name) != surname_of(name):
                other.name = office.name(other.gender, other.age, surname_of(name))

    for family, given in words.RARE_MEN:
        call(pick("男", heads_nobody), family + given)
    for family, given in words.RARE_WOMEN:
        call(pick("女", heads_nobody), family + given)
    for name, gender, count in words.NAMESAKES:
        for turn in range(count):
            call(pick(gender, heads_nobody if turn else None), name)
    guest = pick("女", lambda p: p.household.rented and p.relation == "妻")
    guest.name, guest.ethnicity = "阿依古丽·买买提", "维吾尔族"


def basics(office, people):
    """Birthdays of the month, ID numbers, phones, schooling, marriage, work."""
    chance = office.chance
    turning = [p for p in people if p.age == 80][:6]
    for day, person in zip((1, 3, 8, 12, 17, 20), turning):
        person.birth_on = date(1946, 11, day)
    for person in people:
        person.id_number = office.id_number(person.birth_on, person.gender)
        if person.ethnicity == "汉族" and chance.random() < 0.03:
            person.ethnicity = chance.choice(["回族", "满族", "壮族", "土家族", "苗族", "朝鲜族"])
        if person.age >= 12 and chance.random() < (0.9 if person.age < 80 else 0.72):
            person.phone = office.phone()
        person.education = schooling(chance, person.age)
        person.marital_status = marriage(chance, person)
        person.occupation = work(chance, person)
        if person.age >= 60 and chance.random() < 0.38:
            person.chronic_illness = chance.choice(words.ILLNESSES)


def schooling(chance, age):
    """The level of schooling usual for the age."""
    if age < 6:
        return ""
    if age < 12:
        return "小学"
    if age < 15:
        return "初中"
    if age < 18:
        return "高中"
    if age >= 75:
        return chance.choice(["小学", "小学", "初中", "初中", "高中", "中专"])
    if age >= 58:
        return chance.choice(["初中", "初中", "初中", "高中", "高中", "中专", "大专", "本科"])
    return chance.choice(["初中", "高中", "中专", "大专", "大专", "本科", "本科", "本科", "硕士研究生"])


def marriage(chance, person):
    """Follows from the place in the household."""
    if person.age < 22:
        return "未婚"
    couple = {"妻", "夫", "儿媳", "女婿"}
    if person.relation in couple:
        return "已婚"
    if person.relation == "户主" and any(p.relation in ("妻", "夫") for p in person.household.members):
        return "已婚"
    partner = {"子": "儿媳", "女": "女婿"}.get(person.relation)
    if partner and any(p.relation == partner for p in person.household.members):
        return "已婚"
    if person.age >= 60:
        return "丧偶" if chance.random() < 0.85 else "离婚"
    return "离婚" if person.household.shape == "single_parent" or person.age > 45 else "未婚"


def work(chance, person):
    """Pupils, pensioners and a trade for everyone between."""
    if person.age < 6:
        return ""
    if person.age < 22:
        return "学生"
    if person.age >= 60 or (person.gender == "女" and person.age >= 55):
        return "退休"
    return chance.choice(words.RENTER_JOBS if person.household.rented else words.JOBS)


def addresses(office, people):
    """Homes, registrations and the cases where the two differ."""
    chance = office.chance
    for person in people:
        person.living_address = person.registered_address = person.household.address
        if person.household.rented:
            province, county = words.ELSEWHERE[int(person.household.number) % len(words.ELSEWHERE)]
            person.residency = "人在户不在"
            person.registered_address = f"{province}{county}"
            person.native_place = province
    grown = [p for p in people if not p.household.rented and 22 <= p.age <= 57
             and p.relation in ("子", "女") and p.marital_status == "未婚"]
    wed_in = [p for p in people if not p.household.rented and p.relation in ("儿媳", "女婿")]
    for person in sample(chance, grown, 22):
        person.residency = "户在人不在"
        person.living_address = f"{chance.choice(words.MOVED_TO)}{chance.randrange(1, 30)}号{chance.randrange(2, 7)}0{chance.randrange(1, 5)}室"
    for person in sample(chance, wed_in, 14):
        person.residency = "人在户不在"
        person.registered_address = f"{chance.choice(words.MOVED_TO)}{chance.randrange(1, 30)}号{chance.randrange(2, 7)}0{chance.randrange(1, 5)}室"


def sample(chance, people, count):
    """Draws `count` people without putting back, kept in the order of the roster."""
    chosen = set(chance.sample(range(len(people)), count))
    return [p for i, p in enumerate(people) if i in chosen]


def tags(office, people):
    """Living arrangement, disability, low income, veterans, party members, volunteers."""
    chance = office.chance
    arrangement = {"lone_elder": "独居", "elder_couple": "空巢"}
    for person in (p for p in people if p.age >= 60):
        person.living_arrangement = arrangement.get(person.household.shape, "与子女同住")
    kinds = [kind for kind, count in zip(DISABILITIES, (6, 7, 2, 20, 4, 4, 2)) for _ in range(count)]
    local = [p for p in people if p.residency != "人在户不在"]
    for person, kind in zip(sample(chance, [p for p in local if p.age >= 8], 45), kinds):
        person.disability_kind, person.disability_level = kind, chance.choice(["一级", "二级", "二级", "三级", "三级", "四级"])
    poor_homes = sample(chance, [h for h in office.households if h.shape in
                                 ("lone_elder", "single_parent", "elder_and_child")], 9)
    poor = [p for h in poor_homes for p in h.members][:14]
    more = [p for h in office.households if h.shape == "elder_couple" and h not in poor_homes for p in h.members]
    poor += more[:14 - len(poor)]
    for turn, person in enumerate(poor):
        person.low_income_kind = "特困" if turn < 1 and person.household.shape == "lone_elder" else "低保" if turn < 9 else "低收入"
    for turn, person in enumerate(sample(chance, [p for p in local if p.gender == "男" and 24 <= p.age <= 90], 16)):
        person.veteran = "是"
    for person in sample(chance, [p for p in people if p.age >= 30 and (p.age >= 50 or chance.random() < 0.5)], 120):
        person.political_status = "中共党员"
        joined = person.birth_on.year + chance.randrange(22, max(23, min(40, person.age)))
        person.party_joined_on = f"{min(joined, 2024)}-{chance.choice(['07-01', '06-28', '12-15', '06-30'])}"
    for person in people:
        if not person.political_status and person.age >= 14:
            person.political_status = "共青团员" if person.age <= 27 and chance.random() < 0.5 else "群众"
    for number, person in enumerate(sample(chance, [p for p in people if 16 <= p.age <= 76 and p.phone], 70), 1):
        year = chance.randrange(2018, 2027)
        person.volunteer_number = f"MY{year}{number:04d}"
        person.volunteer_on = f"{year}-{chance.randrange(1, 11):02d}-{chance.randrange(1, 28):02d}"


def contacts(office, people):
    """Whom to ring: a child elsewhere for those alone, someone of the household otherwise."""
    for person in people:
        if person.age < 60:
            continue
        if person.household.shape in ("lone_elder", "elder_couple"):
            gender = office.chance.choice("男女")
            head = person.household.head
            family = surname_of(head.name) if head.gender == "男" else None
            person.emergency_contact = office.name(gender, max(30, person.age - 27), family)
            person.emergency_phone = office.phone()
        else:
            near = [p for p in person.household.members if p.age < 60 and p.phone]
            if near:
                person.emergency_contact, person.emergency_phone = near[0].name, near[0].phone


# Column of residents.csv -> how to read it from a person.
COLUMNS = {
    "person.name": lambda p: p.name,
    "person.id_number": lambda p: p.id_number,
    "person.gender": lambda p: p.gender,
    "person.birth_on": lambda p: p.birth_on.isoformat(),
    "person.ethnicity": lambda p: p.ethnicity,
    "person.phone": lambda p: p.phone,
    "person.living_address": lambda p: p.living_address,
    "person.registered_address": lambda p: p.registered_address,
    "person.native_place": lambda p: p.native_place,
    "person.residency": lambda p: p.residency,
    "person.political_status": lambda p: p.political_status,
    "person.education": lambda p: p.education,
    "person.marital_status": lambda p: p.marital_status,
    "person.occupation": lambda p: p.occupation,
    "household.number": lambda p: p.household.number,
    "household.head_name": lambda p: p.household.head.name,
    "household.relation_to_head": lambda p: p.relation,
    "place.building": lambda p: f"{p.household.building}号楼",
    "place.unit": lambda p: f"{p.household.unit}单元",
    "place.room": lambda p: f"{p.household.room}室",
    "place.grid": lambda p: p.household.grid,
    "person.living_arrangement": lambda p: p.living_arrangement,
    "person.chronic_illness": lambda p: p.chronic_illness,
    "person.disability_kind": lambda p: p.disability_kind,
    "person.disability_level": lambda p: p.disability_level,
    "person.disability_certificate": lambda p: p.disability_certificate,
    "person.low_income_kind": lambda p: p.low_income_kind,
    "person.veteran": lambda p: p.veteran,
    "volunteer.number": lambda p: p.volunteer_number,
    "volunteer.registered_on": lambda p: p.volunteer_on,
    "person.emergency_contact": lambda p: p.emergency_contact,
    "person.emergency_phone": lambda p: p.emergency_phone,
}


COLUMNS.update({name: (lambda p, name=name: p.facts.get(name, "")) for name in (
    "person.self_care", "person.paired_name", "person.visit_cycle", "row.last_visit_on",
    "person.old_age_allowance", "person.old_age_amount", "person.guardian_name",
    "person.aid_certificate", "person.aid_people", "person.aid_amount", "person.aid_since", "person.aid_review_on",
    "person.veteran_certificate", "person.enlisted_on", "person.discharged_on", "person.glory_plaque",
    "person.party_joined_on", "person.party_branch", "volunteer.service_kind", "volunteer.hours",
    "person.arrived_on", "person.migrant_reason", "person.residence_permit", "person.residence_permit_until",
    "person.employer",
    "person.disability_living_allowance", "person.disability_care_allowance", "person.disability_allowance_since")})


def populate():
    """The whole office, ready to be written."""
    office = Office()
    settle(office)
    people = [p for home in office.households for p in home.members]
    rename(office, people)
    basics(office, people)
    addresses(office, people)
    tags(office, people)
    contacts(office, people)
    return office, people
