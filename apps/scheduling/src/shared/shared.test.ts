import { describe, expect, it } from '@jest/globals';
import { BusinessRuleException, FieldProblems } from '@orion/problem';
import { readShift, shiftText } from '../providers/shift-time';
import { addressColumns, addressLine, addressOf } from './address';
import { found } from './found';
import { instant, optionalDate } from './instant';

describe('address', () => {
  const address = {
    street: '1 rue X',
    postalCode: '69001',
    city: 'Lyon',
    country: 'FR',
    place: { latitude: 45, longitude: 5 },
  };

  it('goes into columns and back', () => {
    expect(addressOf(addressColumns(address))).toEqual(address);
  });

  it('reads as one line, without empty parts', () => {
    expect(addressLine(address)).toBe('1 rue X, 69001 Lyon, FR');
    expect(addressLine({ ...address, street: '', postalCode: '' })).toBe('Lyon, FR');
  });
});

describe('instants', () => {
  it('are read with any offset, in the years 1970 to 2199', () => {
    expect(instant('2026-11-23T08:00:00+01:00', 'x')).toBe(Date.UTC(2026, 10, 23, 7));
    expect(() => instant('0001-01-01T00:00:00Z', 'x')).toThrow(FieldProblems);
    expect(() => instant('9999-12-31T23:59:59Z', 'x')).toThrow(FieldProblems);
    expect(optionalDate(undefined, 'x')).toBeUndefined();
  });
});

describe('found', () => {
  it('is what there is', () => {
    expect(found(0)).toBe(0);
    expect(() => found(null)).toThrow(BusinessRuleException);
  });
});

describe('shift times', () => {
  it('are minutes of the day inside', () => {
    const shift = { weekday: 1, from: '08:05', to: '24:00' };
    expect(readShift(shift)).toEqual({ weekday: 1, from: 485, to: 1440 });
    expect(shiftText(readShift(shift))).toEqual(shift);
  });
});
