import { sealingKey } from '@orion/contracts';
import { QuestionServer } from '@orion/messaging';
import { openSealed, sealingPair } from '@orion/security';
import { dropNamespace, infrastructure } from '@orion/testing';

const pair = sealingPair(Buffer.alloc(32, 7));

/** What was sealed for notification, as it would read it. */
export const readSealed = (context: string, sealed: string): string => openSealed(pair, context, sealed);

/** Answers with the key of notification. */
export async function startNotificationStandIn(namespace: string): Promise<{ close(): Promise<void> }> {
  const options = { service: 'notification', url: infrastructure().rabbitmq, namespace, consumers: [] };
  const questions = new QuestionServer(options, 'notification', () => undefined);
  questions.addHandler(sealingKey.pattern, () => Promise.resolve({ answer: { publicKey: pair.publicKey } }));
  await questions.listen(() => undefined);
  return {
    async close() {
      await questions.close();
      await dropNamespace(namespace, ['notification'], []);
    },
  };
}
