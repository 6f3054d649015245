-- Facts of calls, from the events of call-lifecycle. Nothing here is personal data.
-- Events come at least once and in any order, so every statement that writes gives the same rows in any order.

-- Events that were applied. Rows go when the topic can no longer repeat them.
create table inbox (
    event_id   uuid primary key,
    applied_at timestamptz not null default now()
);
create index inbox_applied_at on inbox (applied_at);

-- One row per call, made by whichever of its events comes first.
create table call (
    call_id           uuid primary key,
    -- Earliest time of all its events: the period that the call belongs to.
    started_at        timestamptz not null,
    direction         text        not null default 'UNKNOWN',
    assistant_id      text,
    assistant_version integer,
    language          text,
    campaign_id       text,
    -- Of the event that the columns above were taken from: the earliest wins.
    introduced_at     timestamptz,
    introduced_by     uuid,
    answered_at       timestamptz,
    outcome           text,
    reason            text,
    talk_time_ms      bigint,
    -- Of the event that the columns above were taken from: the earliest wins.
    ended_at          timestamptz,
    ended_by          uuid
);
create index call_started_at on call (started_at);
create index call_assistant on call (assistant_id, started_at);

-- Audio between the provider and us; the provider bills each stream by the minute.
create table media_stream (
    event_id       uuid primary key,
    call_id        uuid        not null references call,
    ended_at       timestamptz not null,
    reason         text        not null,
    duration_ms    bigint      not null,
    missing_frames bigint      not null
);
create index media_stream_call on media_stream (call_id);

create table turn (
    event_id         uuid primary key,
    call_id          uuid        not null references call,
    at               timestamptz not null,
    turn             integer     not null,
    trigger_kind     text        not null,
    caller_speech_ms bigint      not null,
    first_audio_ms   bigint,
    audio_ms         bigint      not null,
    heard_ms         bigint      not null,
    interrupted      boolean     not null
);
create index turn_call on turn (call_id);

create table barge_in (
    event_id    uuid primary key,
    call_id     uuid        not null references call,
    at          timestamptz not null,
    heard_ms    bigint      not null,
    made_ms     bigint      not null,
    reaction_ms bigint      not null
);
create index barge_in_call on barge_in (call_id);

create table tool_call (
    event_id    uuid primary key,
    call_id     uuid        not null references call,
    at          timestamptz not null,
    tool        text        not null,
    outcome     text        not null,
    duration_ms bigint      not null
);
create index tool_call_call on tool_call (call_id);

-- What a vendor bills for: kind MODEL (one response) or TRANSCRIPTION (one piece of the caller's speech).
-- Cached tokens are a part of the input tokens of their kind. Money is not stored: it follows from the price tables.
create table usage (
    event_id     uuid primary key,
    call_id      uuid          not null references call,
    at           timestamptz   not null,
    kind         text          not null,
    provider     text          not null,
    model        text          not null,
    status       text,
    seconds      numeric(18,6) not null,
    text_in      bigint        not null,
    text_cached  bigint        not null,
    audio_in     bigint        not null,
    audio_cached bigint        not null,
    text_out     bigint        not null,
    audio_out    bigint        not null
);
create index usage_call on usage (call_id);
