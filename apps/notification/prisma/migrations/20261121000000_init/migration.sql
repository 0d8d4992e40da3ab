CREATE TABLE "notification" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "event_id" UUID NOT NULL,
  "template" TEXT NOT NULL,
  "recipient_id" UUID NOT NULL,
  "recipient_name" TEXT NOT NULL,
  "recipient_address" TEXT NOT NULL,
  "language" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "html" TEXT NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'QUEUED',
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "lease_token" UUID,
  "last_error" TEXT,
  "service_order_id" UUID,
  "correlation_id" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "sent_at" TIMESTAMPTZ(3),
  CONSTRAINT "notification_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notification_state_known" CHECK ("state" IN ('QUEUED', 'SENT', 'FAILED'))
);
CREATE UNIQUE INDEX "notification_organization_id_event_id_template_recipient_id_key"
  ON "notification" ("organization_id", "event_id", "template", "recipient_id");
CREATE INDEX "notification_organization_id_id_idx" ON "notification" ("organization_id", "id" DESC);
CREATE INDEX "notification_organization_id_state_id_idx" ON "notification" ("organization_id", "state", "id" DESC);
CREATE INDEX "notification_organization_id_service_order_id_id_idx"
  ON "notification" ("organization_id", "service_order_id", "id" DESC);
CREATE INDEX "notification_due_idx" ON "notification" ("due_at") WHERE "state" = 'QUEUED';

CREATE TABLE "webhook_subscription" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "url" TEXT NOT NULL,
  "event_types" TEXT[] NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "active" BOOLEAN NOT NULL DEFAULT true,
  "disabled_reason" TEXT,
  "secret_sealed" TEXT NOT NULL,
  "consecutive_failures" INTEGER NOT NULL DEFAULT 0,
  "failing_since" TIMESTAMPTZ(3),
  "paused_until" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "webhook_subscription_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "webhook_subscription_organization_id_id_key"
  ON "webhook_subscription" ("organization_id", "id");
CREATE INDEX "webhook_subscription_paused_idx" ON "webhook_subscription" ("paused_until")
  WHERE "paused_until" IS NOT NULL;

CREATE TABLE "webhook_delivery" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "subscription_id" UUID NOT NULL,
  "event_id" UUID NOT NULL,
  "event_type" TEXT NOT NULL,
  "payload" TEXT NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'PENDING',
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "round" INTEGER NOT NULL DEFAULT 0,
  "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "lease_token" UUID,
  "response_status" INTEGER,
  "last_error" TEXT,
  "correlation_id" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "delivered_at" TIMESTAMPTZ(3),
  CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "webhook_delivery_state_known" CHECK ("state" IN ('PENDING', 'SENDING', 'DELIVERED', 'FAILED')),
  CONSTRAINT "webhook_delivery_payload_below_20_kb" CHECK (octet_length("payload") < 20000)
);
CREATE UNIQUE INDEX "webhook_delivery_organization_id_id_key" ON "webhook_delivery" ("organization_id", "id");
CREATE UNIQUE INDEX "webhook_delivery_subscription_id_event_id_key"
  ON "webhook_delivery" ("subscription_id", "event_id");
CREATE INDEX "webhook_delivery_organization_id_subscription_id_id_idx"
  ON "webhook_delivery" ("organization_id", "subscription_id", "id" DESC);
CREATE INDEX "webhook_delivery_organization_id_state_id_idx"
  ON "webhook_delivery" ("organization_id", "state", "id" DESC);
CREATE INDEX "webhook_delivery_organization_id_event_type_id_idx"
  ON "webhook_delivery" ("organization_id", "event_type", "id" DESC);
-- What may be claimed now, and which endpoints have any of it.
CREATE INDEX "webhook_delivery_open_idx" ON "webhook_delivery" ("subscription_id", "due_at")
  WHERE "state" IN ('PENDING', 'SENDING');
-- Test events go out to inactive subscriptions too.
CREATE INDEX "webhook_delivery_open_test_idx" ON "webhook_delivery" ("subscription_id", "due_at")
  WHERE "state" IN ('PENDING', 'SENDING') AND "event_type" = 'webhook.test';

CREATE TABLE "webhook_attempt" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "delivery_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "duration_ms" INTEGER NOT NULL,
  "status" INTEGER,
  "error" TEXT,
  "response" TEXT NOT NULL,
  CONSTRAINT "webhook_attempt_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "webhook_attempt_organization_id_delivery_id_id_idx"
  ON "webhook_attempt" ("organization_id", "delivery_id", "id");

CREATE TABLE "dispatch_switch" (
  "name" TEXT NOT NULL,
  "enabled" BOOLEAN NOT NULL DEFAULT true,
  "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "dispatch_switch_pkey" PRIMARY KEY ("name")
);
INSERT INTO "dispatch_switch" ("name") VALUES ('mail'), ('webhooks');

ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_organization_id_subscription_id_fkey"
  FOREIGN KEY ("organization_id", "subscription_id") REFERENCES "webhook_subscription" ("organization_id", "id")
  ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "webhook_attempt" ADD CONSTRAINT "webhook_attempt_organization_id_delivery_id_fkey"
  FOREIGN KEY ("organization_id", "delivery_id") REFERENCES "webhook_delivery" ("organization_id", "id")
  ON DELETE CASCADE ON UPDATE CASCADE;

-- A dispatcher hears at once that it was switched back on.
CREATE FUNCTION "dispatch_switch_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."changed_at" := now();
  PERFORM pg_notify('notification_' || NEW."name", '');
  RETURN NEW;
END $$;
CREATE TRIGGER "dispatch_switch_changed" BEFORE UPDATE ON "dispatch_switch"
  FOR EACH ROW EXECUTE FUNCTION "dispatch_switch_changed"();

SELECT platform.tenant_table('notification');
SELECT platform.tenant_table('webhook_subscription');
SELECT platform.tenant_table('webhook_delivery');
SELECT platform.tenant_table('webhook_attempt');
SELECT platform.worker_table('notification');
SELECT platform.worker_table('webhook_subscription');
SELECT platform.worker_table('webhook_delivery');
SELECT platform.worker_table('webhook_attempt');
SELECT platform.global_table('dispatch_switch', 'Switches of this installation''s dispatchers; they belong to no organization');
