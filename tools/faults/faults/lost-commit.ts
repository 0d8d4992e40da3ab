import type { Platform } from '@orion/access';
import { startCommitEater } from './commit-eater';
import { inWords, isWhole, onGround } from './ground';

interface Answered {
  tries: number;
  replies: string[];
}

/** A process whose first COMMIT is carried out, and whose answer to it never arrives. */
export const lostCommit = (platform: Platform): Promise<string> =>
  onGround(platform, async (ground) => {
    const eater = await startCommitEater(ground.producer.url);
    try {
      eater.arm();
      const consumer = await ground.start({ service: 'consumer' });
      const answer = ground.next<{ answered: Answered }>('answered');
      const client = await ground.start({
        service: 'producer',
        databaseUrl: eater.through(ground.producer.url),
        keyed: 'once',
      });
      const { answered } = await answer;
      const count = await ground.settle(isWhole, 30_000);
      await Promise.all([ground.stop(client), ground.stop(consumer)]);
      if (eater.eaten() !== 1 || answered.tries < 2) throw new Error('no answer to a COMMIT was lost');
      if (answered.replies[0] !== answered.replies[1])
        throw new Error(`the key answered ${answered.replies.join(', then ')}`);
      if (!isWhole(count) || count.things !== 1) throw new Error(inWords(count));
      return `COMMIT's answer lost, ${answered.tries} tries with one key: ${inWords(count)}`;
    } finally {
      await eater.close();
    }
  });
