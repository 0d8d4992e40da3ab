ALTER TABLE "session" ADD COLUMN "vouched_by" TEXT;

CREATE TABLE "identity_provider" (
    "organization_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "client_secret" BYTEA NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "create_members" BOOLEAN NOT NULL,
    "default_role" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT "identity_provider_pkey" PRIMARY KEY ("organization_id")
);

CREATE TABLE "sign_on_domain" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "verified_at" TIMESTAMPTZ(3),
    CONSTRAINT "sign_on_domain_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "sign_on_domain_organization_id_domain_key" ON "sign_on_domain" ("organization_id", "domain");
CREATE UNIQUE INDEX "sign_on_domain_verified" ON "sign_on_domain" ("domain") WHERE "verified_at" IS NOT NULL;

CREATE TABLE "sign_on_attempt" (
    "hash" BYTEA NOT NULL,
    "organization_id" UUID NOT NULL,
    "browser_hash" BYTEA NOT NULL,
    "issuer" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "verifier" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "sign_on_attempt_pkey" PRIMARY KEY ("hash")
);
CREATE INDEX "sign_on_attempt_expires_at_idx" ON "sign_on_attempt" ("expires_at");

CREATE TABLE "external_identity" (
    "organization_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT "external_identity_pkey" PRIMARY KEY ("organization_id", "issuer", "subject")
);
CREATE INDEX "external_identity_user_id_idx" ON "external_identity" ("user_id");
ALTER TABLE "external_identity" ADD CONSTRAINT "external_identity_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "credential" ("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT platform.tenant_table('identity_provider');
SELECT platform.tenant_table('sign_on_domain');
SELECT platform.tenant_table('sign_on_attempt');
SELECT platform.worker_table('sign_on_attempt');
SELECT platform.tenant_table('external_identity');

-- Whose domain it is, for somebody who is not signed in: the one that is looked for, where it is verified.
CREATE FUNCTION looked_for_domain() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('orion.email_domain', true), '') $$;
CREATE POLICY sign_on_domain_looked_for ON "sign_on_domain" FOR SELECT TO orion_app USING (
    "verified_at" IS NOT NULL AND "domain" = (SELECT looked_for_domain())
);
