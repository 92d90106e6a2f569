import { useTranslation } from 'react-i18next';
import type { Entry, EntrySums, MemberCard } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Press } from '../../kit/press.tsx';
import type { SumWriter } from '../../kit/use-writer.ts';
import { phraseText } from '../../shared/i18n.ts';
import { openReview } from '../../shared/open-dialogs.ts';
import { view } from '../../shared/view.ts';
import styles from './member-card.module.css';
import { openLines } from './member-lines.ts';

const c = classNames(styles);

const open = (entry: Entry): void =>
  entry.state === 'review' ? openReview(entry.id) : view.open({ kind: 'details', entry });

interface Props {
  readonly member: MemberCard;
  readonly write: SumWriter;
  readonly isQuiet: boolean;
}

/** The member's open entries, with links. */
export function OpenLines({ member, write, isQuiet }: Props) {
  const { t } = useTranslation();
  const sumText = ({ balance, point }: EntrySums) => write.both(balance, point);
  const lines = openLines(member, sumText);
  // A closed card needs no line that nothing waits.
  const shown = member.status === 'active' && !isQuiet ? lines : lines.filter(({ kind }) => kind !== 'none');
  return shown.map(({ kind, tone, phrase, entry }) => (
    <div key={kind} className={c('open', tone, kind === 'none' && 'none')}>
      <span>{phraseText(t, phrase)}</span>
      {entry !== null && (
        <Press className={c('see')} onPress={() => open(entry)}>
          {t('member.see')}
        </Press>
      )}
    </div>
  ));
}
