import { stringify } from 'csv-stringify/sync';
import type { AuditShown } from './audit.repository';

const json = (value: unknown): string => (value === null ? '' : JSON.stringify(value));

const COLUMNS: Readonly<Record<string, (entry: AuditShown) => string | null>> = {
  id: (it) => it.id,
  at: (it) => it.at,
  action: (it) => it.action,
  resourceKind: (it) => it.resource.kind,
  resourceId: (it) => it.resource.id,
  actorId: (it) => it.actor?.userId ?? null,
  actorName: (it) => it.actor?.name ?? null,
  actorEmail: (it) => it.actor?.email ?? null,
  impersonatorId: (it) => it.impersonator?.userId ?? null,
  impersonatorName: (it) => it.impersonator?.name ?? null,
  impersonatorEmail: (it) => it.impersonator?.email ?? null,
  apiKeyId: (it) => it.apiKeyId,
  address: (it) => it.address,
  userAgent: (it) => it.userAgent,
  correlationId: (it) => it.correlationId,
  causationId: (it) => it.causationId,
  before: (it) => json(it.before),
  after: (it) => json(it.after),
};

/**
 * RFC 4180. A cell a spreadsheet would take for a formula is led by an apostrophe
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const csv = (rows: (string | null)[][]): string =>
  stringify(rows, { record_delimiter: 'windows', escape_formulas: true });

export type AuditFormat = 'csv' | 'ndjson';

export const fileHead = (format: AuditFormat): string =>
  format === 'csv' ? csv([Object.keys(COLUMNS)]) : '';

export const fileLines = (format: AuditFormat, entries: readonly AuditShown[]): string =>
  format === 'csv'
    ? csv(entries.map((entry) => Object.values(COLUMNS).map((of) => of(entry))))
    : entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
