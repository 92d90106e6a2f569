import { useTranslation } from 'react-i18next';
import type { ScannedReceiptCode } from '../../../preload/contract/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { memberNameOf } from '../../kit/member-name.ts';
import { Note } from '../../kit/note.tsx';
import { useWriter } from '../../kit/use-writer.ts';
import { errorText } from '../../shared/i18n.ts';
import { useTill } from '../../shared/topics.ts';
import type { ReceiptCodeRow } from './receipt-code-list.ts';
import styles from './slips.module.css';

const c = classNames(styles);

/** What came of one receipt, in a sentence. */
function useReceiptCodeWords(): (slip: ScannedReceiptCode) => string {
  const { t } = useTranslation();
  const { currency, language } = useTill();
  const write = useWriter(currency, language);
  return ({ outcome, till, isConfirmed, entry }) => {
    if (entry === null) return t(outcome === 'copy' ? 'slips.copy' : 'slips.otherTill', { till });
    const { reference, kind, balanceIncrement, pointIncrement } = entry;
    const values = {
      reference,
      name: memberNameOf(t, entry),
      sum:
        kind === 'reversal'
          ? write.signed(balanceIncrement, pointIncrement)
          : write.both(balanceIncrement, pointIncrement),
      state: t(`states.${entry.state}`),
    };
    if (outcome !== 'taken-up') return t(`slips.${outcome}`, values);
    return t(isConfirmed ? 'slips.takenUpConfirmed' : 'slips.takenUp', values);
  };
}

interface ReceiptCodeProps {
  readonly slip: ScannedReceiptCode;
  readonly onLost: (lostKey: string) => void;
}

function ScannedRow({ slip, onLost }: ReceiptCodeProps) {
  const { t } = useTranslation();
  const say = useReceiptCodeWords();
  const { outcome, till, reference, lostKey, isConfirmed } = slip;
  const mayBeCancelled = !isConfirmed && (outcome === 'taken-up' || outcome === 'other-till');
  return (
    <Note tone={outcome === 'known' ? 'good' : 'warn'}>
      <div className={c('row')}>
        <span className={c('paper')}>{t('slips.paper', { reference, till })}</span>
        <span>{say(slip)}</span>
        {mayBeCancelled && <span>{t('slips.mayBeCancelled')}</span>}
        {outcome === 'other-till' && (
          <Button onPress={() => onLost(lostKey)}>{t('slips.tillIsLost', { till })}</Button>
        )}
      </div>
    </Note>
  );
}

interface Props {
  readonly rows: readonly ReceiptCodeRow[];
  readonly onLost: (lostKey: string) => void;
}

/** The newest first: whoever scans looks at the top. */
export function ReceiptCodeRows({ rows, onLost }: Props) {
  const { t } = useTranslation();
  if (rows.length === 0) return <p>{t('slips.none')}</p>;
  return (
    <ul className={c('list')} aria-label={t('slips.list')}>
      {rows.map(({ number, result }) => (
        <li key={number}>
          {result.ok ? (
            <ScannedRow slip={result.value} onLost={onLost} />
          ) : (
            <ErrorNote>{errorText(t, result.error)}</ErrorNote>
          )}
        </li>
      ))}
    </ul>
  );
}
