import { type FullEnvelope, producerOf, RecordChange } from '@orion/contracts';

/** What an event is in the audit log. */
export interface AuditLine {
  action: string;
  resourceKind: string;
  resourceId: string;
}

const RECORD = /^orion\.[a-z-]+\.record\.changed\.v1$/;

/** `orion.auth.role.changed.v1` is the action `auth.role.changed` on a `role`; a record tells its own kind and action. */
export function auditLine({
  type,
  subject,
  data,
}: Pick<FullEnvelope, 'type' | 'subject' | 'data'>): AuditLine {
  if (RECORD.test(type)) {
    const { kind, id, action } = RecordChange.parse(data);
    return { action: `${producerOf(type)}.${kind}.${action}`, resourceKind: kind, resourceId: id };
  }
  const [, service = '', kind = '', fact = ''] = type.split('.');
  return { action: `${service}.${kind}.${fact}`, resourceKind: kind, resourceId: subject };
}
