ALTER TABLE "organization" ADD COLUMN "owner_id" UUID, ADD COLUMN "erase_at" TIMESTAMPTZ(3);
ALTER TABLE "membership" ADD COLUMN "suspended_at" TIMESTAMPTZ(3), ADD COLUMN "title" TEXT NOT NULL DEFAULT '';
ALTER TABLE "membership" ADD CONSTRAINT "membership_suspended_is_not_active"
    CHECK (NOT ("active" AND "suspended_at" IS NOT NULL));

ALTER TABLE "organization" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "membership" NO FORCE ROW LEVEL SECURITY;
UPDATE "organization" o SET "owner_id" = (
    SELECT m."user_id" FROM "membership" m WHERE m."organization_id" = o."id" AND m."active"
     ORDER BY ('admin' = ANY (m."roles")) DESC, m."joined_at", m."id" LIMIT 1);
ALTER TABLE "organization" FORCE ROW LEVEL SECURITY;
ALTER TABLE "membership" FORCE ROW LEVEL SECURITY;

CREATE INDEX "organization_erase_at_idx" ON "organization" ("erase_at") WHERE "erase_at" IS NOT NULL;
SELECT platform.worker_table('organization');
