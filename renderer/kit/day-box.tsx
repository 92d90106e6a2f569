import { parseDate } from '@internationalized/date';
import { useContext, useEffect, useMemo, useState } from 'react';
import {
  DateField,
  DateFieldStateContext,
  DateInput,
  DateSegment,
  Label,
  Text,
} from 'react-aria-components/DateField';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { useTranslation } from 'react-i18next';
import { dateLocale } from '../../preload/contract/app/values.ts';
import { classNames } from './class-names.ts';
import styles from './day-box.module.css';
import box from './text-box.module.css';
import { WrittenAs } from './written-as.ts';

const c = classNames(styles, box);

/** A partly typed day: not a valid one. */
const HALF_TYPED = '…';

interface Props {
  readonly label: string;
  /** `2026-11-26`; empty: none. */
  readonly value: string;
  /** A partly typed day is not reported as none: a rule without an end would differ. */
  readonly onChange: (day: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly isDisabled?: boolean;
}

/** What an empty part says is of our own words: react-aria's Malay takes a month for minutes. */
const isPart = (type: string): type is 'day' | 'month' | 'year' =>
  type === 'day' || type === 'month' || type === 'year';

export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Says what the parts come to where that is half a day, or the same one again. */
function Typed({ value, onChange }: Pick<Props, 'value' | 'onChange'>) {
  const state = useContext(DateFieldStateContext);
  const parts = (state?.segments ?? []).filter(({ isEditable }) => isEditable);
  const left = parts.filter(({ isPlaceholder }) => isPlaceholder).length;
  const typed = left === 0 ? String(state?.value ?? HALF_TYPED) : left === parts.length ? '' : HALF_TYPED;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed is reported, once.
  useEffect(() => {
    if (typed !== value) onChange(typed);
  }, [typed]);
  return null;
}

/** A day, typed or stepped by arrows, in the order of the till's language and region. */
export function DayBox({ label, value, onChange, hint, error, isDisabled = false }: Props) {
  const { t } = useTranslation();
  const note = error ?? hint;
  // The parts of a day stay while one of them is typed anew.
  const [whole, setWhole] = useState(value);
  if (value !== HALF_TYPED && value !== whole) setWhole(value);
  const day = useMemo(() => (isDay(whole) ? parseDate(whole) : null), [whole]);
  return (
    <I18nProvider locale={dateLocale(useContext(WrittenAs))}>
      <DateField
        className={c('box', error !== undefined && 'bad')}
        value={day}
        isDisabled={isDisabled}
        onChange={(typed) => onChange(typed === null ? '' : typed.toString())}
        isInvalid={error !== undefined}
        shouldForceLeadingZeros
      >
        <Label className={c('label')}>{label}</Label>
        <DateInput className={c('field', 'day')}>
          {(segment) => (
            <DateSegment segment={segment} className={c('part')}>
              {segment.isPlaceholder && isPart(segment.type) ? t(`dayParts.${segment.type}`) : segment.text}
            </DateSegment>
          )}
        </DateInput>
        <Typed value={value} onChange={onChange} />
        {note !== undefined && (
          <Text slot="description" className={c(error === undefined ? 'hint' : 'error')} aria-live="polite">
            {note}
          </Text>
        )}
      </DateField>
    </I18nProvider>
  );
}
