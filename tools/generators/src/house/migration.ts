const STAMP = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})_/;

/** The time a migration's folder is named after; undefined for any other folder. */
function timeOf(folder: string): number | undefined {
  const [, ...parts] = STAMP.exec(folder) ?? [];
  if (parts.length === 0) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * Folder of a new migration: the time to the second in UTC, but always after the ones that are there, since they
 * are applied in the order of their names.
 */
export function migrationFolder(existing: readonly string[], now: number, name: string): string {
  const last = Math.max(0, ...existing.flatMap((it) => timeOf(it) ?? []));
  const time = new Date(Math.max(now, last + 1_000));
  return `${time.toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`;
}
