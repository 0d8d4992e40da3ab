import { describe, expect, it } from '@jest/globals';
import { insistenceOf } from './insistence';

describe('what a person insists on', () => {
  it('is nothing by default', () => {
    expect(insistenceOf({}, true)).toBeUndefined();
    expect(insistenceOf({ ORION_INFRASTRUCTURE: '' }, false)).toBeUndefined();
  });

  it('holds for everything, and for the tests by a setting of their own', () => {
    const env = { ORION_INFRASTRUCTURE: 'programs', ORION_TEST_INFRASTRUCTURE: 'containers' };
    expect(insistenceOf(env, false)).toEqual({ key: 'ORION_INFRASTRUCTURE', word: 'programs' });
    expect(insistenceOf(env, true)).toEqual({ key: 'ORION_TEST_INFRASTRUCTURE', word: 'containers' });
    expect(insistenceOf({ ORION_INFRASTRUCTURE: 'programs' }, true)?.word).toBe('programs');
  });

  it('is one of two words', () => {
    expect(() => insistenceOf({ ORION_INFRASTRUCTURE: 'docker' }, false)).toThrow(
      'ORION_INFRASTRUCTURE is neither programs nor containers: choose one, or unset it.',
    );
  });
});
