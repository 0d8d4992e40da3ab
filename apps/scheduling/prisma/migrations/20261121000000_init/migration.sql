-- Both are trusted extensions: the owner of the database may create them without being a superuser.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- CreateTable
CREATE TABLE "business_unit" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "region" TEXT,
    "timezone" TEXT NOT NULL,
    "working_days" SMALLINT[] NOT NULL,
    "own_days" JSONB NOT NULL DEFAULT '[]',
    "travel_speed_kmh" DOUBLE PRECISION NOT NULL,
    "detour_factor" DOUBLE PRECISION NOT NULL,
    "hold_life_minutes" INTEGER NOT NULL,
    "holds_per_customer" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "business_unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "language" TEXT NOT NULL,
    "street" TEXT NOT NULL,
    "postal_code" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "external_id" TEXT,
    "archived" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "external_id" TEXT,
    "archived" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "provider_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_team" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "business_unit_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "external_id" TEXT,
    "archived" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "work_team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "technician" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "work_team_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "external_id" TEXT,
    "archived" BOOLEAN NOT NULL DEFAULT false,
    "last_assigned_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "technician_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "technician_skill" (
    "organization_id" UUID NOT NULL,
    "technician_id" UUID NOT NULL,
    "skill" TEXT NOT NULL,

    CONSTRAINT "technician_skill_pkey" PRIMARY KEY ("organization_id","technician_id","skill")
);

-- CreateTable
CREATE TABLE "technician_shift" (
    "organization_id" UUID NOT NULL,
    "technician_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "weekday" SMALLINT NOT NULL,
    "from_minute" SMALLINT NOT NULL,
    "to_minute" SMALLINT NOT NULL,

    CONSTRAINT "technician_shift_pkey" PRIMARY KEY ("organization_id","technician_id","position")
);

