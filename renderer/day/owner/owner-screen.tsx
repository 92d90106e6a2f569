import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnerView, Span } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { Press } from '../../kit/press.tsx';
import { Progress } from '../../kit/progress.tsx';
import tabStyles from '../../kit/tabs.module.css';
import { errorText } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { Charts } from './charts.tsx';
import styles from './owner.module.css';
import { PeriodPart } from './period-part.tsx';
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

function AddingUp({ owner }: { readonly owner: Owner }) {
  const { t } = useTranslation();
  const percent = useTopic('ownerPercent');
  return (
    <div className={c('empty')}>
      <p role="status">{t('owner.loading')}</p>
      {percent !== null && (
        <Progress label={t('owner.loading')} percent={percent}>
          {t('owner.percent', { percent })}
        </Progress>
      )}
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

function Shown({ owner, shown }: { readonly owner: Owner; readonly shown: OwnerView }) {
  const { t, moment } = useOwnerWords();
  const [span, setSpan] = useState<Span>('day');
  const [place, setPlace] = useState<number | null>(null);
  const periods = shown[span];
  const at = Math.min(place ?? periods.length - 1, periods.length - 1);
  const period = periods[at];
  const goTo = (next: Span) => {
    setSpan(next);
    setPlace(null);
  };
  return (
    <>
      <div className={c('bar')}>
        <SpanSwitch span={span} onSpan={goTo} />
        <span className={c('asOf')}>{t('owner.asOf', { time: moment(shown.atMs) })}</span>
        <Button onPress={() => owner.act({ kind: 'look' })}>
          {owner.working === 'look' ? t('owner.loading') : t('owner.again')}
        </Button>
      </div>
      {shown.isEmpty ? (
        <p className={c('empty')}>{t('owner.none')}</p>
      ) : (
        period !== undefined && (
          <>
            <PeriodPart
              period={period}
              span={span}
              onStep={(by) => setPlace(at + by)}
              hasEarlier={at > 0}
              hasLater={at < periods.length - 1}
            />
            <Charts periods={periods} span={span} />
          </>
        )
      )}
      {period !== undefined && <TillsPart owner={owner} shown={shown} period={period} span={span} />}
    </>
  );
}

export function OwnerScreen() {
  const { t } = useTranslation();
  const owner = useOwner();
  const { shown, failure } = owner;
  return (
    <ScreenFrame title={t('owner.title')} lead={t('owner.lead')}>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {shown === null ? <Gate owner={owner} /> : <Shown owner={owner} shown={shown} />}
    </ScreenFrame>
  );
}
