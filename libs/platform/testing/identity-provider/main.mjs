import { createServer } from 'node:http';
import Provider from 'oidc-provider';

/**
 * An OpenID Connect provider for tests and demonstrations: whoever types an e-mail address is that person, with any
 * password. Settings come as JSON in PROVIDER_SETTINGS: `{ port, clients: [{ clientId, clientSecret, redirectUri }] }`;
 * it tells its issuer on standard output.
 */
const { port = 0, clients } = JSON.parse(process.env.PROVIDER_SETTINGS ?? '{}');

const nameOf = (email) =>
  email
    .split('@')[0]
    .split(/[._-]/)
    .map((it) => it.charAt(0).toUpperCase() + it.slice(1))
    .join(' ');

const server = createServer();
server.listen(port, '127.0.0.1', () => {
  const issuer = `http://localhost:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: clients.map(({ clientId, clientSecret, redirectUri }) => ({
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    })),
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: id, email_verified: true, name: nameOf(id) }),
    }),
    cookies: { keys: ['of a provider that holds nothing'] },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
  server.on('request', provider.callback());
  process.stdout.write(`${issuer}\n`);
});

process.once('SIGTERM', () => server.close(() => process.exit()).closeAllConnections());
