import { Histogram, register } from 'prom-client';

type Labels = 'endpoint' | 'status';
const NAME = 'http_request_duration_seconds';

const histogram = (): Histogram<Labels> =>
  (register.getSingleMetric(NAME) as Histogram<Labels> | undefined) ??
  new Histogram({
    name: NAME,
    help: 'Duration of HTTP requests by endpoint of the contracts',
    labelNames: ['endpoint', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10],
  });

/** @param milliseconds from the first byte of the request to the end of the answer */
export const observeRequest = (endpoint: string, status: number, milliseconds: number): void =>
  histogram().observe({ endpoint, status }, milliseconds / 1000);
