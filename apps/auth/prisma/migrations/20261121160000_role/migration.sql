CREATE TABLE "role" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL GENERATED ALWAYS AS (lower("name")) STORED,
    "description" TEXT NOT NULL DEFAULT '',
    "permissions" TEXT[] NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "role_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "role_organization_id_id_key" ON "role" ("organization_id", "id");
CREATE UNIQUE INDEX "role_organization_id_name_key_key" ON "role" ("organization_id", "name_key");

SELECT platform.tenant_table('role');
