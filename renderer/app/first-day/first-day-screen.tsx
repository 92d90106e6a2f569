import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FirstDayStep } from '../../../preload/contract/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { isolated } from '../../kit/isolated.ts';
import { Logo } from '../../kit/logo.tsx';
import page from '../../kit/page.module.css';
import { tenderWords } from '../../kit/tender-words.ts';
import unseen from '../../kit/unseen.module.css';
import { errorText } from '../../shared/i18n.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useHeading } from '../../shared/use-focus-home.ts';
import { view } from '../../shared/view.ts';
import type { Screen } from '../../shared/view-store.ts';
import styles from './first-day.module.css';
import { steps } from './steps.ts';
import { useFirstDay, useSettling } from './use-first-day.ts';
import { type FoundPrinter, useFoundPrinter } from './use-found-printer.ts';

const c = classNames(page, unseen, styles);

type Progress = ReturnType<typeof useFirstDay>;

/** Where a step is done. */
const places: Readonly<Record<FirstDayStep, Screen>> = {
  people: { kind: 'people' },
  pay: { kind: 'settings', group: 'pay' },
  printer: { kind: 'receipts' },
  rules: { kind: 'rules' },
  shift: { kind: 'day', part: { kind: 'shift' } },
};

/** How it stands in the till, or what the step is for. */
function useTold({ of, facts }: Progress): (step: FirstDayStep) => string {
  const { t } = useTranslation();
  const { tenders } = useTill();
  const shift = useTopic('shift', ({ open }) => open?.number ?? null);
  const listed = (names: readonly string[]) => names.join(t('app.separator'));
  const done: Readonly<Record<FirstDayStep, () => string>> = {
    people: () => listed((facts.people?.list ?? []).map(({ name }) => name)),
    pay: () => '',
    printer: () => t(`firstDay.printer.${facts.printer}`),
    rules: () => t('firstDay.rules.done'),
    shift: () =>
      shift === null ? t('firstDay.shift.used') : t('firstDay.shift.number', { number: String(shift) }),
  };
  return (step) => {
    if (step === 'pay') {
      const ways = tenders.map((tender) => tenderWords(t, tender));
      return ways.length === 0 ? t('firstDay.pay.none') : listed(ways);
    }
    return of[step] === 'done' ? done[step]() : t(`firstDay.${step}.${of[step]}`);
  };
}

interface LineProps {
  readonly step: FirstDayStep;
  readonly progress: Progress;
  readonly told: string;
  readonly onSettle: (step: FirstDayStep) => void;
  /** A printer that can be taken from here. */
  readonly found: FoundPrinter | null;
}

function Line({ step, progress, told, onSettle, found }: LineProps) {
  const { t } = useTranslation();
  const title = t(`firstDay.${step}.title`);
  const isOpen = progress.of[step] === 'open';
  const isNext = progress.next === step;
  const offered = step === 'printer' && isNext ? found : null;
  const open = () => view.show(places[step]);
  return (
    <li className={c('step', isNext && 'next')} data-next={isNext || undefined}>
      <span className={c('tick', !isOpen && 'done')} aria-hidden={isOpen}>
        {isOpen ? steps.indexOf(step) + 1 : <Icon name="check" />}
        {!isOpen && <span className={c('unseen')}>{t('firstDay.ticked')}</span>}
      </span>
      <span className={c('words')}>
        <b>{title}</b>
        <span className={c('told')}>
          {offered === null ? told : t('firstDay.printer.found', { name: isolated(offered.name) })}
        </span>
      </span>
      <span className={c('acts')}>
        {offered !== null && (
          <Button look="primary" onPress={offered.take}>
            {t(offered.isWorking ? 'manager.working' : 'firstDay.printer.take')}
          </Button>
        )}
        <Button look={!isOpen ? 'ghost' : isNext && offered === null ? 'primary' : 'plain'} onPress={open}>
          {t(
            offered !== null
              ? 'firstDay.printer.another'
              : isOpen
                ? `firstDay.${step}.act`
                : 'firstDay.change',
          )}
          {!isOpen && <span className={c('unseen')}>{title}</span>}
        </Button>
        {isNext && (
          <Button look="ghost" onPress={() => onSettle(step)}>
            {t(`firstDay.${step}.skip`)}
          </Button>
        )}
      </span>
    </li>
  );
}

/** After the connection: five things that make the day easier, and the way to the till past all of them. */
export function FirstDayScreen({ isNew }: { readonly isNew: boolean }) {
  const { t } = useTranslation();
  const { name } = useTill();
  const listRef = useRef<HTMLOListElement>(null);
  const nextRef = useRef<HTMLElement>(null);
  const headRef = useHeading(true, nextRef);
  const progress = useFirstDay();
  const told = useTold(progress);
  const settling = useSettling();
  const { found, failure } = useFoundPrinter();
  const error = settling.error ?? failure;
  // A step that was settled takes its button along: the focus goes on to the next one.
  useEffect(() => {
    nextRef.current = listRef.current?.querySelector<HTMLElement>('[data-next] button') ?? null;
  });
  const lead = progress.next === null ? 'leadDone' : isNew ? 'lead' : 'leadLater';
  const counted = { done: String(progress.done), of: String(steps.length) };
  return (
    <div className={c('page')}>
      <main className={c('alone')}>
        <Logo />
        <h1 ref={headRef} tabIndex={-1} className={c('title')}>
          {t(isNew ? 'firstDay.connected' : 'firstDay.title')}
        </h1>
        <p className={c('lead')}>{t(`firstDay.${lead}`, { till: name })}</p>
        <ol ref={listRef} className={c('list')}>
          {steps.map((step) => (
            <Line
              key={step}
              step={step}
              progress={progress}
              told={told(step)}
              onSettle={settling.settle}
              found={found}
            />
          ))}
        </ol>
        {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
        <div className={c('ends')}>
          <Button look="primary" onPress={() => view.show({ kind: 'till' })}>
            {t('firstDay.toTill')}
          </Button>
          {progress.next !== null && <span className={c('waits')}>{t('firstDay.waits')}</span>}
          <span className={c('count')} role="status">
            {t('firstDay.count', counted)}
          </span>
        </div>
      </main>
    </div>
  );
}
