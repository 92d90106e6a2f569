import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type AmountRules,
  amount,
  currencyDecimals,
  findStates,
  separators,
  standardTenders,
} from '../../../preload/contract/app/values.ts';
import type { EntryFilter, Till } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { DayBox, isDay } from '../../kit/day-box.tsx';
import { currencySymbol, plain } from '../../kit/format.ts';
import { SelectBox } from '../../kit/select-box.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { TextBox } from '../../kit/text-box.tsx';
import { useTill, useTopic } from '../../shared/topics.ts';
import { cashiersOf, readSums } from './filter.ts';
import styles from './find.module.css';
import { finder, useFinding } from './use-finder.ts';

const c = classNames(styles);

const ANY = '*';

/** More than any entry has. */
const highest = amount('99999999999');

const rulesOf = (till: Till): AmountRules => ({
  ...separators(till.language),
  decimals: currencyDecimals(till.currency),
  cap: highest,
});

function typedSums({ least, most }: EntryFilter, language: string): string {
  const say = (value: EntryFilter['least']) => (value === null ? '' : plain(value, language));
  if (least === null && most === null) return '';
  return least === most ? say(least) : `${say(least)}-${say(most)}`;
}

/** An amount or a range; an invalid one changes nothing and shows an error. */
function SumBox() {
  const { t } = useTranslation();
  const till = useTill();
  const [typed, setTyped] = useState(() => typedSums(finder.store.getState().filter, till.language));
  const isAny = useFinding(finder, ({ filter: { least, most } }) => least === null && most === null);
  const read = readSums(typed, rulesOf(till));
  // The filter was widened elsewhere: the text goes as well.
  const shown = isAny && read !== undefined && (read.least ?? read.most) !== null ? '' : typed;
  const change = (text: string) => {
    setTyped(text);
    const sums = readSums(text, rulesOf(till));
    if (sums !== undefined) finder.change(sums, true);
  };
  return (
    <TextBox
      label={t('find.sum')}
      unit={currencySymbol(till.currency, till.language)}
      placeholder={t('find.sumExample')}
      value={shown}
      onChange={change}
      error={read === undefined ? t('find.sumWrong') : undefined}
    />
  );
}

function Choice<T extends string>(props: {
  readonly label: string;
  readonly values: readonly T[];
  readonly chosen: T | null;
  readonly onChoose: (value: T | null) => void;
  readonly say: (value: T) => string;
}) {
  const { t } = useTranslation();
  const { label, values, chosen, onChoose, say } = props;
  return (
    <SelectBox<T | typeof ANY>
      label={label}
      values={[ANY, ...values]}
      chosen={chosen ?? ANY}
      onChoose={(value) => onChoose(value === ANY ? null : value)}
      say={(value) => (value === ANY ? t('find.any') : say(value))}
    />
  );
}

const kinds = ['top-up', 'award', 'reversal'] as const;

function Days() {
  const { t } = useTranslation();
  const { fromDay, toDay } = useFinding(finder, ({ filter }) => filter);
  // While a day is half typed, what was found stays.
  const change = (which: 'fromDay' | 'toDay') => (day: string) => {
    if (day === '' || isDay(day)) finder.change({ [which]: day || null }, true);
  };
  return (
    <>
      <DayBox label={t('find.fromDay')} value={fromDay ?? ''} onChange={change('fromDay')} />
      <DayBox label={t('find.toDay')} value={toDay ?? ''} onChange={change('toDay')} />
    </>
  );
}

/** A cashier with entries, or part of a name; empty: anyone. */
function CashierBox() {
  const { t } = useTranslation();
  const people = useTopic('people');
  const cashier = useFinding(finder, ({ filter }) => filter.cashier);
  const rows = useFinding(finder, (finding) => finding.rows);
  const choices = useMemo(
    () =>
      cashiersOf(
        (people?.list ?? []).map(({ name }) => name),
        rows,
      ),
    [people, rows],
  );
  return (
    <TextBox
      label={t('find.cashier')}
      placeholder={t('find.anyone')}
      choices={choices}
      value={cashier}
      onChange={(text) => finder.change({ cashier: text.slice(0, 100) }, true)}
    />
  );
}

function ShiftBox() {
  const { t } = useTranslation();
  const isUsed = useTopic('shift', (of) => of.isUsed);
  const shift = useFinding(finder, ({ filter }) => filter.shift);
  if (!isUsed) return null;
  return (
    <TextBox
      label={t('find.shift')}
      inputMode="numeric"
      value={shift === null ? '' : String(shift)}
      onChange={(text) => {
        const digits = text.replace(/\D/g, '').slice(0, 9);
        finder.change({ shift: digits === '' ? null : Number(digits) }, true);
      }}
    />
  );
}

export function FilterFields() {
  const { t } = useTranslation();
  const till = useTill();
  const filter = useFinding(finder, (finding) => finding.filter);
  const tenders = [...new Set([...standardTenders, ...till.tenders, ''])];
  return (
    <div className={c('fields')}>
      <Days />
      <SumBox />
      <SelectBox
        label={t('find.sumOf')}
        values={['principal', 'whole'] as const}
        chosen={filter.sumOf}
        onChoose={(sumOf) => finder.change({ sumOf })}
        say={(sumOf) => t(`find.sumsOf.${sumOf}`)}
      />
      <Choice
        label={t('find.state')}
        values={findStates}
        chosen={filter.state}
        onChoose={(state) => finder.change({ state })}
        say={(state) => t(`find.states.${state}`)}
      />
      <Choice
        label={t('find.tender')}
        values={tenders}
        chosen={filter.tender}
        onChoose={(tender) => finder.change({ tender })}
        say={(tender) => (tender === '' ? t('find.noTender') : tenderWords(t, tender))}
      />
      <Choice
        label={t('find.kind')}
        values={kinds}
        chosen={filter.kind}
        onChoose={(kind) => finder.change({ kind })}
        say={(kind) => t(`entry.kinds.${kind}`)}
      />
      <CashierBox />
      <ShiftBox />
    </div>
  );
}
