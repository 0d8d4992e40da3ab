import { Webhook } from 'standardwebhooks';

export interface ToSign {
  /** `webhook-id`: stable over retries. */
  id: string;
  /** When this attempt is made. */
  at: Date;
  /** Exactly the bytes of the body. */
  body: string;
  /** Every secret that is valid now; the receiver needs one of them. */
  secrets: readonly string[];
}

/** Headers of one attempt as Standard Webhooks asks for them (https://www.standardwebhooks.com). */
export const signedHeaders = ({ id, at, body, secrets }: ToSign) => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
});
