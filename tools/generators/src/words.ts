import { names } from '@nx/devkit';
import * as ts from 'typescript';

/** One name in every way it is written. */
export interface Words {
  /** `spare-part`: files, folders, paths, permissions */
  kebab: string;
  /** `sparePart`: variables, models of the client */
  camel: string;
  /** `SparePart`: classes, models of the schema */
  pascal: string;
  /** `spare_part`: tables */
  snake: string;
  /** `spare part` */
  text: string;
}

const KEBAB = /^[a-z]+(-[a-z]+)*$/;

/** Whether a name holds small letters, joined by single dashes, and nothing else. */
export const isKebab = (name: string): boolean => KEBAB.test(name) && name.length <= 40;

/** What TypeScript keeps to itself, such as `import` and `package`. */
const RESERVED: ReadonlySet<string | undefined> = new Set(
  Array.from(
    { length: ts.SyntaxKind.LastFutureReservedWord - ts.SyntaxKind.FirstReservedWord + 1 },
    (_, at) => ts.tokenToString(ts.SyntaxKind.FirstReservedWord + at),
  ),
);

/** Whether nothing of the code can be named so: a variable would carry a word of the language. */
export const isReserved = (name: string): boolean => RESERVED.has(name);

export function wordsOf(kebab: string): Words {
  const { className, propertyName } = names(kebab);
  return {
    kebab,
    camel: propertyName,
    pascal: className,
    snake: kebab.replaceAll('-', '_'),
    text: kebab.replaceAll('-', ' '),
  };
}

/** `reply` → `replies`, `box` → `boxes`, `part` → `parts` */
export function pluralOf(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  if (/(s|x|z|ch|sh)$/.test(name)) return `${name}es`;
  return `${name}s`;
}

/** `replies` → `reply`, `boxes` → `box`, `parts` → `part`; a word that is no plural stays. */
export function singularOf(name: string): string {
  if (/[^aeiou]ies$/.test(name)) return `${name.slice(0, -3)}y`;
  if (/(ss|x|z|ch|sh)es$/.test(name)) return name.slice(0, -2);
  if (/[^su]s$/.test(name)) return name.slice(0, -1);
  return name;
}

/** `item` → `an item` */
export const withArticle = (text: string): string => `${/^[aeiou]/.test(text) ? 'an' : 'a'} ${text}`;

/** `spare part` → `Spare part` */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
