import { stepFor, next } from '../release/version';
import { closeOpen } from '../release/changelog';
import { ReleaseStore } from '../release/release.store';
import { CHANGELOG } from '../release/verdict';
import { writeDocuments } from '../documents/documents.store';
import { assess, judge, sentencesOf } from './assessment';
import { today, usersToday } from './today.source';

const dateOf = (now: Date): string => now.toISOString().slice(0, 10);

/**
 * `release`: keeps today's contracts as the released ones, under the version their changes ask for. What was never
 * released is kept under the version as it stands. 1 where something stands in the way.
 */
export async function release(now = new Date()): Promise<number> {
  const store = new ReleaseStore();
  const snapshot = store.snapshot();
  const changes = snapshot ? await assess(snapshot, today, usersToday) : [];
  const declared = store.declared();
  const version = snapshot ? next(declared.version, stepFor(changes)) : declared.version;
  const { open } = declared.changelog;
  const silent = snapshot && open?.body === '';
  const faults = [
    ...(snapshot ? sentencesOf(judge(changes, declared), declared.version, [snapshot, today]) : []),
    ...(silent && changes.length === 0 ? ['Nothing has changed since the last release.'] : []),
    ...(silent && changes.length > 0
      ? [`${CHANGELOG} says nothing of what changed: write it under its first heading.`]
      : []),
  ];
  if (faults.length > 0) {
    for (const fault of faults) console.log(`✖ ${fault}`);
    return 1;
  }
  const released = dateOf(now);
  const text = store.changelogText();
  await store.write(today, { version, released }, snapshot ? closeOpen(text, version, released) : text);
  await writeDocuments(version);
  console.log(`contracts ${version} released: commit libs/contracts and docs/api.`);
  return 0;
}
