import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ServiceName } from '@orion/contracts';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import CircuitBreaker from 'opossum';

/** Milliseconds an open breaker waits before it lets one request try. */
export const REST_MS = 2_000;

type Work = () => Promise<void>;

/** The service could not be reached, or went away before it answered. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

export const unavailable = (service: ServiceName) =>
  new BusinessRuleException('UPSTREAM_UNAVAILABLE', `The ${service} service does not answer`, {
    service,
    retryAfterSeconds: REST_MS / 1000,
  });

const isOurs = (error: Error): boolean =>
  error instanceof ConnectionLost ||
  (error instanceof BusinessRuleException && error.code === 'DEADLINE_EXCEEDED');

/** A breaker per service: where most calls of ten seconds got lost, the next are refused at once. */
@Injectable()
export class Breakers implements OnApplicationShutdown {
  private readonly known = new Map<ServiceName, CircuitBreaker<[Work], void>>();

  constructor(private readonly log: Log) {}

  /** @throws BusinessRuleException UPSTREAM_UNAVAILABLE while the breaker is open; else what the work throws */
  async call(service: ServiceName, work: Work): Promise<void> {
    const breaker = this.breakerOf(service);
    try {
      await breaker.fire(work);
    } catch (error) {
      if (CircuitBreaker.isOurError(error as Error)) throw unavailable(service);
      throw error;
    }
  }

  onApplicationShutdown(): void {
    for (const breaker of this.known.values()) breaker.shutdown();
  }

  private breakerOf(service: ServiceName): CircuitBreaker<[Work], void> {
    const known = this.known.get(service);
    if (known) return known;
    const breaker = new CircuitBreaker<[Work], void>((work) => work(), {
      name: service,
      timeout: false,
      rollingCountTimeout: 10_000,
      volumeThreshold: 10,
      errorThresholdPercentage: 50,
      resetTimeout: REST_MS,
      // Nobody reads them, and every second would sort the latencies of ten.
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
      errorFilter: (error: Error) => !isOurs(error),
    });
    breaker.on('open', () => this.log.warn('upstream_breaker_opened', { service }));
    breaker.on('close', () => this.log.info('upstream_breaker_closed', { service }));
    this.known.set(service, breaker);
    return breaker;
  }
}
