import { useState } from 'react';
import type { ShiftReport } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { personWords } from '../../kit/person-words.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './day.module.css';
import { useDayTabs } from './day-tabs.ts';
import { MatchCard } from './match-card.tsx';
import { ReportActs } from './report-acts.tsx';
import { ReportView } from './report-view.tsx';
import { useDay } from './use-day.ts';
import { useOpenReport } from './use-report.ts';

const c = classNames(styles);

/** With the drawer elsewhere, other tenders may still be counted here. */
function Acts({ isOwn, onMoved }: { readonly isOwn: boolean; readonly onMoved: () => void }) {
  const { t, till } = useDay();
  const isCounted = isOwn || till.tenders.some((tender) => tender !== 'cash');
  const openMove = (move: 'paid-in' | 'paid-out') =>
    view.open({ kind: 'cash-move', move, requestId: crypto.randomUUID(), onDone: onMoved });
  const begin = useSubmit(
    () => bridge.shiftsBeginCount({}),
    () => undefined,
  );
  return (
    <>
      <Button onPress={() => openMove('paid-in')}>{t('shifts.moves.paid-in.open')}</Button>
      <Button onPress={() => openMove('paid-out')}>{t('shifts.moves.paid-out.open')}</Button>
      {isCounted && (
        <Button look="primary" onPress={begin.submit}>
          {t('shifts.open.count')}
        </Button>
      )}
      {!isOwn && (
        <Button
          look={isCounted ? 'plain' : 'primary'}
          onPress={() => view.open({ kind: 'shift-close', why: 'elsewhere' })}
        >
          {t('shifts.open.close')}
        </Button>
      )}
      {begin.error !== null && <ErrorNote>{errorText(t, begin.error)}</ErrorNote>}
    </>
  );
}

/** Expected cash is hidden until the count; a manager may see it. */
function BlindNote({ onWhole }: { readonly onWhole: (report: ShiftReport) => void }) {
  const { t } = useDay();
  return (
    <Note tone="neutral">
      <div className={c('said')}>
        <p className={c('grow')}>{t('shifts.blind.what')}</p>
        <Button look="ghost" onPress={() => openGuarded({ kind: 'shift-whole', onDone: onWhole })}>
          {t('shifts.blind.whole')}
        </Button>
      </div>
    </Note>
  );
}

export function ShiftScreen() {
  const { t, moment, day } = useDay();
  const open = useTopic('shift', (shift) => shift.open);
  const { value, failure, askAgain } = useOpenReport();
  const tabs = useDayTabs('shift');
  const [whole, setWhole] = useState<ShiftReport | null>(null);
  if (open === null) return null;
  const { number, openedAtMs, openedBy, businessDay, isSinceYesterday, drawer } = open;
  const report = whole ?? value?.report ?? null;
  const onMoved = () => {
    setWhole(null);
    askAgain();
  };
  return (
    <ScreenFrame
      title={t('shifts.xTitle', { number })}
      lead={t('shifts.xLead', {
        day: day(businessDay),
        time: moment(openedAtMs),
        who: personWords(t, openedBy),
      })}
      tabs={tabs}
      actions={<Acts isOwn={drawer === 'own'} onMoved={onMoved} />}
    >
      {isSinceYesterday && (
        <Note tone="warn">{t('shifts.note.old', { number, time: moment(openedAtMs) })}</Note>
      )}
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {report === null && failure === null && <p>{t('shifts.loading')}</p>}
      {report !== null && (
        <>
          {report.isBlind && <BlindNote onWhole={setWhole} />}
          {whole !== null && (
            <Note tone="neutral">{t('shifts.blind.isWhole', { time: moment(whole.atMs) })}</Note>
          )}
          <ReportView report={report} />
          <MatchCard number={null} />
          <ReportActs number={null} />
        </>
      )}
    </ScreenFrame>
  );
}
