import type { Message } from './layout';
import { layOut, type RenderedMail } from './layout';
import { SEALED } from './sealed';

export interface Invited {
  organizationName: string;
  inviterName: string;
  /** RFC 3339. */
  expiresAt: string;
}

type Language = 'en' | 'es' | 'fr' | 'it' | 'pl';

interface Words {
  subject: (it: Invited) => string;
  greeting: string;
  invites: (it: Invited) => string;
  once: string;
  until: string;
  accept: string;
  closing: string;
}

const WORDS: Record<Language, Words> = {
  en: {
    subject: (it) => `${it.inviterName} invites you to ${it.organizationName}`,
    greeting: 'Hello,',
    invites: (it) => `${it.inviterName} invites you to work in ${it.organizationName} on Orion.`,
    once: 'The link can be used once. If you did not expect this message, ignore it.',
    until: 'Valid until',
    accept: 'Accept the invitation',
    closing: 'This message was sent by Orion.',
  },
  es: {
    subject: (it) => `${it.inviterName} le invita a ${it.organizationName}`,
    greeting: 'Hola:',
    invites: (it) => `${it.inviterName} le invita a trabajar en ${it.organizationName} en Orion.`,
    once: 'El enlace solo se puede usar una vez. Si no esperaba este mensaje, ignórelo.',
    until: 'Válido hasta',
    accept: 'Aceptar la invitación',
    closing: 'Este mensaje fue enviado por Orion.',
  },
  fr: {
    subject: (it) => `${it.inviterName} vous invite à rejoindre ${it.organizationName}`,
    greeting: 'Bonjour,',
    invites: (it) => `${it.inviterName} vous invite à travailler dans ${it.organizationName} sur Orion.`,
    once: 'Le lien ne peut servir qu’une fois. Si vous n’attendiez pas ce message, ignorez-le.',
    until: 'Valable jusqu’au',
    accept: 'Accepter l’invitation',
    closing: 'Ce message a été envoyé par Orion.',
  },
  it: {
    subject: (it) => `${it.inviterName} ti invita in ${it.organizationName}`,
    greeting: 'Buongiorno,',
    invites: (it) => `${it.inviterName} ti invita a lavorare in ${it.organizationName} su Orion.`,
    once: 'Il link può essere usato una sola volta. Se non aspettavi questo messaggio, ignoralo.',
    until: 'Valido fino al',
    accept: 'Accetta l’invito',
    closing: 'Questo messaggio è stato inviato da Orion.',
  },
  pl: {
    subject: (it) => `${it.inviterName} zaprasza do ${it.organizationName}`,
    greeting: 'Dzień dobry,',
    invites: (it) => `${it.inviterName} zaprasza do pracy w ${it.organizationName} w systemie Orion.`,
    once: 'Linku można użyć tylko raz. Jeśli nie spodziewasz się tej wiadomości, zignoruj ją.',
    until: 'Ważne do',
    accept: 'Przyjmij zaproszenie',
    closing: 'Ta wiadomość została wysłana przez Orion.',
  },
};

const time = (at: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(at),
  );

/**
 * The mail of an invitation. The link carries a marker where the token belongs, behind the #, which no server gets to
 * see.
 * @param publicUrl where the web app is opened
 */
export function invitationMail(
  it: Invited,
  language: Language,
  publicUrl: string,
): RenderedMail & { language: Language } {
  const words = WORDS[language];
  const message: Message = {
    subject: words.subject(it),
    greeting: words.greeting,
    paragraphs: [words.invites(it), words.once],
    facts: [[words.until, `${time(it.expiresAt, language)} UTC`]],
    action: { label: words.accept, url: `${publicUrl.replace(/\/+$/, '')}/invitation#${SEALED}` },
    closing: words.closing,
  };
  return { ...layOut(message, language), language };
}
