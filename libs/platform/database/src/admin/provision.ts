import type { Client } from 'pg';
import { identifier, literal, urlFor, withAdvisoryLock, withClient } from './statements';

export interface ServicePasswords {
  owner: string;
  app: string;
  worker: string;
  audit: string;
}

export interface ProvisionOptions {
  passwords: ServicePasswords;
  /** Leads the names of login roles; tests use their own, so that they never touch a running installation's. */
  prefix?: string;
  /** `<prefix>_<service>` unless given. */
  database?: string;
}

export interface ServiceUrls {
  database: string;
  /** Application role, under row-level security. */
  url: string;
  workerUrl: string;
  /** Owns the tables; runs migrations only. */
  ownerUrl: string;
  /** Reads everything, changes nothing. */
  auditUrl: string;
}

interface Login {
  name: string;
  password: string;
  group?: string;
  options?: string;
}

const GROUPS = ['orion_app', 'orion_worker', 'orion_audit'];

const loginsOf = (service: string, prefix: string, passwords: ServicePasswords) => {
  const name = `${prefix}_${service}`;
  const audit = `${prefix}_audit`;
  return {
    owner: { name: `${name}_owner`, password: passwords.owner },
    app: { name, password: passwords.app, group: 'orion_app' },
    worker: { name: `${name}_worker`, password: passwords.worker, group: 'orion_worker' },
    audit: {
      name: audit,
      password: passwords.audit,
      options: 'BYPASSRLS',
      ...(audit === 'orion_audit' ? {} : { group: 'orion_audit' }),
    },
  } satisfies Record<string, Login>;
};

/** Addresses of a service's database under each of its roles; nothing is contacted. */
export function serviceUrls(adminUrl: string, service: string, options: ProvisionOptions): ServiceUrls {
  const prefix = options.prefix ?? 'orion';
  const database = options.database ?? `${prefix}_${service}`;
  const { owner, app, worker, audit } = loginsOf(service, prefix, options.passwords);
  const at = (login: Login) => urlFor(adminUrl, database, login.name, login.password);
  return { database, url: at(app), workerUrl: at(worker), ownerUrl: at(owner), auditUrl: at(audit) };
}

async function roleNames(client: Client): Promise<Set<string>> {
  const { rows } = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles');
  return new Set(rows.map((it) => it.rolname));
}

async function ensureRoles(client: Client, logins: Login[]): Promise<void> {
  const present = await roleNames(client);
  for (const group of GROUPS) {
    if (!present.has(group)) await client.query(`CREATE ROLE ${identifier(group)} NOLOGIN`);
  }
  for (const { name, password, group, options = '' } of logins) {
    const verb = present.has(name) || GROUPS.includes(name) ? 'ALTER' : 'CREATE';
    await client.query(
      `${verb} ROLE ${identifier(name)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE ${options} PASSWORD ${literal(password)}`,
    );
    if (group !== undefined) await client.query(`GRANT ${identifier(group)} TO ${identifier(name)}`);
  }
}

/** Only the service's own roles and the audit may connect. */
export async function grantConnect(client: Client, database: string, logins: Login[]): Promise<void> {
  await client.query(`REVOKE ALL ON DATABASE ${identifier(database)} FROM PUBLIC`);
  const names = logins.map((it) => identifier(it.name)).join(', ');
  await client.query(`GRANT CONNECT ON DATABASE ${identifier(database)} TO ${names}`);
}

/**
 * Creates the roles and the empty database of a service, or brings what exists to the same state. Safe to run
 * at the same time from several processes. `adminUrl` must log in as a superuser.
 */
export async function provisionService(
  adminUrl: string,
  service: string,
  options: ProvisionOptions,
): Promise<ServiceUrls> {
  const urls = serviceUrls(adminUrl, service, options);
  const logins = Object.values<Login>(loginsOf(service, options.prefix ?? 'orion', options.passwords));
  await withClient(adminUrl, (client) =>
    withAdvisoryLock(client, 'orion:provision', async () => {
      await ensureRoles(client, logins);
      const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [urls.database]);
      if (rowCount === 0) {
        const owner = identifier(logins[0]?.name ?? '');
        await client.query(
          `CREATE DATABASE ${identifier(urls.database)} OWNER ${owner} TEMPLATE template0 ENCODING 'UTF8'`,
        );
      }
      await grantConnect(client, urls.database, logins);
    }),
  );
  return urls;
}

/**
 * Makes `options.database` a copy of the database `template` (whose sessions must all have ended), open to
 * the service's roles.
 */
export async function cloneTemplate(
  adminUrl: string,
  service: string,
  template: string,
  options: ProvisionOptions & { database: string },
): Promise<ServiceUrls> {
  const logins = Object.values<Login>(loginsOf(service, options.prefix ?? 'orion', options.passwords));
  await withClient(adminUrl, async (client) => {
    const [to, from, owner] = [options.database, template, logins[0]?.name ?? ''].map(identifier);
    await client.query(`CREATE DATABASE ${to} OWNER ${owner} TEMPLATE ${from}`);
    await grantConnect(client, options.database, logins);
  });
  return serviceUrls(adminUrl, service, options);
}

/** Ends the database's sessions and removes it; no error where it is gone already. */
export async function dropDatabase(adminUrl: string, database: string): Promise<void> {
  await withClient(adminUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${identifier(database)} WITH (FORCE)`),
  );
}
