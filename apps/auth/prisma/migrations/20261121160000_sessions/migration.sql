ALTER TABLE "session"
    ADD COLUMN "life" TEXT NOT NULL DEFAULT 'LASTING',
    ADD COLUMN "user_agent" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "address" TEXT NOT NULL DEFAULT '',
    ADD CONSTRAINT "session_life_is_known" CHECK ("life" IN ('LASTING', 'BRIEF'));

DROP INDEX "session_user_id_idx";
CREATE INDEX "session_user_id_id_idx" ON "session" ("user_id", "id");

CREATE TABLE "revocation" (
    "key" TEXT NOT NULL,
    "digest" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT "revocation_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "revocation_at_idx" ON "revocation" ("at");

SELECT platform.global_table('revocation', 'Every verifier of the platform reads it, whichever organization a token is for.');

-- A person sees and ends their own sessions in every organization; see acting_user().
CREATE POLICY session_of_acting_user ON "session" FOR SELECT TO orion_app USING ("user_id" = (SELECT acting_user()));
