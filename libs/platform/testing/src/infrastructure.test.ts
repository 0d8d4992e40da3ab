import { afterEach, expect, it } from '@jest/globals';
import { infrastructure } from './infrastructure';

const name = 'ORION_REDIS_URL';
const before = process.env[name];

afterEach(() => {
  if (before === undefined) delete process.env[name];
  else process.env[name] = before;
});

it('gives the address that the environment holds', () => {
  process.env[name] = 'redis://somewhere';
  expect(infrastructure().redis).toBe('redis://somewhere');
});

it('fails by name where it is missing', () => {
  delete process.env[name];
  expect(() => infrastructure().redis).toThrow(name);
});
