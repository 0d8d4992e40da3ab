CREATE EXTENSION IF NOT EXISTS btree_gin;

CREATE TABLE "audit_entry" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "resource_kind" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "actor_id" UUID,
    "impersonator_id" UUID,
    "api_key_id" UUID,
    "address" TEXT,
    "user_agent" TEXT,
    "correlation_id" TEXT NOT NULL,
    "causation_id" TEXT,
    "before" JSONB,
    "after" JSONB,
    "search" tsvector GENERATED ALWAYS AS (
        to_tsvector('pg_catalog.simple'::regconfig, regexp_replace(
            "action" || ' ' || "resource_id" || ' ' || coalesce("address", '') || ' '
                || left(coalesce("before"::text, ''), 10000) || ' ' || left(coalesce("after"::text, ''), 10000),
            '[^[:alnum:]]+', ' ', 'g'))
    ) STORED,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("organization_id", "id")
);
CREATE INDEX "audit_entry_organization_id_at_id_idx" ON "audit_entry" ("organization_id", "at", "id");
CREATE INDEX "audit_entry_organization_id_actor_id_at_id_idx" ON "audit_entry" ("organization_id", "actor_id", "at", "id");
CREATE INDEX "audit_entry_organization_id_action_at_id_idx" ON "audit_entry" ("organization_id", "action", "at", "id");
CREATE INDEX "audit_entry_organization_id_resource_id_at_id_idx" ON "audit_entry" ("organization_id", "resource_id", "at", "id");
CREATE INDEX "audit_entry_organization_id_resource_kind_at_id_idx" ON "audit_entry" ("organization_id", "resource_kind", "at", "id");
CREATE INDEX "audit_entry_organization_id_correlation_id_idx" ON "audit_entry" ("organization_id", "correlation_id");
CREATE INDEX "audit_entry_impersonator" ON "audit_entry" ("organization_id", "impersonator_id", "at", "id")
    WHERE "impersonator_id" IS NOT NULL;
CREATE INDEX "audit_entry_search" ON "audit_entry" USING gin ("organization_id", "search");

-- What an organization asked for; without a row entries are kept for 365 days.
CREATE TABLE "audit_retention" (
    "organization_id" UUID NOT NULL,
    "days" INTEGER NOT NULL,

    CONSTRAINT "audit_retention_pkey" PRIMARY KEY ("organization_id"),
    CONSTRAINT "audit_retention_days_check" CHECK ("days" BETWEEN 30 AND 3650)
);

SELECT platform.tenant_table('audit_entry');
SELECT platform.tenant_table('audit_retention');

-- Append-only: neither role may change or remove what stands there. What has to be done goes through the functions
-- below, which run as the owner, and the owner's policies say how far they reach.
REVOKE UPDATE, DELETE, TRUNCATE ON "audit_entry" FROM orion_app;
REVOKE ALL ON "audit_entry", "audit_retention" FROM orion_worker;

CREATE POLICY "audit_entry_read_by_owner" ON "audit_entry" FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY "audit_entry_trimmed_by_owner" ON "audit_entry" FOR DELETE TO CURRENT_USER
    USING ("at" < clock_timestamp() - interval '30 days');
CREATE POLICY "audit_entry_pseudonymised_by_owner" ON "audit_entry" FOR UPDATE TO CURRENT_USER
    USING (true) WITH CHECK (true);
CREATE POLICY "audit_retention_read_by_owner" ON "audit_retention" FOR SELECT TO CURRENT_USER USING (true);

-- Removes entries that have been kept for as long as their organization wishes, a batch of each organization at a time.
CREATE FUNCTION "audit_trim"("usual_days" int, "batch" int) RETURNS int
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH RECURSIVE organizations (id) AS (
        (SELECT organization_id FROM public.audit_entry ORDER BY organization_id LIMIT 1)
        UNION ALL
        SELECT (SELECT e.organization_id FROM public.audit_entry e
                 WHERE e.organization_id > o.id ORDER BY e.organization_id LIMIT 1)
          FROM organizations o WHERE o.id IS NOT NULL
    ), old AS (
        SELECT e.organization_id, e.id
          FROM organizations o
          LEFT JOIN public.audit_retention r ON r.organization_id = o.id
         CROSS JOIN LATERAL (
            SELECT organization_id, id FROM public.audit_entry
             WHERE organization_id = o.id
               AND at < clock_timestamp() - make_interval(days => coalesce(r.days, usual_days))
             ORDER BY at LIMIT batch) e
    ), gone AS (
        DELETE FROM public.audit_entry e USING old
         WHERE e.organization_id = old.organization_id AND e.id = old.id
        RETURNING 1
    )
    SELECT count(*)::int FROM gone
