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

-- Derived: search keys of residents, rebuilt from the rows an op touched. Old keys are found again
-- from the before-images, so no index by resident is needed.
create table skey (
    key      text not null,
    kind     integer not null,
    resident integer not null,
    primary key (key, kind, resident)
) strict, without rowid;

-- Matters (议题) and every step they went, with its reason.
create table matter (
    id        integer primary key autoincrement,
    number    text not null unique,
    year      integer not null,
    serial    integer not null,
    title     text not null,
    way_in    text not null,
    state     text not null,
    opened_on text not null,
    body      text not null,
    op        integer not null
) strict;
create table matter_step (
    id         integer primary key autoincrement,
    matter     integer not null references matter (id) deferrable initially deferred,
    transition text not null,
    state      text not null,
    reason     text not null,
    missing    text not null,
    on_day     text not null,
    who        text not null,
    op         integer not null
) strict;
create index matter_step_of on matter_step (matter);
create table matter_row (
    id     integer primary key autoincrement,
    matter integer not null references matter (id) deferrable initially deferred,
    record text not null,
    place  integer not null,
    body   text not null,
    op     integer not null
) strict;
create index matter_row_of on matter_row (matter);

-- Meetings (会议) of a matter, or by themselves.
create table meeting (
    id        integer primary key autoincrement,
    matter    integer references matter (id) deferrable initially deferred,
    kind      text not null,
    number    text not null,
    year      integer not null,
    serial    integer not null,
    round     integer not null,
    held_at   text not null,
    body      text not null,
    attempts  text not null,
    closed_on text not null,
    op        integer not null
) strict;
create index meeting_matter on meeting (matter);
create unique index meeting_number on meeting (kind, year, serial);
create table meeting_person (
    id         integer primary key autoincrement,
    meeting    integer not null references meeting (id) deferrable initially deferred,
    resident   integer references resident (id) deferrable initially deferred,
    name       text not null,
    roles      text not null,
    unit       text not null,
    phone      text not null,
    building   text not null,
    room       text not null,
    arrival    text not null,
    arrived_at text not null,
    note       text not null,
    signed_on  text not null,
    op         integer not null
) strict;
create index meeting_person_of on meeting_person (meeting);
create index meeting_person_resident on meeting_person (resident);
create table meeting_row (
    id      integer primary key autoincrement,
    meeting integer not null references meeting (id) deferrable initially deferred,
    record  text not null,
    place   integer not null,
    body    text not null,
    op      integer not null
) strict;
create index meeting_row_of on meeting_row (meeting);

-- Counts of votes. A locked version is never rewritten; a correction is the next version.
create table meeting_tally (
    id        integer primary key autoincrement,
    meeting   integer not null references meeting (id) deferrable initially deferred,
    attempt   integer not null,
    vote      text not null,
    version   integer not null,
    body      text not null,
    locked_at text not null,
    reason    text not null,
    op        integer not null
) strict;
create unique index meeting_tally_of on meeting_tally (meeting, vote, attempt, version);

-- Steps of a meeting, and papers that were printed; only ever added to.
create table meeting_step (
    id      integer primary key autoincrement,
    meeting integer not null references meeting (id) deferrable initially deferred,
    attempt integer not null,
    stage   text not null,
    act     text not null,
    way     text not null,
    reason  text not null,
    on_day  text not null,
    who     text not null,
    missing text not null,
    op      integer not null
) strict;
create index meeting_step_of on meeting_step (meeting);

-- Numbers of rules that the office set itself.
create table rule_parameter (
    id    integer primary key autoincrement,
    code  text not null unique,
    value text not null,
    basis text not null,
    op    integer not null
) strict;

-- Days the office itself works or does not work, whatever the calendar says.
create table calendar_day (
    id    integer primary key autoincrement,
    day   text not null unique,
    works integer not null,
    title text not null,
    op    integer not null
) strict;
