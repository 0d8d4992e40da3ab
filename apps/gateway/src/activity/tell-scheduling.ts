import {
  assignmentCreated,
  bookingCancelled,
  bookingConfirmed,
  bookingExpired,
  bookingHeld,
  bookingMoved,
  customerCreated,
  serviceOrderCancelled,
  serviceOrderCreated,
  serviceOrderDelivered,
  serviceOrderMoved,
  technicianCreated,
} from '@orion/contracts';
import { jobTime } from './job-time';
import { teller } from './teller';

const words = (state: string): string => state.toLowerCase().replaceAll('_', ' ');
const because = (reason: string): string => (reason ? `: ${reason}` : '');

interface Appointment {
  technicianName: string;
  startsAt: string;
  job: { timezone: string };
}
const withAt = (it: Appointment): string => `${it.technicianName}, ${jobTime(it.startsAt, it.job.timezone)}`;

export const SCHEDULING_TELLERS = [
  teller(customerCreated, (it) => `Customer ${it.name} added`),
  teller(technicianCreated, (it) => `Technician ${it.name} joined a work team`),
  teller(serviceOrderCreated, (it) => `Order ${it.number} came in from ${it.customerName}: ${it.title}`),
  teller(
    serviceOrderMoved,
    (it) => `Order ${it.number} went from ${words(it.from)} to ${words(it.to)}${because(it.reason)}`,
  ),
  teller(serviceOrderCancelled, (it) => `Order ${it.number} cancelled${because(it.reason)}`),
  teller(serviceOrderDelivered, (it) => `Order ${it.number} delivered`),
  teller(bookingHeld, (it) => `Slot held for order ${it.job.number}: ${withAt(it)}`),
  teller(bookingConfirmed, (it) => `Order ${it.job.number} confirmed with ${withAt(it)}`),
  teller(bookingMoved, (it) => `Order ${it.job.number} moved to ${withAt(it)}`),
  teller(bookingExpired, (it) => `Hold for ${jobTime(it.startsAt)} expired`),
  teller(bookingCancelled, (it) => `Booking for ${jobTime(it.startsAt)} released${because(it.reason)}`),
  teller(
    assignmentCreated,
    (it) =>
      `Order ${it.job.number} assigned to ${it.technician.name}, ${jobTime(it.startsAt, it.job.timezone)}`,
  ),
];
