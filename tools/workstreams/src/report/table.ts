/** Rows as columns of text, each as wide as its widest cell; the first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

const BAR = 8;

/** `██████░░  75 %`; a dash where there is nothing to do. */
export function bar({ done, of }: { done: number; of: number }): string {
  if (of === 0) return '-';
  const full = Math.floor((done / of) * BAR);
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${Math.floor((done / of) * 100)
    .toString()
    .padStart(3)} %`;
}
