import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bufferedOutput } from './buffered-output.stream';
import { createPino, Log } from './index';

let folder: string;
let fd: number;
let log: Log;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'orion-log-'));
  fd = openSync(join(folder, 'log'), 'a');
  log = new Log(createPino('test', { destination: bufferedOutput(fd) }));
});
afterAll(() => {
  closeSync(fd);
  rmSync(folder, { recursive: true });
});

const events = () =>
  readFileSync(join(folder, 'log'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { event: string }).event);

it('writes entries together, soon', async () => {
  log.info('output_test_first');
  log.info('output_test_second');
  expect(events()).toEqual([]);
  await sleep(300);
  expect(events()).toEqual(['output_test_first', 'output_test_second']);
});

it('writes an error at once, after what came before it', () => {
  log.info('output_test_third');
  log.error('output_test_failed');
  expect(events().slice(2)).toEqual(['output_test_third', 'output_test_failed']);
});

it('does not wait once there is much to write', () => {
  for (let n = 0; n < 100; n += 1) log.info('output_test_repeated');
  expect(events().length).toBeGreaterThan(50);
});

it('leaves nothing behind when the process ends', () => {
  log.info('output_test_last');
  process.emit('exit', 0);
  expect(events().at(-1)).toBe('output_test_last');
});

it('is one for everybody who writes to the same place', () => {
  expect(bufferedOutput(fd)).toBe(bufferedOutput(fd));
});
