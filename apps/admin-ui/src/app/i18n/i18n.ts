import i18next, { type i18n } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { en } from './en';
import { localeFor, pickLanguage, type LanguageId, type Texts } from './languages';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: { app: typeof en };
  }
}

/** English comes with the shell; each further language is one entry here and one folder of texts. */
const LOADERS: Partial<Record<LanguageId, () => Promise<Texts<typeof en>>>> = {};

const OFFERED = ['en', ...(Object.keys(LOADERS) as LanguageId[])] as const;

export function startI18n(wanted: readonly string[]): i18n {
  const instance = i18next.createInstance();
  const language = pickLanguage(wanted, OFFERED);
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'app',
    ns: ['app'],
    resources: { en: { app: en } },
    interpolation: { escapeValue: false },
  });
  void LOADERS[language]?.().then((texts) => instance.addResourceBundle(language, 'app', texts));
  document.documentElement.lang = language;
  return instance;
}

export function useText() {
  const { t, i18n } = useTranslation('app');
  return { t, locale: localeFor(i18n.language, navigator.languages) };
}

export type Translate = ReturnType<typeof useText>['t'];
