import { refuse } from '../refusal';

/** One field of an event's data: its schema, and a value for tests. */
export interface DataField {
  name: string;
  schema: string;
  sample: string;
}

const TYPES: Record<string, Omit<DataField, 'name'>> = {
  id: { schema: 'Id', sample: 'randomUUID()' },
  text: { schema: 'z.string()', sample: `'some text'` },
  number: { schema: 'z.number()', sample: '3' },
  flag: { schema: 'z.boolean()', sample: 'true' },
  time: { schema: 'Timestamp', sample: 'new Date().toISOString()' },
};

/** Reads `channel:text,at:time`. */
export function fieldsIn(text = ''): DataField[] {
  const parts = text
    .split(',')
    .map((it) => it.trim())
    .filter(Boolean);
  const fields = parts.map((part): DataField => {
    const [, name = '', type = ''] = /^([a-z][a-zA-Z]*):([a-z]+)$/.exec(part) ?? [];
    const known = TYPES[type];
    if (!known) return refuse(`“${part}” is no field: say name:type, with id, text, number, flag or time.`);
    return { name, ...known };
  });
  const twice = fields.find((it, index) => fields.findIndex(({ name }) => name === it.name) < index);
  if (twice) refuse(`The field ${twice.name} is named twice.`);
  return fields;
}
