export interface IdWindow {
  /** Every id of the window is greater. */
  after: string;
  /** No id of the window is greater. */
  upTo: string;
}

const edge = (at: Date, rest: '0' | 'f'): string => {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0') + rest.repeat(20);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** UUIDv7 begin with the millisecond they were made in, so a time is a range of ids. */
export const idWindow = (since: Date, until: Date): IdWindow => ({
  after: edge(since, '0'),
  upTo: edge(until, 'f'),
});
