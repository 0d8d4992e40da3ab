import { english } from './english';
import { layOut, type Message, type RenderedMail } from './layout';
import type { TemplateLanguage } from './local-time';

interface Job {
  number: string;
  title: string;
  address: string;
  timezone: string;
}

interface Appointment {
  name: string;
  job: Job;
  startsAt: string;
  endsAt: string;
}

/** What each template needs to know. */
export interface Templates {
  'appointment-confirmed': Appointment;
  'technician-assigned': Appointment & { technicianName: string };
  'job-assigned': Appointment & { customerName: string; kind: string; instructions: string };
  'appointment-moved': Appointment & { technicianName: string; before: { startsAt: string; endsAt: string } };
  'order-cancelled': { name: string; job: Job; reason: string };
}

export type TemplateName = keyof Templates;

/** A template together with its data. */
export type Filled = { [Name in TemplateName]: { template: Name; data: Templates[Name] } }[TemplateName];

export type Wording = { [Name in TemplateName]: (data: Templates[Name]) => Message };

const WORDINGS: Record<TemplateLanguage, Wording> = { en: english };

/** The language a message is written in for somebody who prefers `language`. */
export const languageFor = (language: string): TemplateLanguage =>
  Object.hasOwn(WORDINGS, language) ? (language as TemplateLanguage) : 'en';

/** Subject, plain text and HTML of a message in the recipient's language, or English where it has no wording yet. */
export function render<Name extends TemplateName>(
  template: Name,
  data: Templates[Name],
  language: string,
): RenderedMail & { language: TemplateLanguage } {
  const used = languageFor(language);
  const wording: Wording[Name] = WORDINGS[used][template];
  return { ...layOut(wording(data), used), language: used };
}
