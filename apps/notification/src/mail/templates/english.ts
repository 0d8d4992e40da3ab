import { appointmentTime } from './local-time';
import type { Wording } from './wording';

const KINDS: Record<string, string> = {
  INSTALLATION: 'Installation',
  MAINTENANCE: 'Maintenance',
  REPAIR: 'Repair',
  TECHNICAL_VISIT: 'Technical visit',
  DELIVERY: 'Delivery',
};

const dear = (name: string): string => `Dear ${name},`;
const closing = 'This message was sent by Orion.';

export const english: Wording = {
  'appointment-confirmed': (it) => ({
    subject: `Your appointment is confirmed: ${it.job.title} (${it.job.number})`,
    greeting: dear(it.name),
    paragraphs: ['your appointment is confirmed.'],
    facts: [
      ['When', appointmentTime(it, it.job.timezone, 'en')],
      ['Where', it.job.address],
      ['What', it.job.title],
      ['Order', it.job.number],
    ],
    closing,
  }),
  'technician-assigned': (it) => ({
    subject: `${it.technicianName} will come to you: ${it.job.title} (${it.job.number})`,
    greeting: dear(it.name),
    paragraphs: [`${it.technicianName} will do the job for you.`],
    facts: [
      ['Technician', it.technicianName],
      ['When', appointmentTime(it, it.job.timezone, 'en')],
      ['Where', it.job.address],
      ['What', it.job.title],
      ['Order', it.job.number],
    ],
    closing,
  }),
  'job-assigned': (it) => ({
    subject: `New job: ${it.job.title} (${it.job.number})`,
    greeting: dear(it.name),
    paragraphs: ['a job was assigned to you.'],
    facts: [
      ['When', appointmentTime(it, it.job.timezone, 'en')],
      ['Where', it.job.address],
      ['Customer', it.customerName],
      ['Kind', KINDS[it.kind] ?? it.kind],
      ['What', it.job.title],
      ['Order', it.job.number],
      ['Instructions', it.instructions],
    ],
    closing,
  }),
  'appointment-moved': (it) => ({
    subject: `Your appointment has a new time: ${it.job.title} (${it.job.number})`,
    greeting: dear(it.name),
    paragraphs: ['your appointment was moved.'],
    facts: [
      ['New time', appointmentTime(it, it.job.timezone, 'en')],
      ['Before', appointmentTime(it.before, it.job.timezone, 'en')],
      ['Technician', it.technicianName],
      ['Where', it.job.address],
      ['What', it.job.title],
      ['Order', it.job.number],
    ],
    closing,
  }),
  'order-cancelled': (it) => ({
    subject: `Your order was cancelled: ${it.job.title} (${it.job.number})`,
    greeting: dear(it.name),
    paragraphs: ['your order was cancelled; nobody will come for it.'],
    facts: [
      ['What', it.job.title],
      ['Where', it.job.address],
      ['Reason', it.reason],
      ['Order', it.job.number],
    ],
    closing,
  }),
};
