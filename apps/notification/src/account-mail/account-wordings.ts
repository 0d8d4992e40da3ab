import type { Language } from '@orion/contracts';
import type { z } from 'zod';
import type { AccountWording } from './account-wording';
import { english } from './english';
import { french } from './french';
import { italian } from './italian';
import { polish } from './polish';
import { spanish } from './spanish';

export const ACCOUNT_WORDINGS: Readonly<Record<z.output<typeof Language>, AccountWording>> = {
  en: english,
  es: spanish,
  fr: french,
  it: italian,
  pl: polish,
};
