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

-- Forms of superiors (上级表) known again by their layout: what the clerk settled for them.
create table form_layout (
    id          integer primary key autoincrement,
    fingerprint text not null unique,
    body        text not null,
    op          integer not null
) strict;

-- What was handed in (报送记录), with the files as they were.
create table submission (
    id          integer primary key autoincrement,
    fingerprint text not null,
    body        text not null,
    copy        text not null,
    op          integer not null
) strict;
create index submission_of on submission (fingerprint);

-- Derived: search keys of residents, rebuilt from the rows an op touched. Old keys are found again
-- from the before-images, so no index by resident is needed.
create table skey (
    key      text not null,
    kind     integer not null,
    resident integer not null,
    primary key (key, kind, resident)
) strict, without rowid;
