import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnerView, Period, Span } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { Press } from '../../kit/press.tsx';
import tabStyles from '../../kit/tabs.module.css';
import { errorText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { AllPart } from './all-part.tsx';
import { ChainPart } from './chain-part.tsx';
import { DaysPart } from './days-part.tsx';
import { OwedPart } from './owed-part.tsx';
import styles from './owner.module.css';
import { SaveButtons } from './save-buttons.tsx';
import { TillsPart } from './tills-part.tsx';
import { type Owner, useOwner } from './use-owner.ts';
import { useOwnerWords } from './use-owner-words.ts';

const c = classNames(card, tabStyles, styles);

const spansShown = ['day', 'week', 'month'] as const satisfies readonly Span[];

interface SpanProps {
  readonly span: Span;
  readonly onSpan: (span: Span) => void;
}

function SpanSwitch({ span, onSpan }: SpanProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={c('tabs')} aria-label={t('owner.spans.label')}>
      {spansShown.map((one) => (
        <Press
          key={one}
          className={c('tab', one === span && 'here')}
          isSelected={one === span}
          onPress={() => onSpan(one)}
        >
          {t(`owner.spans.${one}`)}
        </Press>
      ))}
    </fieldset>
  );
}

interface StepProps {
  readonly period: Period;
  readonly span: Span;
  readonly onStep: (by: 1 | -1) => void;
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

function Stepper({ period, span, onStep, hasEarlier, hasLater }: StepProps) {
  const { t, stretch } = useOwnerWords();
  const words = stretch(period, span);
  return (
    <div className={c('stepper')}>
      <Press
        className={c('step')}
        aria-label={t('owner.earlier')}
        isDisabled={!hasEarlier}
        onPress={() => onStep(-1)}
      >
        <span aria-hidden="true">‹</span>
      </Press>
      <h2 className={c('period')} aria-live="polite">
        {period.isRunning ? t('owner.running', { period: words }) : words}
      </h2>
      <Press
        className={c('step')}
        aria-label={t('owner.later')}
        isDisabled={!hasLater}
        onPress={() => onStep(1)}
      >
        <span aria-hidden="true">›</span>
      </Press>
    </div>
  );
}

function AddingUp({ owner }: { readonly owner: Owner }) {
  const { t } = useTranslation();
  return (
    <div className={c('empty')}>
      <p role="status">{t('owner.loading')}</p>
      <Answers>
        <Button onPress={owner.stop}>{t('owner.stop')}</Button>
      </Answers>
    </div>
  );
}

function Gate({ owner }: { readonly owner: Owner }) {
  const { t } = useTranslation();
  if (owner.working === 'look') return <AddingUp owner={owner} />;
  return (
    <div className={c('empty')}>
      <p>{t(owner.isCalledOff ? 'owner.calledOff' : 'owner.locked')}</p>
      <Answers>
        <Button look="primary" onPress={() => owner.act({ kind: 'look' })}>
          {t(owner.isCalledOff ? 'owner.again' : 'owner.acts.look.action')}
        </Button>
      </Answers>
    </div>
  );
}

/** The span and the period that are looked at; the newest first. */
function usePeriod(shown: OwnerView | null) {
  const [span, setSpan] = useState<Span>('month');
  const [place, setPlace] = useState<number | null>(null);
  const periods = shown?.[span] ?? [];
  const at = Math.min(place ?? periods.length - 1, periods.length - 1);
  return {
    span,
    period: periods[at],
    hasEarlier: at > 0,
    hasLater: at < periods.length - 1,
    step: (by: 1 | -1) => setPlace(at + by),
    goTo: (next: Span) => {
      setSpan(next);
      setPlace(null);
    },
  };
}

interface ShownProps extends Omit<ReturnType<typeof usePeriod>, 'period'> {
  readonly owner: Owner;
  readonly shown: OwnerView;
  readonly period: Period;
}

function Shown({ owner, shown, period, span, hasEarlier, hasLater, step, goTo }: ShownProps) {
  const { t, moment } = useOwnerWords();
  const isOwner = useTopic('chain', (chain) => chain?.isOwner ?? false);
  return (
    <>
      <div className={c('bar')}>
        <Stepper period={period} span={span} onStep={step} hasEarlier={hasEarlier} hasLater={hasLater} />
        <SpanSwitch span={span} onSpan={goTo} />
      </div>
      {shown.isEmpty ? (
        <p className={c('empty')}>{t('owner.none')}</p>
      ) : (
        <AllPart period={period} span={span} />
      )}
      {isOwner && <ChainPart atMs={shown.atMs} />}
      <TillsPart owner={owner} shown={shown} period={period} span={span} />
      {span !== 'day' && <DaysPart days={period.days} today={shown.today} />}
      <OwedPart owner={owner} owed={shown.owed} period={period} span={span} />
      <div className={c('bar')}>
        <span className={c('asOf')}>{t('owner.asOf', { time: moment(shown.atMs) })}</span>
        <Button onPress={() => owner.act({ kind: 'look' })}>
          {owner.working === 'look' ? t('owner.loading') : t('owner.again')}
        </Button>
      </div>
    </>
  );
}

export function OwnerScreen() {
  const { t } = useTranslation();
  const owner = useOwner();
  const { shown, failure } = owner;
  const { period, ...periods } = usePeriod(shown);
  const actions = shown !== null && period !== undefined && (
    <div className={c('bar')}>
      {!shown.isEmpty && <SaveButtons owner={owner} period={period} span={periods.span} />}
      <Button look="ghost" onPress={() => openGuarded({ kind: 'accounts' })}>
        {t('owner.accounts.open')}
      </Button>
    </div>
  );
  return (
    <ScreenFrame title={t('owner.title')} lead={t('owner.lead')} actions={actions}>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {shown === null || period === undefined ? (
        <Gate owner={owner} />
      ) : (
        <Shown {...periods} owner={owner} shown={shown} period={period} />
      )}
    </ScreenFrame>
  );
}
