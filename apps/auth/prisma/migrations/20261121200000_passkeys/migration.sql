CREATE TABLE "passkey" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "credential_id" BYTEA NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[] NOT NULL,
    "synced" BOOLEAN NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "last_used_at" TIMESTAMPTZ(3),
    CONSTRAINT "passkey_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "passkey_credential_id_key" ON "passkey" ("credential_id");
CREATE INDEX "passkey_user_id_id_idx" ON "passkey" ("user_id", "id");

CREATE TABLE "passkey_challenge" (
    "hash" BYTEA NOT NULL,
    "user_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "passkey_challenge_pkey" PRIMARY KEY ("hash"),
    CONSTRAINT "passkey_challenge_hash_is_sha256" CHECK (octet_length("hash") = 32)
);
CREATE INDEX "passkey_challenge_user_id_idx" ON "passkey_challenge" ("user_id");
CREATE INDEX "passkey_challenge_expires_at_idx" ON "passkey_challenge" ("expires_at");

ALTER TABLE "session" ADD COLUMN "passkey_id" UUID;
CREATE INDEX "session_passkey_id_idx" ON "session" ("passkey_id");

ALTER TABLE "passkey" ADD CONSTRAINT "passkey_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "credential" ("user_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "passkey_challenge" ADD CONSTRAINT "passkey_challenge_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "credential" ("user_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "session" ADD CONSTRAINT "session_passkey_id_fkey"
    FOREIGN KEY ("passkey_id") REFERENCES "passkey" ("id") ON DELETE SET NULL ON UPDATE CASCADE;

SELECT platform.global_table('passkey', 'A passkey signs in an account before any organization is known.');
SELECT platform.global_table('passkey_challenge', 'Whoever is in the middle of signing in holds no token for an organization yet.');
