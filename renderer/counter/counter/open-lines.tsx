import { useTranslation } from 'react-i18next';
import type { Entry, EntrySums, MemberCard } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Press } from '../../kit/press.tsx';
import tones from '../../kit/tones.module.css';
import type { SumWriter } from '../../kit/use-writer.ts';
import { phraseText } from '../../shared/i18n.ts';
import { openReview } from '../../shared/open-dialogs.ts';
import { useTill } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { openLines } from './member-lines.ts';
import styles from './open-lines.module.css';
import { closedPhrase } from './slot-line.ts';

const c = classNames(tones, styles);

const open = (entry: Entry): void =>
  entry.state === 'review' ? openReview(entry.id) : view.open({ kind: 'details', entry });

interface Props {
  readonly member: MemberCard;
  readonly write: SumWriter;
}

/** What prevents a top-up, and the member's open entries with links. */
export function MemberLines({ member, write }: Props) {
  const { t } = useTranslation();
  const { language } = useTill();
  const sumText = ({ balance, bonus, point }: EntrySums) => write.both(balance, point, bonus);
  const lines = openLines(member, sumText);
  const isClosed = member.status !== 'active';
  // A closed card needs no line that nothing waits.
  const shown = isClosed ? lines.filter(({ kind }) => kind !== 'none') : lines;
  return (
    <>
      {isClosed && <div className={c('open', 'bad')}>{phraseText(t, closedPhrase(member, language))}</div>}
      {shown.map(({ kind, tone, phrase, entry }) => (
        <div key={kind} className={c('open', kind === 'none' ? 'none' : tone)}>
          <span>{phraseText(t, phrase)}</span>
          {entry !== null && (
            <Press className={c('see')} onPress={() => open(entry)}>
              {t('member.see')}
            </Press>
          )}
        </div>
      ))}
    </>
  );
}
