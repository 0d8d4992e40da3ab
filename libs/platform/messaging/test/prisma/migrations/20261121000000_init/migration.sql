CREATE TABLE effect (
  id              uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  consumer        text NOT NULL,
  event_id        uuid NOT NULL,
  subject         text NOT NULL,
  sequence        integer NOT NULL,
  text            text NOT NULL
);
SELECT platform.tenant_table('effect');
SELECT platform.worker_table('effect');
