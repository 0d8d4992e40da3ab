import { readOverview } from '@orion/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useHeard } from '../feed/feed-context';
import { useApi } from '../shared/api-context';

const KEY = ['overview'];
/** A busy day tells many things a second; the figures are asked for at most this often. */
const AT_MOST_EVERY_MS = 2_000;

/** The organization at a glance, kept current by the live feed. */
export function useOverview() {
  const api = useApi();
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useHeard(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: KEY });
    }, AT_MOST_EVERY_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.call(readOverview, {}, { signal }),
    refetchInterval: 60_000,
  });
}

export type Overview = NonNullable<ReturnType<typeof useOverview>['data']>;
