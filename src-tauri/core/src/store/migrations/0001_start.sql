-- The journal. An op is one act of a clerk; a change is what a row looked like before an op.
create table op (
    seq       integer primary key autoincrement,
    uid       text not null unique,
    at        text not null,
    clerk     text not null,
    kind      text not null,
    label     text not null,
    detail    text not null default '{}',
    undo_of   integer references op (seq),
    ranges    text not null default '{}',
    digest    text,
    prev_hash text,
    hash      text
) strict;
create index op_undo_of on op (undo_of);
create index op_kind on op (kind);

-- act: 1 the op updated the row, 2 deleted it, 3 put back a row that had been deleted.
create table change (
    op     integer not null,
    tbl    text not null,
    row    integer not null,
    act    integer not null,
    before text,
    primary key (op, tbl, row)
) strict, without rowid;
create index change_row on change (tbl, row);

-- The committee (居委会) itself: one row.
create table committee (
    id          integer primary key autoincrement check (id = 1),
    name        text not null,
    subdistrict text not null,
    director    text not null,
    filler      text not null,
    phone       text not null,
    practice    integer not null,
    op          integer not null
) strict;

-- Whatever facts can be known of. Residents, households and places share its numbers.
create table subject (
    id   integer primary key autoincrement,
    kind text not null,
    uid  text not null unique,
    op   integer not null
) strict;

create table place (
    id       integer primary key references subject (id) deferrable initially deferred,
    building text not null,
    unit     text not null,
    room     text not null,
    op       integer not null
) strict;
create unique index place_door on place (building, room, unit);

create table household (
    id     integer primary key references subject (id) deferrable initially deferred,
    number text not null,
    place  integer references place (id) deferrable initially deferred,
    op     integer not null
) strict;
create unique index household_number on household (number);
create index household_place on household (place);

-- The columns are the facts asked for most often; all others are rows of fact.
create table resident (
    id                 integer primary key references subject (id) deferrable initially deferred,
    name               text not null,
    id_number          text,
    gender             text,
    birth_on           text,
    phone              text,
    living_address     text,
    registered_address text,
    residency          text,
    relation_to_head   text,
    household          integer references household (id) deferrable initially deferred,
    place              integer references place (id) deferrable initially deferred,
    op                 integer not null
) strict;
create unique index resident_id_number on resident (id_number) where id_number is not null;
create index resident_name on resident (name, birth_on);
create index resident_household on resident (household);
create index resident_place on resident (place);

create table fact (
    id          integer primary key autoincrement,
    subject     integer not null references subject (id) deferrable initially deferred,
    field       text not null,
    value       text not null,
    observed_on text not null,
    op          integer not null
) strict;
create unique index fact_of on fact (subject, field);

-- Ledger kinds (台账种类) made by clerks; the shipped ones are files.
create table ledger (
    id   integer primary key autoincrement,
    code text not null unique,
    body text not null,
    op   integer not null
) strict;

-- Columns that clerks keep in one ledger beside its own.
create table ledger_column (
    id     integer primary key autoincrement,
    ledger text not null,
    body   text not null,
    op     integer not null
) strict;

-- A row of a ledger: which subject belongs to it, and the columns that are the row's own.
create table record (
    id      integer primary key autoincrement,
    ledger  text not null,
    subject integer references subject (id) deferrable initially deferred,
    body    text not null,
    op      integer not null
) strict;
create index record_ledger on record (ledger);
create unique index record_member on record (subject, ledger) where subject is not null;

-- What a clerk taught: this heading means that field; this layout goes to that ledger.
create table remembered (
    id      integer primary key autoincrement,
    heading text not null unique,
    field   text not null,
    op      integer not null
) strict;
create table layout (
    id          integer primary key autoincrement,
    fingerprint text not null,
    ledger      text not null,
    body        text not null,
    op          integer not null
) strict;
create unique index layout_of on layout (fingerprint, ledger);

-- Where imported values came from: one row for each import.
create table batch (
    id   integer primary key autoincrement,
    body text not null,
    op   integer not null
) strict;
create index batch_op on batch (op);

-- Rows of sheets that wait to be put right (待处理).
create table tray (
    id     integer primary key autoincrement,
    ledger text not null,
    body   text not null,
    op     integer not null
) strict;

-- The lists (清单) as the office keeps them: duties of both sides, what is refused, what needs
-- admission, what may be certified. A row is copied from an edition that ships, or is the office's own.
create table duty (
    id      integer primary key autoincrement,
    list    text not null,
    code    text not null unique,
    place   integer not null,
    title   text not null,
    edition text not null,
    body    text not null,
    op      integer not null
) strict;
create index duty_list on duty (list, place);

-- Days the office itself works or does not work, whatever the calendar says.
create table calendar_day (
    id    integer primary key autoincrement,
    day   text not null unique,
    works integer not null,
    title text not null,
    op    integer not null
) strict;

