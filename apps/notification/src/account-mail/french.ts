import type { AccountWording } from './account-wording';

export const french: AccountWording = {
  dear: (name) => `Bonjour ${name},`,
  closing: 'Ce message a été envoyé par Orion.',
  notYou: 'Si ce n’était pas vous, changez tout de suite de mot de passe : quelqu’un connaît le vôtre.',
  facts: { device: 'Appareil', address: 'Adresse réseau', at: 'Quand' },
  mails: {
    'verify-email': {
      subject: 'Confirmez votre adresse e-mail',
      body: 'Merci de confirmer que cette adresse est la vôtre. Le lien sert une fois, pendant deux jours. Si vous n’avez pas créé de compte, ignorez ce message.',
      action: 'Confirmer l’adresse',
    },
    'reset-password': {
      subject: 'Choisissez un autre mot de passe',
      body: 'Quelqu’un, vous sans doute, a oublié le mot de passe de votre compte. Le lien sert une fois, pendant une heure. Si ce n’était pas vous, ignorez ce message : votre mot de passe ne change pas.',
      action: 'Choisir un autre mot de passe',
    },
    'change-email-old': {
      subject: 'Autorisez une autre adresse e-mail',
      body: 'Votre compte doit recevoir l’adresse {newEmail}. Elle change quand cette adresse et la nouvelle ont confirmé. Si vous ne le voulez pas, ne suivez pas le lien et changez de mot de passe.',
      action: 'Autoriser le changement',
    },
    'change-email-new': {
      subject: 'Confirmez votre nouvelle adresse e-mail',
      body: 'Merci de confirmer que cette adresse est la vôtre. Votre compte la reçoit quand l’ancienne a confirmé aussi. Si vous n’avez rien demandé, ignorez ce message.',
      action: 'Confirmer la nouvelle adresse',
    },
    'password-changed': {
      subject: 'Votre mot de passe a changé',
      body: 'Le mot de passe de votre compte a été changé et vos autres sessions ont été fermées.',
    },
    'email-changed': {
      subject: 'Votre adresse e-mail a changé',
      body: 'Vous vous connectez désormais avec {newEmail}. Toutes les sessions ont été fermées.',
    },
    'new-device': {
      subject: 'Connexion depuis un nouvel appareil',
      body: 'Quelqu’un s’est connecté à votre compte depuis un appareil que nous ne connaissions pas.',
    },
  },
};
