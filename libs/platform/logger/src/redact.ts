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

const isPlain = (value: object): value is Record<string, unknown> => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const MOST_KEYS = 1_000;
const judged = new Map<string, boolean>();

/** Keys are few and come with every entry, so each is looked at once. */
function isSecret(key: string): boolean {
  const known = judged.get(key);
  if (known !== undefined) return known;
  const secret = SECRET.has(key.toLowerCase().replace(/[-_]/g, ''));
  if (judged.size < MOST_KEYS) judged.set(key, secret);
  return secret;
}

/** A copy without the values of keys that name secrets, at any depth; class instances are left as they are. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (!isPlain(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = isSecret(key) ? REDACTED : redact(value[key], depth + 1);
  return copy;
}
