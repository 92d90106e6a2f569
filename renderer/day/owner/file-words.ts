import type { TFunction } from 'i18next';
import {
  bookAccounts,
  bookHeads,
  bookKinds,
  bookNotes,
  owedAges,
  standardTenders,
  tillHeads,
} from '../../../preload/contract/app/values.ts';
import type { FileWords } from '../../../preload/contract/index.ts';
import { tenderWords } from '../../kit/tender-words.ts';

const owedKeys = [
  'title',
  'oldest',
  'whole',
  'never',
  'cached',
  'notAll',
  'later',
  'balances',
  'age',
  'members',
  'balance',
  'below',
  'sum',
] as const;

/** Main's keys of the files' words. */
const keys = [
  'title',
  'period',
  'computed',
  'at',
  'currency',
  'awaited',
  'missing',
  'doubles',
  'openNote',
  'before',
  'ways',
  'way',
  'noTender',
  'tills',
  ...tillHeads,
  'sum',
  'unknown',
  'notCounted',
  'days',
  'day',
  'entries',
  'expected',
  'open',
  ...bookHeads.map((head) => `book.${head}`),
  ...bookKinds.map((kind) => `book.of.${kind}`),
  ...bookNotes.map((note) => `book.notes.${note}`),
  'notInBooks',
  ...[...bookAccounts, 'way'].map((account) => `account.${account}`),
  ...owedAges.map((age) => `owed.ages.${age}`),
  ...owedKeys.map((key) => `owed.${key}`),
] as const;

/** What main writes into the period's file, in the words of this screen. */
export const fileWords = (t: TFunction, locale: string, zone: string): FileWords => ({
  locale,
  say: Object.fromEntries([
    ...keys.map((key) => [key, t(`owner.sheet.${key}`, { zone })]),
    ...standardTenders.map((tender) => [`tender.${tender}`, tenderWords(t, tender)]),
  ]),
});
