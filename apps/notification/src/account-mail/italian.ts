import type { AccountWording } from './account-wording';

export const italian: AccountWording = {
  dear: (name) => `Ciao ${name},`,
  closing: 'Questo messaggio è stato inviato da Orion.',
  notYou: 'Se non eri tu, cambia subito la password: qualcuno conosce la tua.',
  facts: { device: 'Dispositivo', address: 'Indirizzo di rete', at: 'Quando' },
  mails: {
    'verify-email': {
      subject: 'Conferma il tuo indirizzo e-mail',
      body: 'Conferma che questo indirizzo è tuo. Il link funziona una volta, per due giorni. Se non hai creato un account, ignora questo messaggio.',
      action: 'Conferma l’indirizzo',
    },
    'reset-password': {
      subject: 'Scegli un’altra password',
      body: 'Qualcuno, speriamo tu, ha dimenticato la password del tuo account. Il link funziona una volta, per un’ora. Se non eri tu, ignora questo messaggio: la password resta com’è.',
      action: 'Scegli un’altra password',
    },
    'change-email-old': {
      subject: 'Autorizza un altro indirizzo e-mail',
      body: 'Il tuo account deve avere l’indirizzo {newEmail}. Cambia quando questo indirizzo e quello nuovo hanno confermato. Se non lo vuoi, non seguire il link e cambia la password.',
      action: 'Autorizza il cambio',
    },
    'change-email-new': {
      subject: 'Conferma il tuo nuovo indirizzo e-mail',
      body: 'Conferma che questo indirizzo è tuo. Il tuo account lo avrà quando anche il vecchio avrà confermato. Se non l’hai chiesto, ignora questo messaggio.',
      action: 'Conferma il nuovo indirizzo',
    },
    'password-changed': {
      subject: 'La tua password è cambiata',
      body: 'La password del tuo account è stata cambiata e le altre sessioni sono state chiuse.',
    },
    'email-changed': {
      subject: 'Il tuo indirizzo e-mail è cambiato',
      body: 'D’ora in poi accedi con {newEmail}. Tutte le sessioni sono state chiuse.',
    },
    'new-device': {
      subject: 'Accesso da un nuovo dispositivo',
      body: 'Qualcuno è entrato nel tuo account da un dispositivo che non conoscevamo.',
    },
  },
};
