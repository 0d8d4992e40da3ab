CREATE TABLE "organization_state" (
    "organization_id" UUID NOT NULL,
    "owner_id" UUID,
    "closed" BOOLEAN NOT NULL,
    "sequence" INTEGER NOT NULL,
    CONSTRAINT "organization_state_pkey" PRIMARY KEY ("organization_id")
);
SELECT platform.tenant_table('organization_state');

-- Sign-in looks across the organizations of one person; of each it must know whether it is closed.
CREATE POLICY organization_state_of_acting_user ON "organization_state" FOR SELECT TO orion_app USING (
    EXISTS (
        SELECT 1 FROM "membership" m
        WHERE m."organization_id" = "organization_state"."organization_id" AND m."user_id" = (SELECT acting_user())
    )
);
