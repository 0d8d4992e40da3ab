import { API_PREFIX, listCustomers } from '@orion/contracts';
import { freshTestDatabase } from '@orion/database';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Bench } from '../../bench';
import { latency, type Row, rate } from '../../row';
import { startCallers } from './callers';
import { type Measured, measure, type Results } from './measure';
import { LOAD, Processes } from '../shared/processes';
import { getText } from '../shared/requests';
import { median } from '../shared/rounds';
import { folderOf } from '../shared/service.process';
import { checkSides, startBareProxy, startGateway } from './sides';

/** So many that none of them comes near its rate limit. */
const PEOPLE = 256;

/** What is measured: a read, open to those who hold a permission. */
const endpoint = listCustomers;

function rowsOf({ ours, bare }: Results): Row[] {
  const both = (of: (it: Measured) => number) => ({
    value: median(ours.map(of)),
    limit: median(bare.map(of)),
  });
  return [
    rate({ name: 'gateway.throughput', ...both((it) => it.rate), unit: '1/s' }),
    latency({ name: 'gateway.latency-p50', ...both((it) => it.p50), unit: 'ms' }),
    latency({ name: 'gateway.latency-p99', ...both((it) => it.p99), unit: 'ms' }),
    latency({ name: 'gateway.cpu', ...both((it) => it.cpu), unit: 'µs' }),
  ];
}

/**
 * An authenticated read of 1 KiB through the gateway as it runs in production, beside the same read through
 * http-proxy-middleware alone, in turns and in front of the same service.
 */
export const gateway: Bench = {
  builds: ['gateway'],
  async run(ground, say) {
    const namespace = `bench-${randomUUID().slice(0, 8)}`;
    const processes = new Processes();
    const database = await freshTestDatabase(
      ground.ORION_POSTGRES_URL,
      'gateway',
      join(folderOf('gateway'), 'prisma'),
    );
    const callers = await startCallers(PEOPLE, [endpoint.access], {
      rabbitmqUrl: ground.ORION_RABBITMQ_URL,
      namespace,
    });
    try {
      const upstreamUrl = `http://127.0.0.1:${(await processes.start(join(__dirname, 'upstream.mts'))).port}`;
      const bare = await startBareProxy(processes, upstreamUrl);
      const ours = await startGateway(processes, ground, {
        databaseUrl: database.url,
        workerDatabaseUrl: database.workerUrl,
        authUrl: callers.authUrl,
        upstreamUrl,
        namespace,
      });
      await checkSides(ours, bare, endpoint);
      const requests = callers.tokens.map((token) => getText(API_PREFIX + endpoint.path, token));
      return rowsOf(await measure({ ours, bare }, await processes.start(LOAD), { requests }, say));
    } finally {
      await processes.stop();
      await callers.close();
      await database.drop();
    }
  },
};
