import { type Platform, stateFolder } from '@orion/access';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { metricOf } from './metric';

/** One figure of every service's `/metrics`, by service. @throws Error where a service does not show it */
export async function figures(platform: Platform, metric: string): Promise<Record<string, number>> {
  const read = async ([name, url]: [string, string]): Promise<[string, number]> => {
    const page = await (await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(10_000) })).text();
    const value = metricOf(page, metric);
    if (value === undefined) throw new Error(`${name} does not show ${metric}`);
    return [name, value];
  };
  return Object.fromEntries(await Promise.all(Object.entries(platform.serviceUrls).map(read)));
}

const logOf = (service: string): string => join(stateFolder(), 'log', `${service}.log`);

/** What each service's log holds from now on: ask for the lines of one event. */
export function logsFromNow(
  platform: Platform,
): (service: string, event: string) => Record<string, unknown>[] {
  const from = new Map(
    Object.keys(platform.serviceUrls).map((name) => [name, statSync(logOf(name)).size] as const),
  );
  return (service, event) =>
    readFileSync(logOf(service))
      .subarray(from.get(service) ?? 0)
      .toString()
      .split('\n')
      .filter((line) => line.includes(`"${event}"`))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
}
