export const invitation = {
  title: 'Invitation',
  lead: 'You are invited to work in {{organizationName}}.',
  accept: 'Accept the invitation',
  accepted: 'You are a member of {{organizationName}}. Sign in again to choose it',
  signInFirst:
    '{{email}} is invited to work in {{organizationName}} and has an account. Sign in with it, then open the link of the mail again.',
  registerLead:
    'You are invited to work in {{organizationName}}. Your account will have the address {{email}}.',
  name: 'Your name',
  password: 'Password, at least 12 characters',
  terms: 'I accept the terms of use',
  register: 'Create the account',
  registered: 'Your account is ready. Sign in as {{email}}',
} as const;