$$;

-- The entries a person left stand on, without what tells who it was: where they sat, and the given values, such as name
-- and address, wherever a value before or after is one of them.
CREATE FUNCTION "audit_pseudonymise"("organization" uuid, "person" uuid, "known" text[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    changed int;
    mentions tsquery := (
        SELECT string_agg('(' || words || ')', ' | ')
          FROM (SELECT plainto_tsquery('simple', regexp_replace(value, '[^[:alnum:]]+', ' ', 'g'))::text AS words
                  FROM unnest(known) AS value) AS each WHERE words <> '')::tsquery;
BEGIN
    UPDATE public.audit_entry e
       SET address = CASE WHEN e.actor_id = person OR e.impersonator_id = person THEN NULL ELSE e.address END,
           user_agent = CASE WHEN e.actor_id = person OR e.impersonator_id = person THEN NULL ELSE e.user_agent END,
           before = platform.without_values(e.before, known),
           after = platform.without_values(e.after, known)
     WHERE e.organization_id = organization
       AND (e.actor_id = person OR e.impersonator_id = person OR e.resource_id = person::text OR e.search @@ mentions);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;

-- A copy in which every text that is one of the given ones, whatever its case, reads `[erased]`.
CREATE FUNCTION platform.without_values("value" jsonb, "known" text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE jsonb_typeof(value)
        WHEN 'string' THEN CASE WHEN lower(value #>> '{}') = ANY (SELECT lower(it) FROM unnest(known) AS it)
                                THEN '"[erased]"'::jsonb ELSE value END
        WHEN 'array' THEN (SELECT coalesce(jsonb_agg(platform.without_values(part, known) ORDER BY nth), '[]')
                             FROM jsonb_array_elements(value) WITH ORDINALITY AS parts (part, nth))
        WHEN 'object' THEN (SELECT coalesce(jsonb_object_agg(name, platform.without_values(part, known)), '{}')
                              FROM jsonb_each(value) AS parts (name, part))
        ELSE value END
$$;

-- As search_service_order in scheduling: full-text match is not leakproof, so under row-level security it would read all.
CREATE FUNCTION "search_audit_entry"(
    "organization" uuid, "words" text[], "actor_is" uuid, "impersonator_is" uuid, "action_is" text, "resource_kind_is" text,
    "resource_is" text, "correlation_is" text, "from_at" timestamptz, "to_at" timestamptz,
    "before_at" timestamptz, "before_id" uuid, "page_size" int
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
        SELECT e.id FROM public.audit_entry e
        WHERE e.organization_id = organization AND e.search @@ wanted
          AND (actor_is IS NULL OR e.actor_id = actor_is)
          AND (impersonator_is IS NULL OR e.impersonator_id = impersonator_is)
          AND (action_is IS NULL OR e.action = action_is)
          AND (resource_kind_is IS NULL OR e.resource_kind = resource_kind_is)
          AND (resource_is IS NULL OR e.resource_id = resource_is)
          AND (correlation_is IS NULL OR e.correlation_id = correlation_is)
          AND (from_at IS NULL OR e.at >= from_at)
          AND (to_at IS NULL OR e.at < to_at)
          AND (before_at IS NULL OR (e.at, e.id) < (before_at, before_id))
        ORDER BY e.at DESC, e.id DESC
        LIMIT page_size;
END
$$;

REVOKE ALL ON FUNCTION "audit_trim", "audit_pseudonymise", "search_audit_entry", platform.without_values FROM PUBLIC;
-- What changes or removes anything is for jobs alone: no request ever runs as the worker.
GRANT EXECUTE ON FUNCTION "audit_trim", "audit_pseudonymise" TO orion_worker;
GRANT EXECUTE ON FUNCTION "search_audit_entry" TO orion_app;
