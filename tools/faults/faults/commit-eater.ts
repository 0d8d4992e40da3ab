import { startWire, type Wire } from './wire';

export interface CommitEater extends Wire {
  /** From now on the answer to the next COMMIT is kept back and its connection cut. */
  arm(): void;
  eaten(): number;
}

export interface CommitKeeper extends Wire {
  /** From now on the next COMMIT does not reach PostgreSQL. */
  arm(): void;
}

const COMMIT = Buffer.from('COMMIT');

/** Stands between a service and PostgreSQL; PostgreSQL commits, and the service never hears of it. */
export async function startCommitEater(target: string): Promise<CommitEater> {
  let armed = false;
  let eaten = 0;
  const wire = await startWire(target, ({ client }) => {
    let eating = false;
    return {
      outward: (bytes) => {
        if (armed && bytes.includes(COMMIT)) {
          armed = false;
          eating = true;
        }
        return true;
      },
      inward: (bytes) => {
        // PostgreSQL tags the answer with the same word: the transaction is durable now.
        if (eating && bytes.includes(COMMIT)) {
          eaten += 1;
          client.destroy();
        }
        return !eating;
      },
    };
  });
  return { ...wire, arm: () => void (armed = true), eaten: () => eaten };
}

/** Stands between a service and PostgreSQL; everything of a transaction arrives but its COMMIT. */
export async function startCommitKeeper(target: string, kept: () => void): Promise<CommitKeeper> {
  let armed = false;
  const wire = await startWire(target, () => ({
    outward: (bytes) => {
      if (!armed || !bytes.includes(COMMIT)) return true;
      armed = false;
      kept();
      return false;
    },
  }));
  return { ...wire, arm: () => void (armed = true) };
}
