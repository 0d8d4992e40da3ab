import type { Words } from '../words';

/** The model of what a consumer keeps of the events it heard, for the Prisma schema. */
export const modelText = ({ pascal, snake }: Words): string => `
/// What was heard of each aggregate: how often it happened, and the latest fact.
model ${pascal} {
  organizationId String @map("organization_id") @db.Uuid
  subject        String
  times          Int    @default(1)
  sequence       Int
  data           Json

  @@id([organizationId, subject])
  @@map("${snake}")
}
`;

export const migrationText = ({ snake }: Words): string => `CREATE TABLE "${snake}" (
    "organization_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "times" INTEGER NOT NULL DEFAULT 1,
    "sequence" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    CONSTRAINT "${snake}_pkey" PRIMARY KEY ("organization_id", "subject")
);

SELECT platform.tenant_table('"${snake}"');
`;
