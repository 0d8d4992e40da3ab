import type { AccountWording } from './account-wording';

export const english: AccountWording = {
  dear: (name) => `Dear ${name},`,
  closing: 'This message was sent by Orion.',
  notYou: 'If this was not you, set another password at once: whoever did it knows yours.',
  facts: { device: 'Device', address: 'Network address', at: 'When' },
  mails: {
    'verify-email': {
      subject: 'Confirm your e-mail address',
      body: 'please confirm that this address is yours. The link works once, for two days. If you have not created an account, ignore this message.',
      action: 'Confirm the address',
    },
    'reset-password': {
      subject: 'Set another password',
      body: 'somebody, we hope you, forgot the password of your account. The link works once, for one hour. If it was not you, ignore this message: your password stays as it is.',
      action: 'Set another password',
    },
    'change-email-old': {
      subject: 'Allow another e-mail address',
      body: 'your account is to have the address {newEmail}. It changes once this address and the new one have confirmed. If you do not want that, do not follow the link, and set another password.',
      action: 'Allow the change',
    },
    'change-email-new': {
      subject: 'Confirm your new e-mail address',
      body: 'please confirm that this address is yours. Your account gets it once the old address has confirmed too. If you have not asked for it, ignore this message.',
      action: 'Confirm the new address',
    },
    'password-changed': {
      subject: 'Your password was changed',
      body: 'the password of your account was changed, and your other sessions were ended.',
    },
    'email-changed': {
      subject: 'Your e-mail address was changed',
      body: 'you sign in with {newEmail} from now on. All sessions were ended.',
    },
    'new-device': {
      subject: 'A new device signed in',
      body: 'somebody signed in to your account from a device we have not seen before.',
    },
  },
};
