import type { Words } from '../words';

/** The model of a capability's table for the Prisma schema. */
export const modelText = ({ pascal, snake }: Words): string => `
model ${pascal} {
  id             String   @id @db.Uuid
  organizationId String   @map("organization_id") @db.Uuid
  name           String
  createdAt      DateTime @default(now()) @map("created_at") @db.Timestamptz(3)
  version        Int      @default(1)

  @@unique([organizationId, id])
  @@map("${snake}")
}
`;

/** The migration that makes the table, under row-level security from the start. */
export const migrationText = ({ snake }: Words): string => `CREATE TABLE "${snake}" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "${snake}_pkey" PRIMARY KEY ("id")
);
-- Pages of the list are read along it, and foreign keys of other tenant tables point at it.
CREATE UNIQUE INDEX "${snake}_organization_id_id_key" ON "${snake}" ("organization_id", "id");

SELECT platform.tenant_table('"${snake}"');
`;
