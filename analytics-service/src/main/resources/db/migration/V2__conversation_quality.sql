-- How conversations sounded. One row per bridge that served a call and was told what the gateway measured. Old code
-- meanwhile writes none, and nothing reads what is missing as zero.
create table conversation_quality (
    event_id        uuid primary key,
    call_id         uuid         not null references call,
    at              timestamptz  not null,
    duration_ms     bigint       not null,
    mos             numeric(3,2) not null,
    r_factor        numeric(4,1) not null,
    talk_over_ms    bigint       not null,
    holes           integer      not null,
    missing_ms      bigint       not null,
    longest_gap_ms  bigint       not null,
    jitter_micros   bigint       not null,
    late_frames     bigint       not null,
    dropped_ms      bigint       not null,
    underruns       integer      not null,
    underrun_ms     bigint       not null
);
create index conversation_quality_call on conversation_quality (call_id);
