import type { TFunction } from 'i18next';
import type { Till } from '../../../preload/contract/index.ts';
import type { Fact } from '../../kit/facts.tsx';
import { storeMoment } from '../../kit/format.ts';
import { personWords } from '../../kit/person-words.ts';
import { tenderWords } from '../../kit/tender-words.ts';
import type { TenderChanges } from './tender-changes.ts';

const nameOf = (t: TFunction, tender: string | null): string =>
  tender === null ? t('shifts.noTender') : tenderWords(t, tender);

export function changeFacts(t: TFunction, { changes }: TenderChanges, till: Till): readonly Fact[] {
  return changes.map(({ was, now, who, approvedBy, atMs }) => {
    const said = {
      was: nameOf(t, was),
      now: nameOf(t, now),
      who: personWords(t, who),
      time: storeMoment(atMs, Date.now(), till.storeTimeZone, till.language),
    };
    const words =
      approvedBy === null
        ? t('paidOtherwise.by', said)
        : t('paidOtherwise.approved', { ...said, by: personWords(t, approvedBy) });
    return [t('paidOtherwise.changed'), words] as const;
  });
}
