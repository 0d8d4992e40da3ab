CREATE TABLE "authenticator" (
    "user_id" UUID NOT NULL,
    "secret" BYTEA NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_step" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "authenticator_pkey" PRIMARY KEY ("user_id")
);

CREATE TABLE "recovery_code" (
    "hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("user_id", "hash"),
    CONSTRAINT "recovery_code_hash_is_sha256" CHECK (octet_length("hash") = 32)
);

CREATE TABLE "login_challenge" (
    "hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "life" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "login_challenge_pkey" PRIMARY KEY ("hash"),
    CONSTRAINT "login_challenge_hash_is_sha256" CHECK (octet_length("hash") = 32)
);
CREATE INDEX "login_challenge_expires_at_idx" ON "login_challenge" ("expires_at");

CREATE TABLE "sign_in_policy" (
    "organization_id" UUID NOT NULL,
    "second_factor_required" BOOLEAN NOT NULL,
    CONSTRAINT "sign_in_policy_pkey" PRIMARY KEY ("organization_id")
);

ALTER TABLE "authenticator" ADD CONSTRAINT "authenticator_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "credential" ("user_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "credential" ("user_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "login_challenge" ADD CONSTRAINT "login_challenge_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "credential" ("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT platform.tenant_table('sign_in_policy');
SELECT platform.global_table('authenticator', 'An account has one authenticator, whichever organizations it belongs to.');
SELECT platform.global_table('recovery_code', 'A recovery code stands for the authenticator of an account.');
SELECT platform.global_table('login_challenge', 'Whoever is in the middle of signing in holds no token for an organization yet.');
