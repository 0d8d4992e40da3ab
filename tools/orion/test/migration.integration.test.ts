import { expect, it } from '@jest/globals';
import { hasStatements } from '../src/migrations/naming';
import { diffSchemas } from '../src/migrations/schema-diff.engine';

const url = process.env['ORION_POSTGRES_URL'] ?? '';

const schema = (fields: string) => `
datasource db {
  provider = "postgresql"
}

model Crew {
  id String @id @db.Uuid
  ${fields}

  @@map("crew")
}
`;

it('writes the step from one schema to the next', async () => {
  const sql = await diffSchemas(url, schema(''), schema('size Int'));
  expect(sql).toContain('ALTER TABLE "crew" ADD COLUMN');
  expect(sql).toContain('"size" INTEGER NOT NULL');
});

it('writes whole tables for a schema that was never committed', async () => {
  expect(await diffSchemas(url, '', schema('size Int'))).toContain('CREATE TABLE "crew"');
});

it('writes nothing when nothing changed', async () => {
  expect(hasStatements(await diffSchemas(url, schema(''), schema('')))).toBe(false);
});
