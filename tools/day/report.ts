import { type Unserved } from './dispatch';

export interface Report {
  run: string;
  instance: string;
  day: string;
  received: number;
  booked: number;
  assigned: number;
  unserved: Unserved[];
  travelKm: number;
  mails: number;
  webhooks: number;
  events: number;
  elapsedSeconds: number;
  audit: { check: string; passed: boolean; detail: string }[];
}

const line = (name: string, value: string | number): string => `  ${name.padEnd(12)} ${value}`;

export function inWords(report: Report): string {
  return [
    `Day ${report.run} of ${report.instance}, ${report.day}`,
    line('received', report.received),
    line('booked', report.booked),
    line('assigned', report.assigned),
    line('unserved', report.unserved.length),
    ...report.unserved.map((it) => `    ${it.number} (request ${it.request}): ${it.reason}`),
    line('travel', `${report.travelKm.toFixed(1)} km`),
    line('mails', report.mails),
    line('webhooks', report.webhooks),
    line('events', report.events),
    line('elapsed', `${report.elapsedSeconds.toFixed(1)} s`),
    'Audit',
    ...report.audit.map((it) => `  ${it.passed ? 'ok  ' : 'FAIL'} ${it.check}: ${it.detail}`),
  ].join('\n');
}
