import { type Page } from '@orion/contracts';
import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useMemo } from 'react';

interface Pages<T> {
  queryKey: QueryKey;
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;
  /** Somebody else keeps the list current: it is never read again by itself. */
  live?: boolean;
}

/** A list that is read page by page, by cursor. */
export function usePages<T>({ queryKey, load, live = false }: Pages<T>) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    ...(live ? { staleTime: Infinity, refetchOnReconnect: false, refetchOnWindowFocus: false } : {}),
  });
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return { ...query, items };
}
