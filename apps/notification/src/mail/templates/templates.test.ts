import { describe, expect, it } from '@jest/globals';
import { appointmentTime } from './local-time';
import { oneLine } from './markup';
import { languageFor, render } from './templates';
import { type Filled } from './wording';

const job = {
  number: 'SO-7',
  title: 'Boiler <repair>',
  address: '1 Rue "A" & B, Lyon',
  timezone: 'Europe/Paris',
};
const time = { startsAt: '2026-11-23T08:15:00.000Z', endsAt: '2026-11-23T09:45:00.000Z' };

const filled: Filled[] = [
  { template: 'appointment-confirmed', data: { name: 'Ann', job, ...time } },
  { template: 'technician-assigned', data: { name: 'Ann', job, ...time, technicianName: 'Tom' } },
  {
    template: 'job-assigned',
    data: { name: 'Tom', job, ...time, customerName: 'Ann', kind: 'REPAIR', instructions: 'Ring\ntwice' },
  },
  {
    template: 'appointment-moved',
    data: {
      name: 'Ann',
      job,
      ...time,
      technicianName: 'Tom',
      before: { startsAt: '2026-11-22T08:00:00Z', endsAt: '2026-11-22T09:00:00Z' },
    },
  },
  { template: 'order-cancelled', data: { name: 'Ann', job, reason: 'sold the house' } },
];

const rendered = (it: Filled, language = 'en') => render(it.template, it.data, language);

describe('templates', () => {
  it.each(filled.map((it) => [it.template, it] as const))(
    '%s names order, title and place in both bodies',
    (_, it) => {
      const { subject, text, html } = rendered(it);
      expect(subject).toContain('SO-7');
      expect(text).toContain('Boiler <repair>');
      expect(text).toContain('1 Rue "A" & B, Lyon');
      expect(html).toContain('1 Rue &quot;A&quot; &amp; B, Lyon');
      expect(html).not.toContain('<repair>');
    },
  );

  it('tells the time in the job’s time zone', () => {
    expect(rendered(filled[0] as Filled).text).toContain('Monday, 23 November 2026, 09:15 – 10:45 (CET)');
  });

  it('tells a moved customer the new and the former time', () => {
    const { text } = rendered(filled[3] as Filled);
    expect(text).toContain('New time: Monday, 23 November 2026, 09:15');
    expect(text).toContain('Before: Sunday, 22 November 2026, 09:00');
  });

  it('keeps the lines of instructions', () => {
    expect(rendered(filled[2] as Filled).html).toContain('Ring<br>twice');
  });

  it('leaves out facts that are empty', () => {
    const data = { name: 'Tom', job, ...time, customerName: 'Ann', kind: 'REPAIR', instructions: ' ' };
    expect(render('job-assigned', data, 'en').text).not.toContain('Instructions');
  });

  it('falls back to English for a language without wording', () => {
    expect(rendered(filled[0] as Filled, 'fr')).toEqual(rendered(filled[0] as Filled));
    expect(languageFor('pl')).toBe('en');
    expect(languageFor('constructor')).toBe('en');
  });

  it('keeps control characters out of the subject and NUL out of the bodies', () => {
    const evil = { ...job, title: 'Hi\r\nBcc: all@example.org\u0000' };
    const { subject, text, html } = render(
      'order-cancelled',
      { name: 'A\u0000', job: evil, reason: 'x' },
      'en',
    );
    expect(subject).toBe('Your order was cancelled: Hi Bcc: all@example.org (SO-7)');
    expect(text + html).not.toContain('\u0000');
  });

  it('cuts an endless subject', () => {
    const { subject } = render(
      'order-cancelled',
      { name: 'A', job: { ...job, title: 'x'.repeat(999) }, reason: '' },
      'en',
    );
    expect(subject).toHaveLength(250);
  });
});

describe('appointmentTime', () => {
  it('names the zone in summer and winter', () => {
    const summer = { startsAt: '2026-07-01T08:00:00Z', endsAt: '2026-07-01T09:00:00Z' };
    expect(appointmentTime(summer, 'Europe/Paris', 'en')).toBe(
      'Wednesday, 1 July 2026, 10:00 – 11:00 (CEST)',
    );
  });

  it('names the second day of an appointment over midnight', () => {
    const late = { startsAt: '2026-11-23T22:00:00Z', endsAt: '2026-11-23T23:30:00Z' };
    expect(appointmentTime(late, 'Europe/Paris', 'en')).toContain('23:00 – Tuesday, 24 November 2026, 00:30');
  });

  it('falls back to UTC, and says so, for a zone nobody knows', () => {
    expect(appointmentTime(time, 'Mars/Olympus', 'en')).toContain('08:15 – 09:45 (UTC)');
  });
});

describe('oneLine', () => {
  it('joins lines and drops invisible characters', () => {
    expect(oneLine(' a\u202Eb\n\tc ')).toBe('a b c');
  });
});
