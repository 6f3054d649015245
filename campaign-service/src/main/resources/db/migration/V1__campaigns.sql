-- The first table of the database that only campaign-service touches; what a campaign needs beyond its name is added by
-- later migrations, each so that the version before can still run.
create table campaign (
    campaign_id uuid        primary key,
    name        text        not null check (length(name) between 1 and 200),
    created_at  timestamptz not null default now()
);
