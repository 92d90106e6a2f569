import type { TFunction } from 'i18next';
import { standardTenders } from '../../../preload/contract/app/values.ts';
import type { FileWords, Period, Span } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import type { Owner } from './use-owner.ts';
import { useOwnerWords } from './use-owner-words.ts';

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

const fileWords = (t: TFunction, locale: string, zone: string): FileWords => ({
  locale,
  say: Object.fromEntries([
    ...keys.map((key) => [key, t(`owner.sheet.${key}`, { zone })]),
    ...standardTenders.map((tender) => [`tender.${tender}`, tenderWords(t, tender)]),
  ]),
});

interface Props {
  readonly owner: Owner;
  readonly period: Period;
  readonly span: Span;
}

/** The period of all tills for whoever keeps the books. */
export function SaveButtons({ owner, period, span }: Props) {
  const { t, language, storeTimeZone } = useOwnerWords();
  const words = fileWords(t, language, storeTimeZone);
  return (['pdf', 'csv'] as const).map((as) => (
    <Button
      key={as}
      isDisabled={owner.working === 'save'}
      aria-label={t(`owner.acts.save.${as}`)}
      onPress={() => owner.act({ kind: 'save', as, span, from: period.from, words })}
    >
      {as.toUpperCase()}
    </Button>
  ));
}
