import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { type Activity, type Feed, type FeedState } from './feed';

const Context = createContext<Feed | null>(null);

export const FeedProvider = Context.Provider;

function useFeedSource(): Feed {
  const feed = useContext(Context);
  if (!feed) throw new Error('no feed around this component');
  return feed;
}

export function useFeed(): FeedState {
  const feed = useFeedSource();
  return useSyncExternalStore(feed.subscribe, feed.snapshot);
}

/** Follows the feed of the organization while the component is shown; null stops it. */
export function useFollowFeed(organizationId: string | null): void {
  const feed = useFeedSource();
  useEffect(() => {
    if (organizationId === null) return undefined;
    const stop = new AbortController();
    void feed.follow(organizationId, stop.signal);
    return () => stop.abort();
  }, [feed, organizationId]);
}

/** Runs `hearer` for each activity as it happens. */
export function useHeard(hearer: (activity: Activity) => void): void {
  const feed = useFeedSource();
  const heard = useEffectEvent(hearer);
  useEffect(() => feed.hear((activity) => heard(activity)), [feed]);
}