-- Numbers of papers the office issues (文号). None is ever taken out; a void one says why.
create table serial (
    id       integer primary key autoincrement,
    book     text not null,
    year     integer not null,
    number   integer not null,
    text     text not null,
    title    text not null,
    given_on text not null,
    void     text,
    op       integer not null
) strict;
create unique index serial_of on serial (book, year, number);

-- From which number a book of numbers goes on, when it was begun on paper.
create table serial_book (
    id    integer primary key autoincrement,
    book  text not null,
    year  integer not null,
    first integer not null,
    word  text not null,
    op    integer not null
) strict;
create unique index serial_book_of on serial_book (book, year);

-- What came in (来件): its text, what the gate said of it and what a person decided.
create table notice (
    id          integer primary key autoincrement,
    title       text not null,
    text        text not null,
    department  text not null,
    channel     text not null,
    received_at text not null,
    due_at      text,
    verdict     text not null,
    side        text,
    item        text,
    judged      text not null,
    asks        text not null,
    letter      text,
    decision    text not null,
    reason      text not null,
    state       text not null,
    due_on      text,
    serial      integer references serial (id) deferrable initially deferred,
    op          integer not null
) strict;
create index notice_received on notice (received_at);
create index notice_serial on notice (serial);

-- The way of a notice through its states, one row a step.
create table notice_step (
    id     integer primary key autoincrement,
    notice integer not null references notice (id) deferrable initially deferred,
    state  text not null,
    on_day text not null,
    who    text not null,
    note   text not null,
    due_on text,
    serial integer references serial (id) deferrable initially deferred,
    op     integer not null
) strict;
create index notice_step_of on notice_step (notice);
create index notice_step_serial on notice_step (serial);

-- Tasks handed down (交办任务).
create table task (
    id          integer primary key autoincrement,
    title       text not null,
    department  text not null,
    channel     text not null,
    received_at text not null,
    due_at      text,
    owner       text not null,
    side        text not null,
    duty        text,
    state       text not null,
    finished_at text,
    notice      integer references notice (id) deferrable initially deferred,
    before      integer references task (id) deferrable initially deferred,
    body        text not null,
    op          integer not null
) strict;
create index task_due on task (state, due_at);
create index task_received on task (received_at);
create index task_notice on task (notice);
create index task_before on task (before);

-- Hours worked (工时), for a task or for the committee's own duties.
create table work (
    id         integer primary key autoincrement,
    on_day     text not null,
    who        text not null,
    minutes    integer not null,
    side       text not null,
    department text not null,
    title      text not null,
    task       integer references task (id) deferrable initially deferred,
    op         integer not null
) strict;
create index work_day on work (on_day);
create index work_task on work (task);

-- Certificates asked for (证明): issued, refused or void.
create table certificate (
    id        integer primary key autoincrement,
    item      text not null,
    title     text not null,
    name      text not null,
    resident  integer references resident (id) deferrable initially deferred,
    state     text not null,
    asked_on  text not null,
    issued_on text,
    handler   text not null,
    checker   text not null,
    approver  text not null,
    copies    integer not null,
    serial    integer references serial (id) deferrable initially deferred,
    body      text not null,
    op        integer not null
) strict;
create index certificate_asked on certificate (asked_on);
create index certificate_resident on certificate (resident);
create index certificate_serial on certificate (serial);

-- Uses of the seal (用印登记).
create table seal_use (
    id          integer primary key autoincrement,
    on_day      text not null,
    matter      text not null,
    copies      integer not null,
    applicant   text not null,
    approver    text not null,
    handler     text not null,
    serial      integer references serial (id) deferrable initially deferred,
    certificate integer references certificate (id) deferrable initially deferred,
    op          integer not null
) strict;
create index seal_use_day on seal_use (on_day);
create index seal_use_serial on seal_use (serial);
create index seal_use_certificate on seal_use (certificate);

-- Plaques, appraisals, systems and groups (机制牌子、考核评比、系统、工作群).
create table mechanism (
    id         integer primary key autoincrement,
    kind       text not null,
    title      text not null,
    department text not null,
    from_on    text not null,
    until_on   text,
    basis      text not null,
    note       text not null,
    op         integer not null
) strict;
create index mechanism_kind on mechanism (kind);

-- Figures of the time before the program, as the office told them, to compare with.
create table burden_before (
    id     integer primary key autoincrement,
    figure text not null,
    month  text not null,
    value  real not null,
    note   text not null,
    op     integer not null
) strict;
create unique index burden_before_of on burden_before (figure, month);

-- Derived: search keys of residents, rebuilt from the rows an op touched. Old keys are found again
-- from the before-images, so no index by resident is needed.
create table skey (
    key      text not null,
    kind     integer not null,
    resident integer not null,
    primary key (key, kind, resident)
) strict, without rowid;
