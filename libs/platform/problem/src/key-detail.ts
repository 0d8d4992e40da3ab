import type { ErrorCode } from '@orion/contracts';

const TENANT_KEY = /_organization_id_(\w+)_f?key$/;

/**
 * What a broken key means, in words made of its name as Prisma gives it
 * (`customer_organization_id_external_id_key`); undefined for keys of any other name.
 */
export function keyDetail(code: ErrorCode, constraint: string | undefined): string | undefined {
  const columns = TENANT_KEY.exec(constraint ?? '')?.[1]?.replaceAll('_', ' ');
  if (columns === undefined) return undefined;
  if (code === 'CONFLICT') return `Another record has the same ${columns}`;
  return code === 'REFERENCE_MISSING' ? `There is no such ${columns.replace(/ id$/, '')}` : undefined;
}
