export const PIECES = ['postgres', 'rabbitmq', 'redis'] as const;
export type Piece = (typeof PIECES)[number];

/** Where a piece of infrastructure comes from, in the order in which it is looked for. */
export type Source = 'environment' | 'programs' | 'containers' | 'install' | 'nowhere';

/** What a person may insist on: programs, installed where they are missing, or containers; nothing else then. */
export type Insistence = 'programs' | 'containers';

export interface Facts {
  /** Pieces whose address is given in the environment. */
  given: ReadonlySet<Piece>;
  /** Pieces whose programs lie on this machine. */
  programs: ReadonlySet<Piece>;
  /** Whether a container engine answers. */
  containers: boolean;
  /** Whether packages of the system can be installed without asking anybody. */
  installable: boolean;
  insistence?: Insistence;
}

export const NAMES: Record<Piece, string> = { postgres: 'PostgreSQL', rabbitmq: 'RabbitMQ', redis: 'Redis' };

export const ADDRESS_KEYS: Record<Piece, string> = {
  postgres: 'ORION_POSTGRES_URL',
  rabbitmq: 'ORION_RABBITMQ_URL',
  redis: 'ORION_REDIS_URL',
};

function sourceOf(piece: Piece, facts: Facts): Source {
  const { given, programs, containers, installable, insistence } = facts;
  if (given.has(piece)) return 'environment';
  if (programs.has(piece) && insistence !== 'containers') return 'programs';
  if (containers && insistence !== 'programs') return 'containers';
  return installable && insistence !== 'containers' ? 'install' : 'nowhere';
}

/** Each piece for itself: only what is missing falls through to the next source. */
export function choose(facts: Facts): Record<Piece, Source> {
  return Object.fromEntries(PIECES.map((piece) => [piece, sourceOf(piece, facts)])) as Record<Piece, Source>;
}

export const piecesFrom = (choice: Record<Piece, Source>, source: Source): Piece[] =>
  PIECES.filter((piece) => choice[piece] === source);

/** Names joined as in a sentence: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

const PACKAGES: Record<Piece, string> = {
  postgres: 'postgresql',
  rabbitmq: 'rabbitmq-server',
  redis: 'redis-server',
};

export const packagesOf = (pieces: readonly Piece[]): string[] => pieces.map((piece) => PACKAGES[piece]);

/** The one sentence for pieces that cannot be had. */
export function nowhereToBeFound(pieces: readonly Piece[], debian: boolean): string {
  const names = listed(pieces.map((piece) => NAMES[piece]));
  const keys = listed(pieces.map((piece) => ADDRESS_KEYS[piece]));
  const command = debian
    ? `sudo apt-get install ${packagesOf(pieces).join(' ')}`
    : `your system’s package manager (Homebrew: brew install ${brewNames(pieces)})`;
  return `${names} not found: install with ${command}, or start Docker, or give ${keys}; then start again.`;
}

/** The one sentence for a person who insists on containers where none can be had. */
export const noEngine = (key: string, withCompose: boolean): string =>
  `${key} asks for containers, but no container engine${withCompose ? ' with compose' : ''} answers: start Docker${
    withCompose ? ' and see that docker compose version works' : ''
  }, or unset ${key}.`;

const brewNames = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) => ({ postgres: 'postgresql@16', rabbitmq: 'rabbitmq', redis: 'redis' })[piece])
    .join(' ');
