-- First schema: there is no older code that could meet it.

-- Which events were applied. In the transaction that applies them, so an event has its effect once.
create table inbox (
    event_id    uuid        primary key,
    received_at timestamptz not null default now()
);
create index inbox_received_at on inbox (received_at);

-- One row per call; call_id is a UUID of version 7, so its order is the order of beginning.
create table call (
    call_id           uuid        primary key,
    state             text        not null default 'ANNOUNCED',
    state_since       timestamptz,
    outcome           text,
    end_reason        text,
    talk_time_ms      bigint,
    direction         text,
    call_sid          text,
    assistant_id      text,
    assistant_version integer,
    language          text,
    campaign_id       text,
    from_hash         text,
    from_last_two     text,
    to_hash           text,
    to_last_two       text,
    answered_at       timestamptz,
    ended_at          timestamptz
);
create index call_by_sid on call (call_sid);
create index call_by_assistant on call (assistant_id, call_id);
create index call_by_state on call (state, call_id);

-- Everything that was told of a call, as it was told. Free of personal data.
create table call_event (
    event_id uuid        primary key,
    call_id  uuid        not null,
    type     text        not null,
    time     timestamptz not null,
    source   text        not null,
    data     jsonb       not null
);
create index call_event_by_call on call_event (call_id, time, event_id);

-- What was said. Personal data: only roles that may read it are shown it.
create table transcript (
    call_id  uuid        not null,
    item_key text        not null,
    event_id uuid        not null,
    kind     text        not null,
    time     timestamptz not null,
    start_ms bigint      not null,
    data     jsonb       not null,
    primary key (call_id, item_key)
);

create table assistant (
    assistant_id    text    primary key,
    current_version integer not null
);

-- A version never changes.
create table assistant_version (
    assistant_id text        not null references assistant,
    version      integer     not null,
    profile      jsonb       not null,
    created_at   timestamptz not null default now(),
    primary key (assistant_id, version)
);

-- '*' answers all numbers that are not named.
create table number (
    number       text primary key,
    assistant_id text not null references assistant
);
