-- Organizations that are being forgotten: their rows are removed a batch at a time (docs/adr/0036).
CREATE TABLE platform.erasure (
  organization_id uuid        PRIMARY KEY,
  asked_at        timestamptz NOT NULL DEFAULT clock_timestamp()
);
SELECT platform.tenant_table('platform.erasure');
SELECT platform.worker_table('platform.erasure');
GRANT SELECT, INSERT ON platform.erasure TO orion_app;
GRANT SELECT, DELETE ON platform.erasure TO orion_worker;

-- The service's tables of organizations, each behind those that refer to it.
CREATE FUNCTION platform.erasable_tables() RETURNS SETOF text LANGUAGE sql STABLE AS $$
  WITH RECURSIVE tenant AS (
    SELECT c.oid
      FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
     WHERE p.polname = 'tenant' AND c.relnamespace = 'public'::regnamespace
  ), referred AS (
    SELECT oid, 0 AS depth FROM tenant
    UNION
    SELECT k.confrelid, referred.depth + 1
      FROM referred JOIN pg_constraint k ON k.contype = 'f' AND k.conrelid = referred.oid AND k.confrelid <> k.conrelid
     WHERE referred.depth < 50
  )
  SELECT tenant.oid::regclass::text FROM tenant JOIN referred USING (oid)
   GROUP BY tenant.oid ORDER BY max(depth), tenant.oid::regclass::text
$$;
