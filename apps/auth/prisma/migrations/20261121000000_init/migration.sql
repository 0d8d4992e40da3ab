CREATE TYPE "credential_state" AS ENUM ('PENDING', 'ACTIVE');

CREATE TABLE "credential" (
    "user_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "state" "credential_state" NOT NULL DEFAULT 'PENDING',
    "name" TEXT NOT NULL,
    "organization_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "activated_at" TIMESTAMPTZ(3),
    CONSTRAINT "credential_pkey" PRIMARY KEY ("user_id")
);
CREATE UNIQUE INDEX "credential_email_key" ON "credential" (lower("email"));

CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "roles" TEXT[] NOT NULL,
    "active" BOOLEAN NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "sequence" INTEGER NOT NULL,
    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "membership_organization_id_id_key" ON "membership" ("organization_id", "id");
CREATE UNIQUE INDEX "membership_organization_id_user_id_key" ON "membership" ("organization_id", "user_id");
CREATE INDEX "membership_user_id_joined_at_idx" ON "membership" ("user_id", "joined_at");

CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "rotated_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    CONSTRAINT "session_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "session_ended_with_reason" CHECK (("ended_at" IS NULL) = ("end_reason" IS NULL))
);
CREATE UNIQUE INDEX "session_organization_id_id_key" ON "session" ("organization_id", "id");
CREATE INDEX "session_user_id_idx" ON "session" ("user_id");
CREATE INDEX "session_expires_at_idx" ON "session" ("expires_at");

CREATE TABLE "refresh_token" (
    "hash" BYTEA NOT NULL,
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "generation" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "refresh_token_pkey" PRIMARY KEY ("hash"),
    CONSTRAINT "refresh_token_hash_is_sha256" CHECK (octet_length("hash") = 32)
);
CREATE UNIQUE INDEX "refresh_token_organization_id_session_id_generation_key"
    ON "refresh_token" ("organization_id", "session_id", "generation");
CREATE INDEX "refresh_token_expires_at_idx" ON "refresh_token" ("expires_at");

CREATE TABLE "signing_key" (
    "id" UUID NOT NULL,
    "modulus" TEXT NOT NULL,
    "exponent" TEXT NOT NULL,
    "private_key" BYTEA NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),
    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "signing_key_retired_when_inactive" CHECK ("active" = ("retired_at" IS NULL))
);
CREATE UNIQUE INDEX "signing_key_one_active" ON "signing_key" ("active") WHERE "active";

CREATE TABLE "permission_set" (
    "digest" TEXT NOT NULL,
    "permissions" TEXT[] NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "permission_set_pkey" PRIMARY KEY ("digest")
);

ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "credential" ("user_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_organization_id_session_id_fkey"
    FOREIGN KEY ("organization_id", "session_id") REFERENCES "session" ("organization_id", "id")
    ON DELETE CASCADE ON UPDATE CASCADE;

SELECT platform.tenant_table('membership');
SELECT platform.tenant_table('session');
SELECT platform.tenant_table('refresh_token');
SELECT platform.worker_table('session');
SELECT platform.worker_table('refresh_token');

SELECT platform.global_table('credential', 'An account signs in before any organization is known, and may belong to several.');
SELECT platform.global_table('signing_key', 'One installation signs with one key, whichever organization a token is for.');
SELECT platform.global_table('permission_set', 'A digest of public permission names; the same set means the same in every organization.');

-- Sign-in must see the memberships of one person across organizations. The person is named by a setting that lasts
-- one transaction; without it the policy lets nothing through.
CREATE FUNCTION acting_user() RETURNS uuid LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('orion.user_id', true), '')::uuid $$;
CREATE POLICY membership_of_acting_user ON "membership" FOR SELECT TO orion_app USING ("user_id" = (SELECT acting_user()));
