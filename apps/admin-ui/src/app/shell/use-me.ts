import { readMe } from '@orion/contracts';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../shared/api-context';

/** The signed-in person and their organization. */
export function useMe() {
  const api = useApi();
  return useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => api.call(readMe, {}, { signal }),
    staleTime: 5 * 60_000,
  });
}
