import { describe, expect, it } from '@jest/globals';
import {
  columnOf,
  fieldOf,
  isChecked,
  isTenantModel,
  modelsIn,
  neededFields,
  referrersOf,
  textFields,
} from './schema';

const schema = `
datasource db {
  provider = "postgresql"
}

/// A part.
model SparePart {
  id             String    @id @db.Uuid
  organizationId String    @map("organization_id") @db.Uuid
  name           String
  partNumber     String    @map("part_number")
  note           String?
  tags           String[]
  count          Int       @default(0)
  depotId        String    @map("depot_id") @db.Uuid
  createdAt      DateTime  @default(now()) @map("created_at")
  depot          Depot     @relation(fields: [depotId], references: [id])

  @@unique([organizationId, id])
  @@map("spare_part")
}

model Depot {
  id    String      @id
  parts SparePart[]
}
`;

describe('a schema', () => {
  const models = modelsIn(schema);
  const [part, depot] = models;
  if (!part || !depot) throw new Error('the models were not read');

  it('is read with tables, fields and columns', () => {
    expect(models.map((it) => [it.name, it.table])).toEqual([
      ['SparePart', 'spare_part'],
      ['Depot', 'Depot'],
    ]);
    const number = fieldOf(part, 'partNumber');
    expect(number && columnOf(number)).toBe('part_number');
    expect(fieldOf(part, 'note')).toMatchObject({ type: 'String', optional: true, list: false });
    expect(fieldOf(part, 'tags')).toMatchObject({ list: true });
    expect(fieldOf(part, 'nothing')).toBeUndefined();
  });

  it('tells what is text, what a new row needs, whose rows are an organization’s', () => {
    expect(textFields(part)).toEqual(['name', 'partNumber', 'note']);
    expect(neededFields(part)).toEqual(['name', 'partNumber', 'depotId']);
    expect([isTenantModel(part), isTenantModel(depot)]).toEqual([true, false]);
    expect(referrersOf(models, depot)).toEqual(['SparePart']);
    expect(referrersOf(models, part)).toEqual([]);
  });

  it('has checks in its migrations', () => {
    const migrations = [
      `CREATE TABLE part (\n  name text NOT NULL CHECK (length(name) > 2),\n  note text\n);`,
    ];
    expect(isChecked(migrations, 'name')).toBe(true);
    expect(isChecked(migrations, 'note')).toBe(false);
    expect(isChecked([`ADD CONSTRAINT x CHECK ("slug" ~ '^[a-z]+$');`], 'slug')).toBe(true);
  });
});
