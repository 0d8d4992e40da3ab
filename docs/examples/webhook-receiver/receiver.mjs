/**
 * A webhook receiver in Node. It verifies each delivery, takes each one once, and answers quickly.
 *
 *   npm install standardwebhooks
 *   WEBHOOK_SECRET=whsec_… PORT=8080 node receiver.mjs
 */
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const LARGEST_BODY = 64 * 1024;
const REMEMBERED = 10_000;

const webhook = new Webhook(process.env.WEBHOOK_SECRET ?? '');

/** Ids of deliveries that were taken. Keep them in your database, in the transaction of what they cause. */
const taken = new Set();

/** What you do with an event. Put longer work into a queue: the sender waits 10 seconds at most. */
function handle(event) {
  console.log(JSON.stringify({ type: event.eventType, id: event.eventId, data: event.data }));
}

/** The body as it came: the signature is over these bytes, not over JSON written anew. */
async function rawBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new RangeError('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function verified(body, headers) {
  try {
    return webhook.verify(body, headers);
  } catch {
    return undefined;
  }
}

async function receive(request) {
  if (request.method !== 'POST') return 405;
  const event = verified(await rawBody(request), request.headers);
  if (event === undefined) return 401;
  const id = request.headers['webhook-id'];
  if (taken.has(id)) return 200;
  handle(event);
  taken.add(id);
  if (taken.size > REMEMBERED) taken.delete(taken.values().next().value);
  return 200;
}

const server = createServer((request, response) => {
  receive(request).then(
    (status) => response.writeHead(status).end(),
    (error) => response.writeHead(error instanceof RangeError ? 413 : 500).end(),
  );
});

server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? '127.0.0.1', () => {
  console.log(JSON.stringify({ listening: server.address().port }));
});
