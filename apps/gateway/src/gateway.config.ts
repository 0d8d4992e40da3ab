import { baseConfig, httpUrl, wholeNumber } from '@orion/config';
import { z } from 'zod';
import { isNetwork } from './routing/trusted-proxies.net';
import { eachAddress } from './routing/upstreams';

const list = () =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((it) => it.trim())
        .filter(Boolean),
    );

export const gatewayConfig = baseConfig.extend({
  ...eachAddress(() => httpUrl()),
  /** Folder of the built web app. */
  WEB_ROOT: z.string().default('apps/admin-ui/dist'),
  /** Requests one token, or one address without a token, may make in a minute. */
  RATE_LIMIT_PER_MINUTE: wholeNumber(1, 1_000_000).default(6_000),
  /** Requests one API key may make in a minute, apart from those of its owner. */
  KEY_RATE_LIMIT_PER_MINUTE: wholeNumber(1, 1_000_000).default(1_200),
  /** Origins, separated by commas, whose pages may call the API from a browser. */
  CORS_ORIGINS: list(),
  /** Addresses or networks (CIDR), separated by commas, whose X-Forwarded-* headers are believed. */
  TRUSTED_PROXIES: list().refine(
    (entries) => entries.every(isNetwork),
    'must be addresses or networks such as 10.0.0.0/8, separated by commas',
  ),
  /** Milliseconds a service may take to answer before the caller gets 504. */
  UPSTREAM_DEADLINE_MS: wholeNumber(100, 120_000).default(15_000),
});

export type GatewayConfig = z.output<typeof gatewayConfig>;
