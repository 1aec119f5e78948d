-- Reports that were printed or kept (出过的报表): the ground of the list of what left the office.
create table report_made (
    id      integer primary key autoincrement,
    kind    text not null,
    ledger  text not null,
    title   text not null,
    made_on text not null,
    format  text not null,
    pages   integer not null,
    masked  integer not null,
    op      integer not null
) strict;
create index report_made_of on report_made (kind, made_on);
