-- Older code beside this one leaves the new columns alone: its calls are looked at a little too early, which is harmless.

alter table call
    -- When we last heard of it, by the database's clock.
    add column news_at         timestamptz not null default now(),
    add column traceparent     text,
    -- Not looked at before, and by nobody else until.
    add column look_at         timestamptz,
    add column leased_until    timestamptz,
    -- Looks in a row that brought no answer.
    add column vain_looks      integer not null default 0,
    -- When we decided that it is over; the event is in the outbox, or was.
    add column end_told_at     timestamptz,
    -- When we last meant to hang it up; written before the provider is asked.
    add column hang_up_at      timestamptz;

-- Open calls are few among all.
create index call_open on call (news_at) where state <> 'ENDED';

-- Events that are true and on their way: written in the transaction that makes them true, deleted once Kafka keeps them.
-- The columns are named as Debezium's outbox router expects them.
create table outbox (
    id            bigint      generated always as identity primary key,
    event_id      uuid        not null unique,
    aggregatetype text        not null,
    aggregateid   text        not null,
    type          text        not null,
    payload       text        not null,
    traceparent   text,
    created_at    timestamptz not null default now()
);
