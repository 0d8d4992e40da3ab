import {
  assignmentCreated,
  bookingConfirmed,
  bookingMoved,
  type EventContract,
  type EventData,
  serviceOrderCancelled,
} from '@orion/contracts';
import type { Filled } from './templates/wording';

export interface Recipient {
  id: string;
  name: string;
  email: string | null;
  language: string;
}

/** A message that somebody who can be reached is to get. */
export type Mail = Filled & { to: Recipient & { email: string }; serviceOrderId: string };

type Draft = Filled & { to: Recipient; serviceOrderId: string };

/** Events that are told to people by e-mail. */
export const MAIL_EVENTS: readonly EventContract[] = [
  bookingConfirmed,
  bookingMoved,
  assignmentCreated,
  serviceOrderCancelled,
];

const confirmed = ({ job, customer, startsAt, endsAt }: EventData<typeof bookingConfirmed>): Draft[] => [
  {
    template: 'appointment-confirmed',
    data: { name: customer.name, job, startsAt, endsAt },
    to: customer,
    serviceOrderId: job.serviceOrderId,
  },
];

const sameTime = (a: string, b: string): boolean => Date.parse(a) === Date.parse(b);

function moved({
  from,
  startsAt,
  endsAt,
  job,
  customer,
  technicianName,
}: EventData<typeof bookingMoved>): Draft[] {
  if (sameTime(from.startsAt, startsAt) && sameTime(from.endsAt, endsAt)) return [];
  return [
    {
      template: 'appointment-moved',
      data: { name: customer.name, job, startsAt, endsAt, technicianName, before: from },
      to: customer,
      serviceOrderId: job.serviceOrderId,
    },
  ];
}

function assigned(it: EventData<typeof assignmentCreated>): Draft[] {
  const { job, customer, technician, startsAt, endsAt } = it;
  const time = { job, startsAt, endsAt };
  return [
    {
      template: 'technician-assigned',
      data: { ...time, name: customer.name, technicianName: technician.name },
      to: customer,
      serviceOrderId: job.serviceOrderId,
    },
    {
      template: 'job-assigned',
      data: {
        ...time,
        name: technician.name,
        customerName: customer.name,
        kind: job.kind,
        instructions: it.instructions,
      },
      to: technician,
      serviceOrderId: job.serviceOrderId,
    },
  ];
}

const cancelled = ({ job, customer, reason }: EventData<typeof serviceOrderCancelled>): Draft[] => [
  {
    template: 'order-cancelled',
    data: { name: customer.name, job, reason },
    to: customer,
    serviceOrderId: job.serviceOrderId,
  },
];

/** One event of `MAIL_EVENTS` with its data as validated against the contract. */
export interface Fact {
  type: string;
  data: unknown;
}

function drafts({ type, data }: Fact): Draft[] {
  switch (type) {
    case bookingConfirmed.type:
      return confirmed(data as EventData<typeof bookingConfirmed>);
    case bookingMoved.type:
      return moved(data as EventData<typeof bookingMoved>);
    case assignmentCreated.type:
      return assigned(data as EventData<typeof assignmentCreated>);
    case serviceOrderCancelled.type:
      return cancelled(data as EventData<typeof serviceOrderCancelled>);
    default:
      return [];
  }
}

/** A message about an appointment that has ended tells nobody anything. */
const timely = (draft: Draft, now: Date): boolean =>
  !('endsAt' in draft.data) || Date.parse(draft.data.endsAt) > now.getTime();

const reachable = (draft: Draft): draft is Mail => draft.to.email !== null && draft.to.email.trim() !== '';

/** Who is to be told what by e-mail because of an event that is handled at `now`. */
export const mailsOfEvent = (fact: Fact, now: Date): Mail[] =>
  drafts(fact)
    .filter((draft) => timely(draft, now))
    .filter(reachable);
