CREATE TABLE "thing" ("id" UUID PRIMARY KEY, "organization_id" UUID NOT NULL);
CREATE TABLE "effect" ("id" UUID PRIMARY KEY, "organization_id" UUID NOT NULL, "event_id" UUID NOT NULL);
SELECT platform.tenant_table('thing');
SELECT platform.tenant_table('effect');
