CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL GENERATED ALWAYS AS (lower("name")) STORED,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "team_organization_id_id_key" ON "team" ("organization_id", "id");
CREATE UNIQUE INDEX "team_organization_id_name_key_key" ON "team" ("organization_id", "name_key");

CREATE TABLE "team_member" (
    "organization_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "team_member_pkey" PRIMARY KEY ("organization_id", "team_id", "user_id")
);
CREATE INDEX "team_member_organization_id_user_id_idx" ON "team_member" ("organization_id", "user_id");
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_organization_id_team_id_fkey"
    FOREIGN KEY ("organization_id", "team_id") REFERENCES "team" ("organization_id", "id")
    ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_organization_id_user_id_fkey"
    FOREIGN KEY ("organization_id", "user_id") REFERENCES "membership" ("organization_id", "user_id")
    ON DELETE CASCADE ON UPDATE CASCADE;

SELECT platform.tenant_table('team');
SELECT platform.tenant_table('team_member');
