const MAX = 48;
const FALLBACK = 'organization';

/** Short name for addresses: small ASCII letters, digits and single dashes, at most 48 characters, never empty. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX)
    .replace(/^-+|-+$/g, '');
  return slug || FALLBACK;
}

/** What to call the organization after `id` if its first choice is taken; ids end in random digits. */
export const slugWithId = (slug: string, id: string): string =>
  `${slug}-${id.replaceAll('-', '').slice(-10)}`;
