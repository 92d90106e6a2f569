import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { givesAs } from '../../../preload/contract/app/values.ts';
import type { ChannelReply, Entry, EntryRule, Till } from '../../../preload/contract/index.ts';
import type { Fact } from '../../kit/facts.tsx';
import { storeMoment } from '../../kit/format.ts';
import { Note } from '../../kit/note.tsx';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTill } from '../../shared/topics.ts';
import { useAsked } from '../../shared/use-asked.ts';

type AboutBonus = ChannelReply<'rules:ofEntry'>;

/** What there is to say of an entry's bonus; null where it has none, and until main has said it. */
export function useAboutBonus({ id, terms }: Entry): AboutBonus | null {
  return useAsked(terms.bonus === null ? null : () => bridge.rulesOfEntry({ id }), [id]).value;
}

/** The rule as it was when it gave. */
export function ruleFacts(t: TFunction, rule: EntryRule, till: Till, write: SumWriter): readonly Fact[] {
  const { version, savedAtMs, kind } = rule;
  const tier = {
    from: write.money(rule.from),
    gives: givesAs[kind] === 'money' ? write.money(rule.gives) : write.plain(rule.gives),
  };
  const saved =
    savedAtMs === null ? null : storeMoment(savedAtMs, Date.now(), till.storeTimeZone, till.language);
  return [
    [t('rules.ofEntry.tier'), t(`rules.ofEntry.gives.${kind}`, tier)],
    [
      t('rules.ofEntry.version'),
      saved === null ? String(version) : t('rules.ofEntry.savedAt', { version, saved }),
    ],
  ];
}

/** The member perhaps had it elsewhere as well. */
export function CollisionNote({ about }: { readonly about: AboutBonus | null }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const collision = about?.collision ?? null;
  if (collision === null) return null;
  return <Note tone="warn">{t('rules.ofEntry.elsewhere', { sum: write.money(collision.sum) })}</Note>;
}
