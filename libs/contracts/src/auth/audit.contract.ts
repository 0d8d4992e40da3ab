import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, pageQuery } from '../core/page';
import { Id, Timestamp } from '../core/primitives';

/** Days an entry is kept. */
export const AUDIT_RETENTION = { least: 30, most: 3_650, usual: 365 } as const;

const AuditedPerson = z.object({
  userId: Id,
  /** Null once there is no such account any more. */
  name: z.string().nullable(),
  email: z.string().nullable(),
});

const Fields = z.record(z.string(), z.unknown());

export const AuditEntry = z
  .object({
    id: Id,
    at: Timestamp,
    /** `<service>.<what>.<fact>`, such as `auth.role.changed`. */
    action: z.string(),
    resource: z.object({ kind: z.string(), id: z.string() }),
    /** Whose rights were used; null where the platform did it by itself. */
    actor: AuditedPerson.nullable(),
    /** Who acted for the actor; null where nobody did. */
    impersonator: AuditedPerson.nullable(),
    apiKeyId: Id.nullable(),
    /** Network address it was asked for from. */
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    /** The same for everything one request led to. */
    correlationId: z.string(),
    /** The entry that led to this one. */
    causationId: z.string().nullable(),
    /** Fields that differ; null for something new, or where nothing was said. */
    before: Fields.nullable(),
    after: Fields.nullable(),
  })
  .meta({ id: 'AuditEntry' });

export const AuditRetention = z.object({ days: z.number().int() }).meta({ id: 'AuditRetention' });

const FIRST = Date.UTC(1970, 0, 1);
const LAST = Date.UTC(2200, 0, 1);

const Moment = Timestamp.refine((it) => {
  const at = Date.parse(it);
  return at >= FIRST && at < LAST;
}, 'must lie in the years 1970 to 2199');

const filters = {
  actorId: Id.optional(),
  impersonatorId: Id.optional().meta({ description: 'Who acted for somebody else' }),
  action: z.string().min(1).max(100).optional().meta({ description: 'Such as `auth.role.changed`' }),
  resourceKind: z.string().min(1).max(64).optional(),
  resourceId: z.string().min(1).max(100).optional(),
  correlationId: z.string().min(1).max(128).optional(),
  from: Moment.optional(),
  to: Moment.optional().meta({ description: 'Entries before it' }),
  q: z.string().trim().min(2).max(200).optional().meta({
    description: 'Beginnings of words of the action, the ids, the address or the values before and after',
  }),
};

export const listAuditLog = endpoint({
  id: 'audit-log.list',
  service: 'auth',
  method: 'GET',
  path: '/audit-log',
  summary: 'Who did what in the organization, when, from where, and what it changed; newest first',
  access: 'audit.view',
  input: { query: z.strictObject({ ...pageQuery, ...filters }) },
  reply: page(AuditEntry),
});

/** As CSV each line is an entry; as NDJSON each is an `AuditEntry`. */
export const exportAuditLog = endpoint({
  id: 'audit-log.export',
  service: 'auth',
  method: 'GET',
  path: '/audit-log/export',
  summary: 'The audit log as a file, newest first; taking it is itself an entry',
  access: 'audit.export',
  input: { query: z.strictObject({ format: z.enum(['csv', 'ndjson']), ...filters }) },
  stream: true,
  file: {
    name: 'audit-log',
    types: { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' },
  },
  reply: z.string(),
});

export const readAuditRetention = endpoint({
  id: 'audit-log.retention',
  service: 'auth',
  method: 'GET',
  path: '/audit-log/retention',
  summary: 'How many days entries of the audit log are kept',
  access: 'audit.view',
  reply: AuditRetention,
});

export const changeAuditRetention = endpoint({
  id: 'audit-log.retention.change',
  service: 'auth',
  method: 'PATCH',
  path: '/audit-log/retention',
  summary: 'Keep entries of the audit log for longer or shorter; older ones are removed for good',
  access: 'audit.manage',
  input: {
    body: z.strictObject({ days: z.int().min(AUDIT_RETENTION.least).max(AUDIT_RETENTION.most) }),
  },
  reply: AuditRetention,
});
