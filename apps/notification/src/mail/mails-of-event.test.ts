import { describe, expect, it } from '@jest/globals';
import { assignmentCreated, bookingConfirmed, bookingMoved, serviceOrderCancelled } from '@orion/contracts';
import { MAIL_EVENTS, mailsOfEvent } from './mails-of-event';

const NOW = new Date('2026-11-21T10:00:00Z');
const job = {
  serviceOrderId: '019ab000-0000-7000-8000-000000000001',
  number: 'SO-1',
  kind: 'REPAIR',
  title: 'Boiler',
  address: 'Lyon',
  timezone: 'Europe/Paris',
};
const customer = { id: 'c', name: 'Ann', email: 'ann@example.org', language: 'fr' };
const technician = { id: 't', name: 'Tom', email: 'tom@example.org', language: 'en' };
const time = { startsAt: '2026-11-23T08:00:00Z', endsAt: '2026-11-23T09:00:00Z' };
const booking = { bookingId: 'b', technicianId: 't', technicianName: 'Tom', ...time, job, customer };

const told = (type: string, data: unknown, now = NOW) =>
  mailsOfEvent({ type, data }, now).map((it) => [it.template, it.to.id]);

describe('mailsOfEvent', () => {
  it('tells the customer of a confirmed booking', () => {
    expect(told(bookingConfirmed.type, booking)).toEqual([['appointment-confirmed', 'c']]);
  });

  it('tells customer and technician of an assignment', () => {
    const data = { ...time, job, customer, technician, instructions: 'Ring twice' };
    expect(told(assignmentCreated.type, data)).toEqual([
      ['technician-assigned', 'c'],
      ['job-assigned', 't'],
    ]);
    const [, toTechnician] = mailsOfEvent({ type: assignmentCreated.type, data }, NOW);
    expect(toTechnician?.data).toMatchObject({
      instructions: 'Ring twice',
      customerName: 'Ann',
      kind: 'REPAIR',
    });
  });

  it('tells the customer of a cancelled order', () => {
    expect(told(serviceOrderCancelled.type, { job, customer, reason: 'x' })).toEqual([
      ['order-cancelled', 'c'],
    ]);
  });

  it('tells the customer of a moved booking only where the time changed', () => {
    const to = (startsAt: string, endsAt: string) => ({
      ...booking,
      from: { technicianId: 'u', startsAt, endsAt },
    });
    expect(told(bookingMoved.type, to('2026-11-23T09:00:00+01:00', time.endsAt))).toEqual([]);
    expect(told(bookingMoved.type, to('2026-11-23T07:00:00Z', time.endsAt))).toEqual([
      ['appointment-moved', 'c'],
    ]);
    expect(told(bookingMoved.type, to(time.startsAt, '2026-11-23T10:00:00Z'))).toEqual([
      ['appointment-moved', 'c'],
    ]);
  });

  it('leaves out people without an e-mail address', () => {
    const data = { ...time, job, customer: { ...customer, email: null }, technician, instructions: '' };
    expect(told(assignmentCreated.type, data)).toEqual([['job-assigned', 't']]);
    expect(told(bookingConfirmed.type, { ...booking, customer: { ...customer, email: ' ' } })).toEqual([]);
  });

  it('says nothing of an appointment that has ended', () => {
    expect(told(bookingConfirmed.type, booking, new Date('2026-11-23T08:59:00Z'))).toHaveLength(1);
    expect(told(bookingConfirmed.type, booking, new Date('2026-11-23T09:00:00Z'))).toEqual([]);
  });

  it('knows no other event', () => {
    expect(told('orion.user.organization.created.v1', {})).toEqual([]);
    expect(MAIL_EVENTS).toHaveLength(4);
  });
});
