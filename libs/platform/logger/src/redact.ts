const SECRET = new Set([
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'password',
  'newpassword',
  'currentpassword',
  'passwordhash',
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'secret',
  'clientsecret',
  'signingsecret',
  'webhooksecret',
  'apikey',
  'xapikey',
  'privatekey',
  'encryptionkey',
  'orionencryptionkey',
  'otp',
  'secretid',
  'vaulttoken',
  'xvaulttoken',
]);

const REDACTED = '[redacted]';
const DEEPEST = 8;

const isPlain = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const isSecret = (key: string): boolean => SECRET.has(key.toLowerCase().replace(/[-_]/g, ''));

/** A copy without the values of keys that name secrets, at any depth; class instances are left as they are. */
export function redact(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isSecret(key) ? REDACTED : redact(item, depth + 1)]),
  );
}
