-- A session in which somebody acts for its user; it hangs on a session of that somebody and ends with it.
ALTER TABLE "session"
    ADD COLUMN "impersonator_id" UUID,
    ADD COLUMN "impersonator_session_id" UUID,
    DROP CONSTRAINT "session_life_is_known",
    ADD CONSTRAINT "session_life_is_known" CHECK ("life" IN ('LASTING', 'BRIEF', 'IMPERSONATION')),
    ADD CONSTRAINT "session_impersonation" CHECK (
        ("life" = 'IMPERSONATION') = ("impersonator_id" IS NOT NULL)
        AND ("impersonator_id" IS NULL) = ("impersonator_session_id" IS NULL)
        AND "impersonator_id" IS DISTINCT FROM "user_id"),
    ADD CONSTRAINT "session_impersonation_lasts_an_hour" CHECK (
        "life" <> 'IMPERSONATION' OR "expires_at" <= "created_at" + interval '1 hour');

CREATE INDEX "session_impersonator_session" ON "session" ("organization_id", "impersonator_session_id")
    WHERE "impersonator_session_id" IS NOT NULL;
CREATE INDEX "session_impersonator" ON "session" ("organization_id", "impersonator_id") WHERE "impersonator_id" IS NOT NULL;
