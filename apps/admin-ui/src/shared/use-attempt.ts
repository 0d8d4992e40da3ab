import { type FormEvent, useState } from 'react';

export interface Attempt<T> {
  busy: boolean;
  failure: unknown;
  /** What it gave; null before. */
  done: { value: T } | null;
  /** Of a form, whose submission it takes the place of. */
  run(event: FormEvent): void;
}

/** One try of something, by hand, with what came of it. */
export function useAttempt<T>(work: () => Promise<T>): Attempt<T> {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [done, setDone] = useState<{ value: T } | null>(null);
  const run = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailure(null);
    work()
      .then((value) => setDone({ value }), setFailure)
      .finally(() => setBusy(false));
  };
  return { busy, failure, done, run };
}
