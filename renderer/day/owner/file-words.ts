import type { TFunction } from 'i18next';
import { standardTenders } from '../../../preload/contract/app/values.ts';
import type { FileWords } from '../../../preload/contract/index.ts';
import { tenderWords } from '../../kit/tender-words.ts';

/** Main's keys of the file's words. */
const keys = [
  'title',
  'period',
  'computed',
  'at',
  'currency',
  'awaited',
  'missing',
  'openNote',
  'before',
  'ways',
  'way',
  'noTender',
  'tills',
  'till',
  'lastZ',
  'closed',
  'reports',
  'unsettledEntries',
  'unsettled',
  'bonus',
  'short',
  'over',
  'taken',
  'sum',
  'unknown',
  'notCounted',
  'days',
  'day',
  'entries',
  'expected',
  'open',
] as const;

/** What main writes into the period's file, in the words of this screen. */
export const fileWords = (t: TFunction, locale: string, zone: string): FileWords => ({
  locale,
  say: Object.fromEntries([
    ...keys.map((key) => [key, t(`owner.sheet.${key}`, { zone })]),
    ...standardTenders.map((tender) => [`tender.${tender}`, tenderWords(t, tender)]),
  ]),
});
