-- What every service's database holds besides its own tables. Runs as the service's owner role; the group
-- roles orion_app, orion_worker and orion_audit exist already (provisioning).

CREATE SCHEMA platform;

GRANT USAGE ON SCHEMA public, platform TO orion_app, orion_worker, orion_audit;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO orion_app, orion_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO orion_app, orion_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO orion_audit;
ALTER DEFAULT PRIVILEGES IN SCHEMA platform GRANT SELECT ON TABLES TO orion_audit;

-- After a commit the setting reads '', not NULL; both mean: no organization, no rows.
CREATE FUNCTION platform.organization_id() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('orion.organization_id', true), '')::uuid $$;

CREATE TABLE platform.global_table_reason (
  table_name text PRIMARY KEY,
  reason     text NOT NULL CHECK (length(reason) > 10)
);

-- The sub-select makes PostgreSQL read the setting once for each statement, not once for each row.
CREATE FUNCTION platform.tenant_table(relation regclass, organization_column name DEFAULT 'organization_id')
  RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', relation);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', relation);
  EXECUTE format(
    'CREATE POLICY tenant ON %s TO orion_app USING (%I = (SELECT platform.organization_id())) '
    'WITH CHECK (%I = (SELECT platform.organization_id()))',
    relation, organization_column, organization_column);
END $$;

CREATE FUNCTION platform.worker_table(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', relation);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', relation);
  EXECUTE format('CREATE POLICY worker ON %s TO orion_worker USING (true) WITH CHECK (true)', relation);
END $$;

CREATE FUNCTION platform.global_table(relation regclass, reason text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO platform.global_table_reason VALUES (relation::text, reason)
$$;

-- Tables that are neither under row-level security nor on the allow-list: there must be none.
CREATE FUNCTION platform.uncovered_tables() RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT c.oid::regclass::text
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname IN ('public', 'platform') AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
     AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
     AND NOT EXISTS (SELECT FROM platform.global_table_reason g WHERE g.table_name = c.oid::regclass::text)
   ORDER BY 1
$$;

CREATE TABLE platform.aggregate_sequence (
  organization_id uuid   NOT NULL,
  aggregate_id    text   NOT NULL,
  last            bigint NOT NULL,
  PRIMARY KEY (organization_id, aggregate_id)
);
SELECT platform.tenant_table('platform.aggregate_sequence');
SELECT platform.worker_table('platform.aggregate_sequence');
GRANT SELECT, INSERT, UPDATE ON platform.aggregate_sequence TO orion_app, orion_worker;

-- `position` orders the rows of one aggregate as their sequence does, since the aggregate's row in
-- aggregate_sequence is locked before it is drawn. Between aggregates it promises nothing.
CREATE TABLE platform.outbox (
  id              uuid PRIMARY KEY,
  position        bigint GENERATED ALWAYS AS IDENTITY,
  organization_id uuid        NOT NULL,
  aggregate_id    text        NOT NULL,
  sequence        bigint      NOT NULL,
  type            text        NOT NULL,
  envelope        text        NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  published_at    timestamptz,
  UNIQUE (organization_id, aggregate_id, sequence)
);
CREATE INDEX outbox_waiting ON platform.outbox (position) WHERE published_at IS NULL;
CREATE INDEX outbox_published ON platform.outbox (published_at) WHERE published_at IS NOT NULL;
SELECT platform.tenant_table('platform.outbox');
SELECT platform.worker_table('platform.outbox');
GRANT SELECT, INSERT ON platform.outbox TO orion_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.outbox TO orion_worker;
ALTER TABLE platform.outbox SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

CREATE TABLE platform.inbox (
  consumer        text        NOT NULL,
  event_id        uuid        NOT NULL,
  organization_id uuid        NOT NULL,
  received_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_received ON platform.inbox (received_at);
SELECT platform.tenant_table('platform.inbox');
SELECT platform.worker_table('platform.inbox');
GRANT SELECT, INSERT ON platform.inbox TO orion_app;
GRANT SELECT, INSERT, DELETE ON platform.inbox TO orion_worker;

CREATE TABLE platform.idempotency (
  organization_id uuid        NOT NULL,
  user_id         text        NOT NULL,
  key             text        NOT NULL,
  endpoint        text        NOT NULL,
  body_hash       text        NOT NULL,
  reply           text,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (organization_id, user_id, key)
);
CREATE INDEX idempotency_created ON platform.idempotency (created_at);
SELECT platform.tenant_table('platform.idempotency');
SELECT platform.worker_table('platform.idempotency');
GRANT SELECT, INSERT ON platform.idempotency TO orion_app;
GRANT SELECT, DELETE ON platform.idempotency TO orion_worker;

CREATE TABLE platform.lease (
  name       text PRIMARY KEY,
  token      bigint      NOT NULL,
  holder     uuid        NOT NULL,
  expires_at timestamptz NOT NULL
);
SELECT platform.global_table('platform.lease', 'who runs what once at a time; holds no business data');
GRANT SELECT, INSERT, UPDATE ON platform.lease TO orion_worker;

CREATE TABLE platform.consumer (
  name          text PRIMARY KEY,
  event_types   text[]      NOT NULL,
  registered_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
SELECT platform.global_table('platform.consumer', 'which event types a consumer subscribes to; holds no business data');
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.consumer TO orion_worker;

CREATE TABLE platform.dead_letter (
  id           uuid PRIMARY KEY,
  consumer     text        NOT NULL,
  event_id     text,
  event_type   text,
  reason       text        NOT NULL,
  detail       text        NOT NULL DEFAULT '',
  headers      text        NOT NULL,
  body         bytea       NOT NULL,
  died_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  replayed_at  timestamptz
);
CREATE INDEX dead_letter_died ON platform.dead_letter (died_at DESC, id DESC);
SELECT platform.worker_table('platform.dead_letter');
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.dead_letter TO orion_worker;

SELECT platform.global_table('platform.global_table_reason', 'the allow-list itself; written by migrations only');
