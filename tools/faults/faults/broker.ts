import type { Platform } from '@orion/access';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LIMIT_MS = 600_000;

/** Speaks to the platform's own broker with its command line tool. */
export class Broker {
  constructor(private readonly control: NonNullable<Platform['rabbitmqControl']>) {}

  /** @throws Error where the broker is somebody else's */
  static of({ rabbitmqControl }: Platform): Broker {
    if (!rabbitmqControl) throw new Error('the broker is not this checkout’s own, so nothing is done to it');
    return new Broker(rabbitmqControl);
  }

  async ctl(...args: string[]): Promise<string> {
    const { command, env } = this.control;
    const { stdout } = await run(command, ['-q', ...args], {
      env: { ...process.env, ...env },
      timeout: LIMIT_MS,
    });
    return stdout.trim();
  }

  /** The value of an Erlang expression, computed inside the broker. */
  evaluate(expression: string): Promise<string> {
    return this.ctl('eval', expression);
  }
}
