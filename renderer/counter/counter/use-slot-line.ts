import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { storeMoment } from '../../kit/format.ts';
import { tenderWords } from '../../kit/tender-words.ts';
import { useKeys } from '../../kit/touch.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { joinSentences, phraseText } from '../../shared/i18n.ts';
import { useErrorWords } from '../../shared/other-words.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useTopUp } from './form.ts';
import { memberLine, refusedLine, type SlotLine } from './slot-line.ts';

export interface ShownLine extends Pick<SlotLine, 'tone' | 'acts' | 'entry'> {
  readonly text: string;
}

const said = (tone: SlotLine['tone'], text: string): ShownLine => ({ tone, text, acts: [], entry: null });

/** What the slot says below the member, or below the field while nobody is up. */
export function useSlotLine(): ShownLine {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const hasKeys = useKeys();
  const activity = useTopic('activity');
  const member = useTopUp((state) => state.member);
  const looking = useTopUp((state) => state.looking);
  const wrong = useErrorWords(useTopUp((state) => state.lookupError));
  const brief = (entry: Entry) => {
    const { tender } = entry.terms;
    return [
      storeMoment(entry.createdAtMs, Date.now(), till.storeTimeZone, till.language),
      write.both(entry.balanceIncrement, entry.pointIncrement, entry.terms.bonus),
      ...(tender === null ? [] : [tenderWords(t, tender)]),
    ].join(t('app.separator'));
  };
  const words = { both: write.both, brief, locale: till.language };
  if (wrong !== undefined) return said('bad', wrong);
  if (looking === 'told' || looking === 'slow') {
    return said('quiet', t(looking === 'told' ? 'form.looking' : 'form.lookingSlow'));
  }
  const line = member === null ? refusedLine(activity, words) : memberLine(member, words);
  if (line === null) return said('quiet', t(hasKeys ? 'form.emptyTouch' : 'form.empty'));
  const { tone, acts, entry, phrases } = line;
  return {
    tone,
    acts,
    entry,
    text: joinSentences(
      t,
      phrases.map((phrase) => phraseText(t, phrase)),
    ),
  };
}
