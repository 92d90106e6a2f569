import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { AppError } from '../../preload/contract/index.ts';
import { otherEnglish } from '../locales/index.ts';
import { addEnglish, errorText } from './i18n.ts';
import { createLazyPart } from './lazy-part.ts';

const areHere = createStore(() => false);

/** English texts not needed by the first screen: other screens, and every failure. */
export const otherWords = createLazyPart(async () => {
  addEnglish((await otherEnglish()).default);
  areHere.setState(true, true);
});

/** A failure's sentence on the till's own screen; undefined where there is none, and for the moment until the words come. */
export function useErrorWords(error: AppError | null): string | undefined {
  const { t } = useTranslation();
  const hasWords = useStore(areHere);
  const isWaiting = error !== null && !hasWords;
  useEffect(() => {
    if (isWaiting) void otherWords.load();
  }, [isWaiting]);
  return error === null || !hasWords ? undefined : errorText(t, error);
}
