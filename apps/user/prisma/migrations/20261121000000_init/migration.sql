CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL GENERATED ALWAYS AS (lower("email")) STORED,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "home_organization_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "person_email_key_key" ON "person" ("email_key");

CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "organization_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "organization_slug_shape" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
CREATE UNIQUE INDEX "organization_slug_key" ON "organization" ("slug");

CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "roles" TEXT[] NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "sequence" INTEGER NOT NULL,
    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "membership_organization_id_id_key" ON "membership" ("organization_id", "id");
CREATE UNIQUE INDEX "membership_organization_id_user_id_key" ON "membership" ("organization_id", "user_id");
CREATE INDEX "membership_user_id_joined_at_idx" ON "membership" ("user_id", "joined_at");
CREATE INDEX "membership_organization_id_joined_at_id_idx" ON "membership" ("organization_id", "joined_at", "id");

ALTER TABLE "membership" ADD CONSTRAINT "membership_organization_id_fkey"
    FOREIGN KEY ("organization_id") REFERENCES "organization" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT platform.tenant_table('organization', 'id');
SELECT platform.tenant_table('membership');

-- What belongs to one person crosses organizations. The person is named by a setting that lasts one transaction;
-- without it these policies let nothing through.
CREATE FUNCTION acting_user() RETURNS uuid LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('orion.user_id', true), '')::uuid $$;
CREATE POLICY membership_of_acting_user ON "membership" FOR SELECT TO orion_app USING ("user_id" = (SELECT acting_user()));
CREATE POLICY organization_of_acting_user ON "organization" FOR SELECT TO orion_app USING (
    EXISTS (SELECT 1 FROM "membership" m WHERE m."organization_id" = "organization"."id" AND m."user_id" = (SELECT acting_user()))
);

-- A person belongs to no single organization, yet is no global table: visible are oneself, the members of the
-- transaction's organization, and whoever owns the one address that is being looked for.
ALTER TABLE "person" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "person" FORCE ROW LEVEL SECURITY;
CREATE POLICY person_is_acting_user ON "person" TO orion_app
    USING ("id" = (SELECT acting_user())) WITH CHECK ("id" = (SELECT acting_user()));
CREATE POLICY person_is_member ON "person" FOR SELECT TO orion_app USING (
    EXISTS (
        SELECT 1 FROM "membership" m
        WHERE m."organization_id" = (SELECT platform.organization_id()) AND m."user_id" = "person"."id"
    )
);
CREATE POLICY person_is_looked_for ON "person" FOR SELECT TO orion_app
    USING ("email_key" = lower(nullif(current_setting('orion.person_email', true), '')));
