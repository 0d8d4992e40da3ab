CREATE TABLE note (
  id              uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  text            text NOT NULL CHECK (text <> 'refused'),
  UNIQUE (organization_id, id)
);
SELECT platform.tenant_table('note');
SELECT platform.worker_table('note');

CREATE TABLE setting (
  name  text PRIMARY KEY,
  value text NOT NULL
);
SELECT platform.global_table('setting', 'the same for every organization');
