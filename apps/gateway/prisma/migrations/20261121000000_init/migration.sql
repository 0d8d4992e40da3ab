CREATE TABLE "activity" (
    "organization_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "event_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "service_order_id" UUID,
    "correlation_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("organization_id", "position"),
    CONSTRAINT "activity_position_positive" CHECK ("position" > 0)
);

CREATE TABLE "activity_position" (
    "organization_id" UUID NOT NULL,
    "last" BIGINT NOT NULL,

    CONSTRAINT "activity_position_pkey" PRIMARY KEY ("organization_id")
);

CREATE UNIQUE INDEX "activity_organization_id_event_id_key" ON "activity" ("organization_id", "event_id");

CREATE INDEX "activity_organization_id_service_order_id_position_idx"
    ON "activity" ("organization_id", "service_order_id", "position");

SELECT platform.tenant_table('activity');
SELECT platform.tenant_table('activity_position');
