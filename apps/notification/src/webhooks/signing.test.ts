import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { newSecret } from './secret.cipher';
import { signedHeaders } from './signing';

const body = '{"eventType":"order.confirmed","data":{"name":"Zoë"}}';

describe('signedHeaders', () => {
  it('signs id.timestamp.body with HMAC-SHA256', () => {
    const key = Buffer.alloc(32, 7);
    const at = new Date('2026-11-21T10:00:00.900Z');
    const headers = signedHeaders({ id: 'd1', at, body, secrets: [`whsec_${key.toString('base64')}`] });
    const expected = createHmac('sha256', key).update(`d1.1795255200.${body}`).digest('base64');
    expect(headers).toEqual({
      'webhook-id': 'd1',
      'webhook-timestamp': '1795255200',
      'webhook-signature': `v1,${expected}`,
    });
  });

  it('can be verified with either secret while both are valid', () => {
    const secrets = [newSecret(), newSecret()];
    const headers = signedHeaders({ id: 'd1', at: new Date(), body, secrets });
    for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow();
  });
});
