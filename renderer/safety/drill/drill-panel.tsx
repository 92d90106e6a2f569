import { useTranslation } from 'react-i18next';
import type { Topics } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import unseen from '../../kit/unseen.module.css';
import { till } from '../../shared/bridge.ts';
import { joinSentences } from '../../shared/i18n.ts';
import { openReview } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { useView, view } from '../../shared/view.ts';
import styles from './drill-panel.module.css';
import { shownSteps, stepNumber } from './shown-steps.ts';

const c = classNames(unseen, styles);

type Drill = NonNullable<Topics['drill']>;

/** A result that the live till may report is shown first. */
async function leave({ canReport, result }: Drill): Promise<void> {
  const reply = await till.drillLeave({});
  if (!reply.ok) view.notice(reply.error);
  else if (canReport && result === null) view.open({ kind: 'drill-result' });
}

function Steps({ step }: Pick<Drill, 'step'>) {
  const { t } = useTranslation();
  const now = stepNumber(step);
  return (
    <ol className={c('steps')}>
      {shownSteps.map((name, index) => {
        const isDone = index + 1 < now;
        const isNow = index + 1 === now;
        return (
          <li
            key={name}
            className={c('step', isDone && 'done', isNow && 'isNow')}
            aria-current={isNow ? 'step' : undefined}
          >
            <span className={c('mark')} aria-hidden="true">
              {isDone ? <Icon name="check" /> : index + 1}
            </span>
            <span>
              {t(`drill.steps.${name}`)}
              {isDone && (
                <span className={c('unseen')}>
                  {t('app.sentenceGap')}
                  {t('drill.done')}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** A button where the next step is not on the till's own screen. */
function NextButton({ step, lostId }: Pick<Drill, 'step' | 'lostId'>) {
  const { t } = useTranslation();
  const isInReview = useView(({ screen }) => screen.kind === 'review');
  if (step === 'end') {
    return (
      <Button look="primary" onPress={() => view.open({ kind: 'drill-result' })}>
        {t('drill.seeResult')}
      </Button>
    );
  }
  if (step !== 'review' || isInReview) return null;
  return (
    <Button look="primary" onPress={() => openReview(lostId)}>
      {t('drill.openReview')}
    </Button>
  );
}

/** `isLine` leaves out the list of steps. */
export function DrillPanel({ isLine = false }: { readonly isLine?: boolean }) {
  const { t } = useTranslation();
  const drill = useTopic('drill');
  if (drill === null) return null;
  const { step, hint } = drill;
  const now = t(`drill.now.${step}`);
  const why = hint === null ? null : t(`drill.hints.${hint}`);
  const where = t('drill.stepOf', { number: stepNumber(step), count: shownSteps.length });
  return (
    <section className={c('drill', isLine && 'line')} aria-label={t('drill.title')}>
      <div className={c('head')}>
        <h2 className={c('title', isLine && 'unseen')}>{t('drill.title')}</h2>
        <Button look="ghost" shape="icon" aria-label={t('drill.leave')} onPress={() => void leave(drill)}>
          <Icon name="close" />
        </Button>
      </div>
      {!isLine && <Steps step={step} />}
      <div className={c('now')}>
        <div className={c('words')}>
          {why !== null && <p className={c('hint')}>{why}</p>}
          <p className={c(why !== null && 'behind')}>{now}</p>
        </div>
        <NextButton step={step} lostId={drill.lostId} />
      </div>
      <p className={c('unseen')} aria-live="polite">
        {joinSentences(t, [...(step === 'end' ? [] : [where]), ...(why === null ? [] : [why]), now])}
      </p>
    </section>
  );
}
