import { readFileSync } from 'node:fs';

/** `tell-slack TEXT [FILE]`: posts the text, and what the file says, to SLACK_WEBHOOK_URL; without one it posts nothing. */
const AT_MOST = 3_000;
const [text, file] = process.argv.slice(2);
const { SLACK_WEBHOOK_URL: hook } = process.env;

if (text === undefined) {
  console.error('Usage: tell-slack.mjs TEXT [FILE]');
  process.exitCode = 2;
} else if (!hook) {
  console.log('SLACK_WEBHOOK_URL is not set: nobody is told.');
} else {
  const more = file === undefined ? '' : `\n${readFileSync(file, 'utf8').slice(0, AT_MOST)}`;
  const answer = await fetch(hook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: `${text}${more}` }),
    signal: AbortSignal.timeout(10_000),
  });
  console.log(answer.ok ? 'Slack was told.' : `Slack answered ${answer.status}.`);
  process.exitCode = answer.ok ? 0 : 1;
}
