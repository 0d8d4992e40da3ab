import { listBusinessUnits } from '@orion/contracts';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useApi } from './api-context';

/** The reader's own time zone. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The time zone of a business unit, in which its orders are told; the reader's own until it is known. */
export function useZones(): (businessUnitId: string) => string {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['business-units'],
    queryFn: ({ signal }) => api.call(listBusinessUnits, { query: { limit: 200 } }, { signal }),
    staleTime: 5 * 60_000,
  });
  return useCallback(
    (businessUnitId) => data?.items.find((unit) => unit.id === businessUnitId)?.timezone ?? ownZone(),
    [data],
  );
}
