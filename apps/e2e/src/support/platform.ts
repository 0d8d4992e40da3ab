const address = (name: string, otherwise: string): URL => new URL(process.env[name] ?? otherwise);

/** Where the gateway of the running platform is. */
export const platformUrl: string = address('ORION_URL', 'http://localhost:3000').origin;

/** The identity provider beside the platform; what an organization sets to sign its people in by it. */
export function provider(): { issuer: string; clientId: string; clientSecret: string } {
  const settings = process.env['ORION_PROVIDER'];
  if (settings === undefined)
    throw new Error('no identity provider runs beside the platform: npm start -- --sso');
  return JSON.parse(settings) as ReturnType<typeof provider>;
}

/** The mail sink's pages: by default six ports above the gateway, where the launcher starts it. */
export function mailUrl(): string {
  const beside = new URL(platformUrl);
  beside.port = String(Number(beside.port || '80') + 6);
  return address('ORION_MAIL_URL', beside.href).origin;
}
