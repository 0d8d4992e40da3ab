import { describe, expect, it } from '@jest/globals';
import { insertNames } from './statement-names';

describe('names of statements', () => {
  it('are given to inserts, the same one for the same text', () => {
    const nameOf = insertNames();
    const [one, two] = ['INSERT INTO a VALUES ($1)', 'INSERT INTO b VALUES ($1)'].map((sql) => ({
      sql,
      args: [1],
    }));
    if (!one || !two) throw new Error('two statements');
    expect(nameOf(one)).not.toBe('');
    expect(nameOf({ ...one, args: [2] })).toBe(nameOf(one));
    expect(nameOf(two)).not.toBe(nameOf(one));
  });

  it('are not given to what is planned for its values, nor to very long inserts', () => {
    const nameOf = insertNames();
    for (const sql of ['SELECT 1', 'UPDATE a SET b = $1', 'BEGIN'])
      expect(nameOf({ sql, args: [1] })).toBe('');
    expect(nameOf({ sql: 'INSERT INTO a VALUES ($1)', args: Array.from({ length: 101 }) })).toBe('');
  });

  it('end at some number of shapes', () => {
    const nameOf = insertNames();
    const names = Array.from({ length: 300 }, (_, n) =>
      nameOf({ sql: `INSERT INTO a${n} VALUES (1)`, args: [] }),
    );
    expect(new Set(names.filter((it) => it !== '')).size).toBe(200);
    expect(nameOf({ sql: 'INSERT INTO a0 VALUES (1)', args: [] })).toBe(names[0]);
  });
});
