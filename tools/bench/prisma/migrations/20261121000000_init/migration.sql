CREATE TABLE reading (
  id              uuid PRIMARY KEY,
  organization_id uuid    NOT NULL,
  meter           text    NOT NULL,
  value           integer NOT NULL
);
CREATE TABLE effect (
  id              uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  event_id        uuid NOT NULL
);
SELECT platform.tenant_table('reading');
SELECT platform.tenant_table('effect');
