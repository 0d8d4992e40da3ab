CREATE TABLE mark (
  id              uuid PRIMARY KEY,
  organization_id uuid NOT NULL
);
SELECT platform.tenant_table('mark');
SELECT platform.worker_table('mark');
