import type { ShiftReport } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { classNames } from '../../kit/class-names.ts';
import { personWords } from '../../kit/person-words.ts';
import { TicketFace } from '../../kit/ticket-face.tsx';
import { errorText } from '../../shared/i18n.ts';
import styles from './day.module.css';
import { useDayTabs } from './day-tabs.ts';
import { foldedOf, thatDiffer, variancesOf } from './figures.ts';
import { MatchCard } from './match-card.tsx';
import { ReportActs } from './report-acts.tsx';
import { ReportView } from './report-view.tsx';
import { useDay } from './use-day.ts';
import { useReport } from './use-report.ts';

const c = classNames(styles);

function ZTicket({ report, isNew }: { readonly report: ShiftReport; readonly isNew: boolean }) {
  const { t, write, day, variances } = useDay();
  const { net } = foldedOf(report);
  const counted = variancesOf(report);
  const fits = thatDiffer(counted).length === 0;
  const drawer = counted.length === 0 ? t('shifts.ticket.notCounted') : variances(counted);
  return (
    <section className={c('ticket', isNew && 'torn')} aria-label={t('shifts.ticket.region')}>
      <TicketFace
        look={fits ? 'done' : 'check'}
        number={t('shifts.ticket.number', { number: report.number })}
        stub={[
          ...new Set([day(report.businessDay), report.till, personWords(t, report.closedBy ?? '')]),
        ].filter((line) => line !== '')}
        title={t('shifts.ticket.taken', { sum: write.money(net.principal) })}
        line={[t('shifts.tiles.entries', { count: net.entries }), drawer].join(t('app.separator'))}
        word={t('shifts.ticket.closed')}
      />
    </section>
  );
}

interface Props {
  readonly number: number;
  /** Closed just now. */
  readonly isNew: boolean;
}

export function ReportScreen({ number, isNew }: Props) {
  const { t } = useDay();
  const { value, failure } = useReport(number);
  const tabs = useDayTabs('closed');
  const report = value?.report ?? null;
  return (
    <ScreenFrame
      title={t('shifts.zTitle', { number })}
      lead={t(isNew ? 'shifts.zLeadNew' : 'shifts.zLead')}
      tabs={tabs}
    >
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {report === null && failure === null && <p>{t('shifts.loading')}</p>}
      {report !== null && (
        <>
          <ZTicket report={report} isNew={isNew} />
          <ReportActs number={number} />
          <ReportView report={report} />
          <MatchCard number={number} />
        </>
      )}
    </ScreenFrame>
  );
}
