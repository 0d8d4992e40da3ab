import { expect, it } from '@jest/globals';
import { addressVariable } from './address-variable';

it.each([
  ['user', 'USER_URL'],
  ['field-report-archive', 'FIELD_REPORT_ARCHIVE_URL'],
] as const)('the address of %s stands in %s', (service, variable) => {
  expect(addressVariable(service)).toBe(variable);
});
