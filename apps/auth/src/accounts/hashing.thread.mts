import { hashSync, verifySync } from '@node-rs/argon2';
import { constants, getPriority, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { HashingAnswer, HashingTask } from './hashing-task';

/** Steps of `nice` below the service: where processors are short, one of these threads gets a tenth of what others get. */
const BELOW = 10;

// Linux keeps a priority for each thread; elsewhere it would be the whole process that steps back.
if (process.platform === 'linux')
  setPriority(0, Math.min(constants.priority.PRIORITY_LOW, getPriority(0) + BELOW));

function carryOut(task: HashingTask): HashingAnswer {
  try {
    return {
      done:
        task.do === 'hash' ? hashSync(task.password, task.options) : verifySync(task.stored, task.password),
    };
  } catch (error) {
    return { failure: String(error) };
  }
}

parentPort?.on('message', (task: HashingTask) => parentPort?.postMessage(carryOut(task)));
