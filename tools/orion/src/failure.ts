/** Something the person at the keyboard can put right: one plain sentence that names the way out. */
export class PlainFailure extends Error {
  override readonly name = 'PlainFailure';
}

/** Work that was given up because somebody asked for the end; no fault of its own. */
export class Interrupted extends PlainFailure {
  constructor() {
    super('Orion was told to end.');
  }
}

const SENTENCES: Record<string, string> = {
  ENOSPC: 'The disk is full: free some space (npm run reset deletes this checkout’s data), then start again.',
  EDQUOT: 'The disk quota is used up: free some space, then start again.',
  EROFS:
    'The checkout lies on a read-only disk: move it, or set ORION_STATE to a folder that can be written.',
  EMFILE: 'Too many files are open: raise the limit (ulimit -n 4096), then start again.',
};

/** The sentence to print for an error; errors that nobody foresaw keep their stack. */
export function sentenceOf(error: unknown): string {
  if (error instanceof PlainFailure) return error.message;
  const code = (error as { code?: unknown } | null)?.code;
  const known = typeof code === 'string' ? SENTENCES[code] : undefined;
  if (known) return known;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
