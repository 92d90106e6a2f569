import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import {
  currencyDecimals,
  formatPlain,
  isZeroAmount,
  separators,
} from '../../../preload/contract/app/values.ts';
import type { Amount, AppError, ShiftCount } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { denominations } from '../../kit/denominations.ts';
import { currencySymbol } from '../../kit/format.ts';
import { TextBox } from '../../kit/text-box.tsx';
import { useKeys } from '../../kit/touch.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText, phraseText } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './count.module.css';
import {
  type CountFields,
  type CountPlan,
  countFields,
  type ReadCount,
  readCount,
  stepPieces,
  tenderField,
} from './count-form.ts';
import { type CountKeeper, createCountKeeper } from './count-keeper.ts';
import { useDay } from './use-day.ts';

const c = classNames(card, styles);

function usePlan(): CountPlan {
  const { till } = useDay();
  const isOwn = useTopic('shift', ({ open }) => open?.drawer !== 'elsewhere');
  return useMemo(
    () => ({
      denominations: isOwn ? denominations(till.currency) : [],
      tenders: till.tenders.filter((tender) => tender !== 'cash'),
      money: { ...separators(till.language), decimals: currencyDecimals(till.currency) },
      locale: till.language,
    }),
    [isOwn, till.currency, till.language, till.tenders],
  );
}

/** A count that is stored with every key, and resumed. */
function useCount() {
  const plan = usePlan();
  const kept = useTopic('shift', ({ open }) => open?.countSoFar ?? null);
  const [first] = useState(kept);
  const [fields, setFields] = useState(() =>
    countFields(first, plan, (value) => formatPlain(value, plan.locale)),
  );
  const [failure, setFailure] = useState<AppError | null>(null);
  const keeper = useRef<CountKeeper | null>(null);
  keeper.current ??= createCountKeeper((count) => bridge.shiftsKeepCount({ count }), setFailure);
  const read = readCount(fields, plan);
  return {
    plan,
    fields,
    read,
    failure,
    isResumed: first !== null && (first.pieces.length > 0 || first.tenders.length > 0),
    edit: (change: Partial<CountFields>) => {
      const next = { ...fields, ...change };
      setFields(next);
      keeper.current?.keep(readCount(next, plan).count);
    },
    settled: () => keeper.current?.settled(),
  };
}

const COMMIT = 'commit-count';

/** Enter moves to the next box, and from the last one to the button. */
function toNext(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
  const boxes = [...event.currentTarget.querySelectorAll('input')];
  const next = boxes[boxes.indexOf(event.target) + 1];
  event.preventDefault();
  if (event.repeat) return;
  if (next === undefined) document.getElementById(COMMIT)?.focus();
  else {
    // To select alone brings nothing into sight.
    next.focus();
    next.select();
  }
}

const keySteps: Readonly<Record<string, 1 | -1>> = { ArrowUp: 1, ArrowDown: -1 };

interface HeapProps {
  readonly value: Amount;
  readonly typed: string;
  readonly sum: Amount;
  readonly problem: string | undefined;
  readonly takesFocus: boolean;
  readonly onType: (typed: string) => void;
}

/** Pieces of one denomination, typed or stepped by button or arrow. */
function Heap({ value, typed, sum, problem, takesFocus, onType }: HeapProps) {
  const { t, write } = useDay();
  const id = useId();
  const hasKeys = useKeys();
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) ref.current?.focus();
  }, [takesFocus]);
  const name = write.money(value);
  const step = (by: 1 | -1) => onType(stepPieces(typed, by));
  return (
    <div className={c('heap', problem !== undefined && 'bad', typed.trim() !== '' && 'some')}>
      <label htmlFor={id} className={c('worth')}>
        {name}
      </label>
      <span className={c('stepper')}>
        <Button
          shape="icon"
          look="ghost"
          excludeFromTabOrder
          preventFocusOnPress
          aria-label={t('shifts.count.less', { value: name })}
          onPress={() => step(-1)}
        >
          {'−'}
        </Button>
        <input
          id={id}
          ref={ref}
          className={c('pieces')}
          inputMode={hasKeys ? 'none' : 'numeric'}
          data-digits="count"
          autoComplete="off"
          value={typed}
          placeholder="0"
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : `${id}-note`}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={(event) => {
            const by = keySteps[event.key];
            if (by === undefined) return;
            event.preventDefault();
            step(by);
          }}
        />
        <Button
          shape="icon"
          look="ghost"
          excludeFromTabOrder
          preventFocusOnPress
          aria-label={t('shifts.count.more', { value: name })}
          onPress={() => step(1)}
        >
          {'+'}
        </Button>
      </span>
      <span className={c('sum', isZeroAmount(sum) && 'none')}>{write.money(sum)}</span>
      {problem !== undefined && (
        <p id={`${id}-note`} className={c('problem')} aria-live="polite">
          {problem}
        </p>
      )}
    </div>
  );
}

