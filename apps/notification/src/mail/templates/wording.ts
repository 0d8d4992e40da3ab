import { type Message } from './layout';

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
