export type Subject =
  'endpoint' | 'event' | 'question' | 'error code' | 'permission' | 'role' | 'shared schema';

/** One difference between two catalogues. */
export interface Change {
  subject: Subject;
  /** Whether somebody built on the older contracts would notice. */
  breaking: boolean;
  /** What is changed: ids, types, codes; several where one named schema stands in several entries. */
  entries: string[];
  /** What happened to it, to follow "the entry: ". */
  text: string;
  /** Constants of `@orion/contracts` whose users are concerned. */
  exports: string[];
  /** The services that implement, publish or answer it. */
  services: string[];
  /** The name under which webhook subscribers get it. */
  webhooks: string[];
}

/** What a comparison of one entry finds, before it is known whom it concerns. */
export interface Finding {
  breaking: boolean;
  text: string;
  /** Findings of several entries with one key are one change, told by this text. */
  alike?: { key: string; text: string };
}

/** A change of one entry, not yet put together with those of others. */
export type Single = Change & Pick<Finding, 'alike'>;

export const breaking = (text: string): Finding => ({ breaking: true, text });
export const additive = (text: string): Finding => ({ breaking: false, text });
