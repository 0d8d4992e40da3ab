import { english } from './english';
import { layOut, type RenderedMail } from './layout';
import type { TemplateLanguage } from './local-time';
import type { TemplateName, Templates, Wording } from './wording';

const WORDINGS: Record<TemplateLanguage, Wording> = { en: english };

/** The language a message is written in for somebody who prefers `language`. */
export const languageFor = (language: string): TemplateLanguage =>
  Object.hasOwn(WORDINGS, language) ? (language as TemplateLanguage) : 'en';

/** Subject, plain text and HTML of a message in the recipient's language, or English where it has no wording yet. */
export function render<Name extends TemplateName>(
  template: Name,
  data: Templates[Name],
  language: string,
): RenderedMail & { language: TemplateLanguage } {
  const used = languageFor(language);
  const wording: Wording[Name] = WORDINGS[used][template];
  return { ...layOut(wording(data), used), language: used };
}
