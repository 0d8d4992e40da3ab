import { expect, it } from '@jest/globals';
import { diffSchemas } from '../src';
import { adminUrl } from './support/sample';

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
  const sql = await diffSchemas(adminUrl(), schema(''), schema('size Int'));
  expect(sql).toContain('ALTER TABLE "crew" ADD COLUMN');
  expect(sql).toContain('"size" INTEGER NOT NULL');
});

it('writes whole tables for a schema that was never committed', async () => {
  expect(await diffSchemas(adminUrl(), '', schema('size Int'))).toContain('CREATE TABLE "crew"');
});

it('writes no statement when nothing changed', async () => {
  const sql = await diffSchemas(adminUrl(), schema(''), schema(''));
  expect(sql.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('--'))).toEqual([]);
});
