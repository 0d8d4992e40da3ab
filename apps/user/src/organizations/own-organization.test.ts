import { describe, expect, it } from '@jest/globals';
import { ownOrganization } from './own-organization';

const organizationId = '019a0000-0000-7000-8000-0123456789ab';

describe('ownOrganization', () => {
  it('is the organization of the token, however its id is written', () => {
    expect(ownOrganization({ organizationId }, organizationId.toUpperCase())).toBe(organizationId);
  });

  it('answers every other one as missing, without saying more', () => {
    expect(() => ownOrganization({ organizationId }, '019a0000-0000-7000-8000-0123456789ac')).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND', detail: undefined }),
    );
  });
});