interface FieldsProps {
  readonly count: ReturnType<typeof useCount>;
}

function CashFields({ count: { plan, fields, read, edit } }: FieldsProps) {
  const { t, till } = useDay();
  const problemOf = (field: string) => {
    const phrase = read.problems[field];
    return phrase === undefined ? undefined : phraseText(t, phrase);
  };
  if (plan.denominations.length === 0) return null;
  const half = Math.ceil(plan.denominations.length / 2);
  const heap = (value: Amount) => (
    <Heap
      key={value}
      value={value}
      typed={fields.pieces[value] ?? ''}
      sum={read.sums[value] ?? value}
      problem={problemOf(value)}
      takesFocus={value === plan.denominations[0]}
      onType={(typed) => edit({ pieces: { ...fields.pieces, [value]: typed } })}
    />
  );
  return (
    <fieldset className={c('card')}>
      <legend className={c('legend')}>{t('shifts.count.cash')}</legend>
      <div className={c('heaps')}>
        <div>{plan.denominations.slice(0, half).map(heap)}</div>
        <div>{plan.denominations.slice(half).map(heap)}</div>
      </div>
      <div className={c('others')}>
        <TextBox
          label={t('shifts.count.rest')}
          hint={t('shifts.count.restHint')}
          unit={currencySymbol(till.currency, till.language)}
          inputMode="decimal"
          digits="sum"
          value={fields.rest}
          onChange={(rest) => edit({ rest })}
          error={problemOf('rest')}
        />
      </div>
    </fieldset>
  );
}

function TenderFields({ count: { plan, fields, read, edit } }: FieldsProps) {
  const { t, till, tender } = useDay();
  if (plan.tenders.length === 0) return null;
  return (
    <fieldset className={c('card')}>
      <legend className={c('legend')}>{t('shifts.count.tenders')}</legend>
      <p className={c('hint')}>{t('shifts.count.tendersHint')}</p>
      <div className={c('others')}>
        {plan.tenders.map((one) => {
          const phrase = read.problems[tenderField(one)];
          return (
            <TextBox
              key={one}
              label={tender(one)}
              unit={currencySymbol(till.currency, till.language)}
              inputMode="decimal"
              digits="sum"
              value={fields.tenders[one] ?? ''}
              onChange={(typed) => edit({ tenders: { ...fields.tenders, [one]: typed } })}
              error={phrase === undefined ? undefined : phraseText(t, phrase)}
            />
          );
        })}
      </div>
    </fieldset>
  );
}

interface ActsProps {
  readonly read: ReadCount;
  readonly onCommit: (count: ShiftCount) => void;
}

function Acts({ read, onCommit }: ActsProps) {
  const { t } = useDay();
  const wrong = Object.keys(read.problems).length;
  const leave = useSubmit(
    () => bridge.shiftsLeaveCount({}),
    () => view.show({ kind: 'till' }),
  );
  return (
    <>
      {wrong > 0 && <span className={c('wrong')}>{t('shifts.count.wrong', { count: wrong })}</span>}
      {leave.error !== null && <ErrorNote>{errorText(t, leave.error)}</ErrorNote>}
      <Button onPress={leave.submit}>{t('shifts.count.leave')}</Button>
      <Button id={COMMIT} look="primary" isDisabled={wrong > 0} onPress={() => onCommit(read.count)}>
        {t('shifts.count.commit')}
      </Button>
    </>
  );
}

/** Beside the heaps, above the digits. */
function SoFar({ cash }: { readonly cash: Amount }) {
  const { t, write } = useDay();
  return (
    <output className={c('running')}>
      <span className={c('told')}>{t('shifts.count.soFar')}</span>
      <b className={c('total')}>{write.money(cash)}</b>
    </output>
  );
}

/** A blind count; leaving the screen keeps it. */
export function CountScreen() {
  const { t } = useDay();
  const count = useCount();
  const commit = async (counted: ShiftCount) => {
    // The last stored count must arrive before the commit.
    await count.settled();
    view.open({ kind: 'shift-commit', count: counted });
  };
  return (
    <ScreenFrame
      title={t('shifts.count.title')}
      lead={t('shifts.count.lead')}
      takesFocus={false}
      hasSums
      beside={count.plan.denominations.length > 0 && <SoFar cash={count.read.cash} />}
      actions={<Acts read={count.read} onCommit={(counted) => void commit(counted)} />}
    >
      {count.isResumed && <p className={c('resumed')}>{t('shifts.count.resumed')}</p>}
      {count.failure !== null && <ErrorNote>{errorText(t, count.failure)}</ErrorNote>}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the controls are the fields inside. */}
      <div className={c('fields')} onKeyDown={toNext}>
        <CashFields count={count} />
        <TenderFields count={count} />
      </div>
    </ScreenFrame>
  );
}
