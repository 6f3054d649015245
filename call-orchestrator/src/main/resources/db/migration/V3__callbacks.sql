-- Older code knows nothing of it.

-- Who is to be called back. The number in full only while the callback is open: who has been called is not kept.
create table callback (
    -- The id of the request.
    callback_id     uuid        primary key,
    call_id         uuid        not null,
    status          text        not null default 'BOOKED',
    number          text,
    number_last_two text        not null,
    -- The number of ours that may call; null when it was none in E.164.
    our_number      text,
    assistant_id    text        not null,
    language        text        not null,
    cause           text        not null,
    requested_at    timestamptz not null,
    booked_at       timestamptz not null default now(),
    closed_at       timestamptz,
    check ((status = 'BOOKED') = (number is not null))
);
-- One open callback per number (TH-12), whatever the order and number of requests.
create unique index callback_open_number on callback (number) where status = 'BOOKED';
create index callback_by_status on callback (status, callback_id);
