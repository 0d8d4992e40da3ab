const MOST = 200;
const MOST_VALUES = 100;
const UNNAMED = '';

/**
 * Names for statements that are worth preparing: inserts, whose plan no value can change. What is read keeps being
 * planned for its values. Statements of ever new shapes do not pile up on the server.
 */
export function insertNames(): (query: { sql: string; args: unknown[] }) => string {
  const names = new Map<string, string>();
  return ({ sql, args }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MOST || args.length > MOST_VALUES || !sql.startsWith('INSERT ')) return UNNAMED;
    const name = `insert_${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}