-- CreateTable
CREATE TABLE "order_counter" (
    "organization_id" UUID NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "order_counter_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "service_order" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "business_unit_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "customer_name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "instructions" TEXT NOT NULL,
    "street" TEXT NOT NULL,
    "postal_code" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "skills" TEXT[] NOT NULL,
    "duration_minutes" INTEGER NOT NULL,
    "earliest_start" TIMESTAMPTZ(3) NOT NULL,
    "latest_start" TIMESTAMPTZ(3) NOT NULL,
    "attributes" JSONB NOT NULL,
    "external_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,
    "search" tsvector GENERATED ALWAYS AS (
        to_tsvector('pg_catalog.simple'::regconfig, regexp_replace(
            "number" || ' ' || regexp_replace("number", '^\D*0*', '') || ' ' || "title" || ' ' || "customer_name",
            '[^[:alnum:]]+', ' ', 'g'))
    ) STORED,

    CONSTRAINT "service_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_order_transition" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "service_order_id" UUID NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "actor_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_order_transition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "booking" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "service_order_id" UUID NOT NULL,
    "technician_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "day" DATE NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "funnel" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "active" BOOLEAN NOT NULL GENERATED ALWAYS AS ("state" IN ('PRE_BOOKED', 'CONFIRMED')) STORED,
    "during" tstzrange GENERATED ALWAYS AS (tstzrange("starts_at", "ends_at", '[)')) STORED,

    CONSTRAINT "booking_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_day" (
    "organization_id" UUID NOT NULL,
    "technician_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "calendar_day_pkey" PRIMARY KEY ("organization_id","technician_id","day")
);

-- CreateTable
CREATE TABLE "assignment" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "service_order_id" UUID NOT NULL,
    "technician_id" UUID NOT NULL,
    "booking_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "funnel" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID NOT NULL,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "business_unit_organization_id_id_key" ON "business_unit"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "business_unit_organization_id_code_key" ON "business_unit"("organization_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "customer_organization_id_id_key" ON "customer"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "customer_organization_id_external_id_key" ON "customer"("organization_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "provider_organization_id_id_key" ON "provider"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "provider_organization_id_external_id_key" ON "provider"("organization_id", "external_id");

-- CreateIndex
CREATE INDEX "work_team_organization_id_provider_id_id_idx" ON "work_team"("organization_id", "provider_id", "id");

-- CreateIndex
CREATE INDEX "work_team_organization_id_business_unit_id_id_idx" ON "work_team"("organization_id", "business_unit_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "work_team_organization_id_id_key" ON "work_team"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "work_team_organization_id_external_id_key" ON "work_team"("organization_id", "external_id");

-- CreateIndex
CREATE INDEX "technician_organization_id_work_team_id_id_idx" ON "technician"("organization_id", "work_team_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "technician_organization_id_id_key" ON "technician"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "technician_organization_id_external_id_key" ON "technician"("organization_id", "external_id");

-- CreateIndex
CREATE INDEX "technician_skill_organization_id_skill_technician_id_idx" ON "technician_skill"("organization_id", "skill", "technician_id");

-- CreateIndex
CREATE INDEX "service_order_organization_id_state_id_idx" ON "service_order"("organization_id", "state", "id");

-- CreateIndex
CREATE INDEX "service_order_organization_id_kind_id_idx" ON "service_order"("organization_id", "kind", "id");

-- CreateIndex
CREATE INDEX "service_order_organization_id_customer_id_id_idx" ON "service_order"("organization_id", "customer_id", "id");

-- CreateIndex
CREATE INDEX "service_order_organization_id_earliest_start_idx" ON "service_order"("organization_id", "earliest_start");

-- CreateIndex
CREATE INDEX "service_order_organization_id_business_unit_id_idx" ON "service_order"("organization_id", "business_unit_id");

-- CreateIndex
CREATE UNIQUE INDEX "service_order_organization_id_id_key" ON "service_order"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "service_order_organization_id_number_key" ON "service_order"("organization_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "service_order_organization_id_external_id_key" ON "service_order"("organization_id", "external_id");

-- CreateIndex
CREATE INDEX "service_order_transition_organization_id_service_order_id_i_idx" ON "service_order_transition"("organization_id", "service_order_id", "id");

-- CreateIndex
CREATE INDEX "booking_organization_id_starts_at_id_idx" ON "booking"("organization_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "booking_organization_id_technician_id_starts_at_id_idx" ON "booking"("organization_id", "technician_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "booking_organization_id_service_order_id_starts_at_id_idx" ON "booking"("organization_id", "service_order_id", "starts_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "booking_organization_id_id_key" ON "booking"("organization_id", "id");

-- CreateIndex
CREATE INDEX "assignment_organization_id_service_order_id_id_idx" ON "assignment"("organization_id", "service_order_id", "id");

-- CreateIndex
CREATE INDEX "assignment_organization_id_technician_id_state_created_at_idx" ON "assignment"("organization_id", "technician_id", "state", "created_at");

-- CreateIndex
CREATE INDEX "assignment_organization_id_technician_id_id_idx" ON "assignment"("organization_id", "technician_id", "id");

-- CreateIndex
CREATE INDEX "assignment_organization_id_booking_id_idx" ON "assignment"("organization_id", "booking_id");

-- CreateIndex
CREATE UNIQUE INDEX "assignment_organization_id_id_key" ON "assignment"("organization_id", "id");

-- AddForeignKey
ALTER TABLE "work_team" ADD CONSTRAINT "work_team_organization_id_provider_id_fkey" FOREIGN KEY ("organization_id", "provider_id") REFERENCES "provider"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "work_team" ADD CONSTRAINT "work_team_organization_id_business_unit_id_fkey" FOREIGN KEY ("organization_id", "business_unit_id") REFERENCES "business_unit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "technician" ADD CONSTRAINT "technician_organization_id_work_team_id_fkey" FOREIGN KEY ("organization_id", "work_team_id") REFERENCES "work_team"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "technician_skill" ADD CONSTRAINT "technician_skill_organization_id_technician_id_fkey" FOREIGN KEY ("organization_id", "technician_id") REFERENCES "technician"("organization_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "technician_shift" ADD CONSTRAINT "technician_shift_organization_id_technician_id_fkey" FOREIGN KEY ("organization_id", "technician_id") REFERENCES "technician"("organization_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "service_order" ADD CONSTRAINT "service_order_organization_id_business_unit_id_fkey" FOREIGN KEY ("organization_id", "business_unit_id") REFERENCES "business_unit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "service_order" ADD CONSTRAINT "service_order_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id") REFERENCES "customer"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "service_order_transition" ADD CONSTRAINT "service_order_transition_organization_id_service_order_id_fkey" FOREIGN KEY ("organization_id", "service_order_id") REFERENCES "service_order"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "booking" ADD CONSTRAINT "booking_organization_id_service_order_id_fkey" FOREIGN KEY ("organization_id", "service_order_id") REFERENCES "service_order"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "booking" ADD CONSTRAINT "booking_organization_id_technician_id_fkey" FOREIGN KEY ("organization_id", "technician_id") REFERENCES "technician"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_organization_id_service_order_id_fkey" FOREIGN KEY ("organization_id", "service_order_id") REFERENCES "service_order"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_organization_id_booking_id_fkey" FOREIGN KEY ("organization_id", "booking_id") REFERENCES "booking"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;


-- States are text with a check, not enums: equality of enums is not leakproof, so row-level security would keep
-- their indexes from being used.
ALTER TABLE "service_order"
    ADD CONSTRAINT "service_order_state_check" CHECK ("state" IN ('CREATED', 'SCHEDULED', 'ASSIGNED', 'ACCEPTED',
        'IN_PROGRESS', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED', 'FAILED', 'COMPLETED', 'VALIDATED', 'CLOSED', 'CANCELLED')),
    ADD CONSTRAINT "service_order_kind_check" CHECK ("kind" IN ('INSTALLATION', 'MAINTENANCE', 'REPAIR',
        'TECHNICAL_VISIT', 'DELIVERY')),
    ADD CONSTRAINT "service_order_duration_check" CHECK ("duration_minutes" > 0),
    ADD CONSTRAINT "service_order_window_check" CHECK ("earliest_start" <= "latest_start");

ALTER TABLE "technician_shift"
    ADD CONSTRAINT "technician_shift_weekday_check" CHECK ("weekday" BETWEEN 1 AND 7),
    ADD CONSTRAINT "technician_shift_minutes_check" CHECK (0 <= "from_minute" AND "from_minute" < "to_minute" AND "to_minute" <= 1440);

ALTER TABLE "assignment"
    ADD CONSTRAINT "assignment_state_check" CHECK ("state" IN ('PENDING', 'OFFERED', 'ACCEPTED', 'DECLINED', 'EXPIRED')),
    ADD CONSTRAINT "assignment_mode_check" CHECK ("mode" IN ('DIRECT'));

-- A technician is never in two places: whatever writes, two active rows of one technician cannot overlap.
ALTER TABLE "booking"
    ADD CONSTRAINT "booking_state_check" CHECK ("state" IN ('PRE_BOOKED', 'CONFIRMED', 'EXPIRED', 'CANCELLED')),
    ADD CONSTRAINT "booking_time_check" CHECK ("starts_at" < "ends_at"),
    ADD CONSTRAINT "booking_expiry_check" CHECK ("state" <> 'PRE_BOOKED' OR "expires_at" IS NOT NULL),
    ADD CONSTRAINT "booking_no_overlap" EXCLUDE USING gist (
        "organization_id" WITH =, "technician_id" WITH =, "during" WITH &&
    ) WHERE ("active");

CREATE UNIQUE INDEX "booking_one_active_per_order" ON "booking" ("organization_id", "service_order_id") WHERE "active";
CREATE INDEX "booking_active_by_technician" ON "booking" ("organization_id", "technician_id", "starts_at") WHERE "active";
CREATE INDEX "booking_holds_by_customer" ON "booking" ("organization_id", "customer_id") WHERE "state" = 'PRE_BOOKED';
CREATE INDEX "booking_holds_by_expiry" ON "booking" ("expires_at") WHERE "state" = 'PRE_BOOKED';
CREATE INDEX "service_order_search" ON "service_order" USING gin ("organization_id", "search");

SELECT platform.tenant_table('business_unit');
SELECT platform.tenant_table('customer');
SELECT platform.tenant_table('provider');
SELECT platform.tenant_table('work_team');
SELECT platform.tenant_table('technician');
SELECT platform.tenant_table('technician_skill');
SELECT platform.tenant_table('technician_shift');
SELECT platform.tenant_table('order_counter');
SELECT platform.tenant_table('service_order');
SELECT platform.tenant_table('service_order_transition');
SELECT platform.tenant_table('booking');
SELECT platform.tenant_table('calendar_day');
SELECT platform.tenant_table('assignment');

-- The expiry job releases holds of all organizations.
SELECT platform.worker_table('booking');
SELECT platform.worker_table('calendar_day');

-- Full-text match is not leakproof, so under row-level security it would read the whole table. The function below runs
-- as this table's owner, sees all rows, and therefore takes the organization as an argument and refuses any other than
-- the transaction's own.
CREATE POLICY "search_by_owner" ON "service_order" FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION "search_service_order"(
    "organization" uuid, "words" text[], "state_is" text, "kind_is" text, "customer_is" uuid, "external_is" text,
    "window_from" timestamptz, "window_to" timestamptz, "before_id" uuid, "page_size" int
) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    wanted tsquery := (SELECT string_agg(quote_literal(word) || ':*', ' & ') FROM unnest(words) AS word)::tsquery;
BEGIN
    IF organization IS NULL OR organization IS DISTINCT FROM platform.organization_id() THEN
        RAISE EXCEPTION 'search in another organization' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
        SELECT o.id FROM public.service_order o
        WHERE o.organization_id = organization AND o.search @@ wanted
          AND (state_is IS NULL OR o.state = state_is)
          AND (kind_is IS NULL OR o.kind = kind_is)
          AND (customer_is IS NULL OR o.customer_id = customer_is)
          AND (external_is IS NULL OR o.external_id = external_is)
          AND (window_from IS NULL OR o.latest_start >= window_from)
          AND (window_to IS NULL OR o.earliest_start <= window_to)
          AND (before_id IS NULL OR o.id < before_id)
        ORDER BY o.id DESC
        LIMIT page_size;
END
$$;
REVOKE ALL ON FUNCTION "search_service_order" FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "search_service_order" TO orion_app;
