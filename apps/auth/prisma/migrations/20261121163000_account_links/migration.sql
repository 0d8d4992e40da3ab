ALTER TABLE "credential"
    ADD COLUMN "language" TEXT NOT NULL DEFAULT 'en',
    ADD COLUMN "email_verified_at" TIMESTAMPTZ(3);

CREATE TABLE "account_link" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "hash" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "account_link_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "account_link_hash_is_sha256" CHECK (octet_length("hash") = 32)
);
CREATE UNIQUE INDEX "account_link_hash_key" ON "account_link" ("hash");
CREATE INDEX "account_link_user_id_purpose_idx" ON "account_link" ("user_id", "purpose");
CREATE INDEX "account_link_expires_at_idx" ON "account_link" ("expires_at");

CREATE TABLE "email_change" (
    "user_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "old_confirmed" BOOLEAN NOT NULL DEFAULT false,
    "new_confirmed" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "email_change_pkey" PRIMARY KEY ("user_id")
);

CREATE TABLE "reset_request" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    CONSTRAINT "reset_request_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "account_link" ADD CONSTRAINT "account_link_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "credential" ("user_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "email_change" ADD CONSTRAINT "email_change_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "credential" ("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT platform.global_table('account_link', 'A link proves an address of an account, which belongs to no single organization.');
SELECT platform.global_table('email_change', 'An account has one address, whichever organizations it belongs to.');
SELECT platform.global_table('reset_request', 'Whoever forgot a password has signed in to no organization yet.');
