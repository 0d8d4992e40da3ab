import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import Provider from 'oidc-provider';
import { nameServer } from './name-server.mjs';

/**
 * An OpenID Connect provider for tests and demonstrations, with the name server of its people's domain on the same port:
 * whoever types an e-mail address is that person, with any password. Settings come as JSON in PROVIDER_SETTINGS:
 * `{ port, client: { clientId, clientSecret, redirectUri } }`; it tells its issuer on standard output.
 * `PUT /records` with `{ name, texts }` says what the name server answers.
 */
const { port = 0, client } = JSON.parse(process.env.PROVIDER_SETTINGS ?? '{}');

const nameOf = (email) =>
  email
    .split('@')[0]
    .split(/[._-]/)
    .map((it) => it.charAt(0).toUpperCase() + it.slice(1))
    .join(' ');

const server = createServer();
server.listen(port, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://localhost:${server.address().port}`;
const texts = new Map();
const names = nameServer(server.address().port, texts);

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: client.clientId,
      client_secret: client.clientSecret,
      redirect_uris: [client.redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  pkce: { required: () => true },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, email_verified: true, name: nameOf(id) }),
  }),
  cookies: { keys: ['of a provider that holds nothing'] },
  ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
});
const pages = provider.callback();

server.on('request', async (request, response) => {
  if (request.method !== 'PUT' || request.url !== '/records') return pages(request, response);
  const record = JSON.parse(await text(request));
  texts.set(record.name, record.texts);
  response.writeHead(204).end();
});

process.once('SIGTERM', () => {
  names.close();
  server.close(() => process.exit());
  server.closeAllConnections();
});
process.stdout.write(`${issuer}\n`);
