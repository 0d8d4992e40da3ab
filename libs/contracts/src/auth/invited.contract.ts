import { endpoint } from '../core/endpoint';
import { InvitationToken } from '../user/invitations.contract';
import { Registered, Registration } from './auth.contract';

export const registerInvited = endpoint({
  id: 'auth.register-invited',
  service: 'auth',
  method: 'POST',
  path: '/auth/register-invited',
  summary: 'Create an account for the address an invitation was sent to, and accept it',
  access: 'public',
  status: 201,
  input: {
    body: Registration.pick({ password: true, name: true, termsAccepted: true }).extend({
      token: InvitationToken,
    }),
  },
  reply: Registered,
  errors: [
    'EMAIL_TAKEN',
    'INVITATION_UNKNOWN',
    'INVITATION_ACCEPTED',
    'INVITATION_EXPIRED',
    'INVITATION_REVOKED',
    'UPSTREAM_UNAVAILABLE',
    'BUSY',
  ],
});
