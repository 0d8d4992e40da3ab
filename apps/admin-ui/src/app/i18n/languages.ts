/** Languages the platform speaks; one with a loader is offered, and loads only where it is chosen. */
export const LANGUAGES = ['en', 'es', 'fr', 'it', 'pl'] as const;
export type LanguageId = (typeof LANGUAGES)[number];

/** Texts of a language have the shape of the English ones. */
export type Texts<T> = { [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

/** The first language of the reader that is in the offer. */
export function pickLanguage(wanted: readonly string[], offered: readonly LanguageId[]): LanguageId {
  for (const tag of wanted) {
    const found = offered.find((language) => language === tag.split('-')[0]);
    if (found) return found;
  }
  return 'en';
}

/** The reader's own tag of a language where they have one (en-GB rather than en), for dates and numbers. */
export const localeFor = (language: string, wanted: readonly string[]): string =>
  wanted.find((tag) => tag.split('-')[0] === language) ?? (language === 'en' ? 'en-GB' : language);
