CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID,
    "name" TEXT NOT NULL,
    "scopes" TEXT[] NOT NULL,
    "prefix" TEXT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "api_key_organization_id_id_key" ON "api_key" ("organization_id", "id");
CREATE INDEX "api_key_organization_id_user_id_id_idx" ON "api_key" ("organization_id", "user_id", "id");
CREATE INDEX "api_key_user_id_idx" ON "api_key" ("user_id");
CREATE INDEX "api_key_expires_at_idx" ON "api_key" ("expires_at");

CREATE TABLE "api_key_secret" (
    "id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "organization_id" UUID NOT NULL,
    "api_key_id" UUID NOT NULL,
    "generation" INTEGER NOT NULL,
    "prefix" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "api_key_secret_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "api_key_secret_hash_is_sha256" CHECK (octet_length("hash") = 32)
);
CREATE UNIQUE INDEX "api_key_secret_hash_key" ON "api_key_secret" ("hash");
CREATE UNIQUE INDEX "api_key_secret_organization_id_api_key_id_generation_key"
    ON "api_key_secret" ("organization_id", "api_key_id", "generation");
CREATE INDEX "api_key_secret_expires_at_idx" ON "api_key_secret" ("expires_at");

ALTER TABLE "api_key" ADD CONSTRAINT "api_key_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "credential" ("user_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "api_key_secret" ADD CONSTRAINT "api_key_secret_organization_id_api_key_id_fkey"
    FOREIGN KEY ("organization_id", "api_key_id") REFERENCES "api_key" ("organization_id", "id")
    ON DELETE CASCADE ON UPDATE CASCADE;

SELECT platform.tenant_table('api_key');
SELECT platform.tenant_table('api_key_secret');
SELECT platform.worker_table('api_key');
SELECT platform.worker_table('api_key_secret');
