import { escapeHtml, oneLine, storable } from './markup';

/** What a template says; the layout turns it into plain text and HTML. */
export interface Message {
  subject: string;
  greeting: string;
  paragraphs: readonly string[];
  /** A link the reader is asked to follow. */
  action?: { label: string; url: string };
  /** Label and value; an empty value leaves the line out. */
  facts: readonly (readonly [label: string, value: string])[];
  closing: string;
}

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

const shown = (facts: Message['facts']) => facts.filter(([, value]) => value.trim() !== '');

const asText = (it: Message): string =>
  [
    it.greeting,
    ...it.paragraphs,
    it.action ? `${it.action.label}:\n${it.action.url}` : '',
    shown(it.facts)
      .map(([label, value]) => `${label}: ${value}`)
      .join('\n'),
    it.closing,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');

const lines = (text: string): string => escapeHtml(text).replace(/\r?\n/g, '<br>');

const link = (action: Message['action']): string => {
  if (!action) return '';
  const url = escapeHtml(action.url);
  return `<p><a href="${url}">${escapeHtml(action.label)}</a></p>\n<p>${url}</p>\n`;
};

const asHtml = (it: Message, language: string): string => `<!doctype html>
<html lang="${escapeHtml(language)}">
<head><meta charset="utf-8"><title>${escapeHtml(it.subject)}</title></head>
<body style="font-family:system-ui,sans-serif;color:#1f2933;max-width:36rem;margin:0 auto;padding:1.5rem">
<p>${lines(it.greeting)}</p>
${it.paragraphs.map((paragraph) => `<p>${lines(paragraph)}</p>`).join('\n')}
${link(it.action)}<table role="presentation" style="border-collapse:collapse">
${shown(it.facts)
  .map(
    ([label, value]) =>
      `<tr><th align="left" valign="top" style="padding:.25rem 1rem .25rem 0;font-weight:600">${lines(label)}</th>` +
      `<td style="padding:.25rem 0">${lines(value)}</td></tr>`,
  )
  .join('\n')}
</table>
<p>${lines(it.closing)}</p>
</body>
</html>
`;

/** Plain text and HTML of one message; everything that came from data is escaped in the HTML. */
export const layOut = (message: Message, language: string): RenderedMail => {
  const safe = { ...message, subject: oneLine(message.subject).slice(0, 250) };
  return { subject: safe.subject, text: storable(asText(safe)), html: storable(asHtml(safe, language)) };
};
