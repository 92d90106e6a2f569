import type { CountOutcome } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { TicketFace } from '../../kit/ticket-face.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './day.module.css';
import { thatDiffer } from './figures.ts';
import { CountTable } from './report-tables.tsx';
import { useDay } from './use-day.ts';

const c = classNames(card, styles);

type Next = CountOutcome['next'];

const done = ({ number }: { readonly number: number }) =>
  view.show({ kind: 'day', part: { kind: 'report', number, isNew: true } });

function NextAct({ next }: { readonly next: Next }) {
  const { t } = useDay();
  const close = useSubmit(() => bridge.shiftsClose({ reason: null }), done);
  const acts: Readonly<Record<Next, () => void>> = {
    close: close.submit,
    reason: () => openGuarded({ kind: 'shift-close', why: 'reason' }),
  };
  return (
    <>
      <Button look="primary" onPress={acts[next]}>
        {close.isWorking ? t('manager.working') : t(`shifts.outcome.acts.${next}`)}
      </Button>
      {close.error !== null && <ErrorNote>{errorText(t, close.error)}</ErrorNote>}
    </>
  );
}

export function OutcomeScreen() {
  const { t, variances: say } = useDay();
  const open = useTopic('shift', (shift) => shift.open);
  const outcome = open?.outcome ?? null;
  if (open === null || outcome === null) return null;
  const { next, variances } = outcome;
  const fits = thatDiffer(variances).length === 0;
  return (
    <ScreenFrame
      title={t('shifts.outcome.title', { number: open.number })}
      lead={t(`shifts.outcome.leads.${next}`)}
      actions={<NextAct next={next} />}
    >
      <section className={c('ticket')} aria-label={t('shifts.outcome.region')}>
        <TicketFace
          look={fits ? 'done' : 'check'}
          number={t('shifts.ticket.shift', { number: open.number })}
          stub={[t('shifts.outcome.counted')]}
          title={fits ? t('shifts.outcome.fits') : say(variances)}
          line={t(`shifts.outcome.lines.${fits ? 'fits' : next}`)}
          word={t(fits ? 'shifts.matches' : 'shifts.differs')}
        />
      </section>
      {variances.length > 0 && (
        <section className={c('card')} aria-label={t('shifts.tables.counted')}>
          <CountTable tenders={variances} />
        </section>
      )}
    </ScreenFrame>
  );
}
