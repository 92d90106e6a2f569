import i18next, { type TFunction } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { languageOf, languages } from '../../preload/contract/app/values.ts';
import type { AppError, Language } from '../../preload/contract/index.ts';
import { closed, marked } from '../kit/chinese-gaps.ts';
import { isolated } from '../kit/isolated.ts';
import type { Phrase, Words } from '../kit/phrase.ts';
import { firstEnglish, otherWords } from '../locales/index.ts';

i18next.use({ type: 'postProcessor', name: 'chineseGaps', process: closed });

void i18next.use(initReactI18next).init({
  lng: languages[0],
  fallbackLng: languages[0],
  resources: { en: { translation: firstEnglish } },
  initAsync: false,
  nsSeparator: false,
  // An empty separator between sentences, as in Chinese, is not a missing text.
  returnEmptyString: true,
  // React escapes output; inserted text only needs isolating.
  interpolation: { escapeValue: true, escape: (text: string) => marked(isolated(text)) },
  postProcess: ['chineseGaps'],
});

export const i18n = i18next;

const wordsOf = (tag: string): Language => languageOf(tag) ?? languages[0];

const isThere = (language: Language): boolean => i18next.hasResourceBundle(language, 'translation');

/** Whether texts in this language are loaded. */
export const isSpoken = (tag: string): boolean => isThere(wordsOf(tag));

let wanted: Language = languages[0];

/**
 * Switches the screens to this language, or to the first one where there are no texts in it. Resolves when done; of
 * two requests the later wins.
 */
export async function speak(tag: string): Promise<void> {
  const language = wordsOf(tag);
  wanted = language;
  if (language !== 'en' && !isThere(language)) {
    const words = await otherWords[language]();
    i18next.addResourceBundle(language, 'translation', words.default);
  }
  if (wanted === language) await i18next.changeLanguage(language);
}

/** Adds English texts to existing and new groups. */
export const addEnglish = (more: object): void =>
  void i18next.addResourceBundle('en', 'translation', more, true);

export const phraseText = (t: TFunction, phrase: Phrase): string => t(phrase.key, { ...phrase.values });

export const wordsText = (t: TFunction, words: Words): string =>
  typeof words === 'string' ? words : phraseText(t, words);

export const phrasesText = (t: TFunction, phrases: readonly Phrase[]): string =>
  phrases.map((phrase) => phraseText(t, phrase)).join(t('app.separator'));

/** Joins whole sentences as the language does. */
export const joinSentences = (t: TFunction, sentences: readonly string[]): string =>
  sentences.join(t('app.sentenceGap'));

/** The sentence for a failure: what happened, what it means for the money, what to do. */
export function errorText(t: TFunction, error: AppError): string {
  // Uses the text for the specific reason where there is one.
  const context = error.details?.['reason'];
  const sentence = t(`errors.${error.code}`, { ...error.details, ...(context ? { context } : {}) });
  return error.reference === undefined
    ? sentence
    : joinSentences(t, [sentence, t('common.reference', { reference: error.reference })]);
}
