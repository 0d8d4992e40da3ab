import { afterEach, expect, it, jest } from '@jest/globals';
import { infrastructure } from './infrastructure';

afterEach(() => {
  jest.restoreAllMocks();
});

it('gives the address that the environment holds', () => {
  jest.replaceProperty(process, 'env', { ORION_REDIS_URL: 'redis://somewhere' });
  expect(infrastructure().redis).toBe('redis://somewhere');
});

it('fails by name where it is missing', () => {
  jest.replaceProperty(process, 'env', {});
  expect(() => infrastructure().redis).toThrow('ORION_REDIS_URL');
});
