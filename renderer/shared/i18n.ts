import i18next, { type TFunction } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type AppError, languageOf, languages } from '../../preload/contract/index.ts';
import { isolated } from '../kit/isolated.ts';
import type { Phrase, Words } from '../kit/phrase.ts';
import { locales } from '../locales/index.ts';

void i18next.use(initReactI18next).init({
  lng: languages[0],
  fallbackLng: languages[0],
  resources: Object.fromEntries(languages.map((language) => [language, { translation: locales[language] }])),
  initAsync: false,
  nsSeparator: false,
  // React escapes what it writes; what is put into a sentence must only not turn it round.
  interpolation: { escapeValue: true, escape: isolated },
});

export const i18n = i18next;

/** The screens go on in the language of this tag, or in the first one where there are no words in it. */
export const speak = (tag: string): void => void i18next.changeLanguage(languageOf(tag) ?? languages[0]);

export const sayPhrase = (t: TFunction, phrase: Phrase): string => t(phrase.key, { ...phrase.values });

export const sayWords = (t: TFunction, words: Words): string =>
  typeof words === 'string' ? words : sayPhrase(t, words);

export const sayPhrases = (t: TFunction, phrases: readonly Phrase[]): string =>
  phrases.map((phrase) => sayPhrase(t, phrase)).join(t('app.separator'));

/** The sentence for a failure: what happened, what it means for the money, what to do. */
export function sayError(t: TFunction, error: AppError): string {
  // Some say more where the reason is known; where there are no such words, the plain sentence stands.
  const context = error.details?.['reason'];
  const sentence = t(`errors.${error.code}`, { ...error.details, ...(context ? { context } : {}) });
  return error.reference === undefined
    ? sentence
    : `${sentence} ${t('common.reference', { reference: error.reference })}`;
}
