import type { Outcome } from '../src/assignments';
import type { Task } from '../src/task';
import type { Ground } from './ground';
import { within } from './within';

/** Starts a process with an assignment; answers with it and with what became of the assignment. */
export async function assigned(
  ground: Ground,
  task: Partial<Task> & Pick<Task, 'service' | 'assignment'>,
  withinMs = 90_000,
): Promise<Outcome & { child: Awaited<ReturnType<Ground['start']>> }> {
  const outcome = ground.next<{ done: Outcome }>('done');
  const child = await ground.start(task);
  const { done } = await within(outcome, withinMs, `"${task.assignment?.name}" was not done`);
  return { ...done, child };
}

/** The count of an assignment that had to succeed. @throws Error with why it did not */
export function countOf({ count, refused }: Outcome): number {
  if (refused !== undefined) throw new Error(refused);
  return count;
}
