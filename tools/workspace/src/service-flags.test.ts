import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SERVICE_FLAGS } from './service-flags';

it('are those of the image, too', () => {
  const dockerfile = readFileSync(resolve(__dirname, '../../build/Dockerfile'), 'utf8');
  const command = /^CMD (.+)$/m.exec(dockerfile)?.[1] ?? '[]';
  expect(JSON.parse(command)).toEqual(['node', ...SERVICE_FLAGS, 'main.cjs']);
});
