import type { KeyboardEvent, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import {
  compareAmounts,
  currencyDecimals,
  isZeroAmount,
  padAmount,
} from '../../../preload/contract/app/values.ts';
import type { Amount } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { denominations } from '../../kit/denominations.ts';
import { currencySymbol, plain } from '../../kit/format.ts';
import { Press } from '../../kit/press.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useKeys } from '../../kit/touch.ts';
import { useTill } from '../../shared/topics.ts';
import { BackKey } from './back-key.tsx';
import { confirmForm, topUp, useForm, useTopUp } from './form.ts';
import { notesAbove } from './paid.ts';
import styles from './top-up-panel.module.css';
import { CONFIRM_REASON_ID } from './use-problem-words.ts';

const c = classNames(styles);

interface Props {
  readonly isDisabled: boolean;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** Cash handed over: exactly the sum, likely sums, or typed. */
export function CashReceived({ isDisabled, inputRef }: Props) {
  const { t } = useTranslation();
  const till = useTill();
  const hasKeys = useKeys();
  const text = useTopUp((state) => state.givenText);
  const paid = useForm(({ amount }) => amount);
  const given = useForm((read) => read.given);
  const isWrong = useForm((read) => !read.topUp.ok && read.topUp.error.kind.startsWith('given'));
  const sum = paid.ok && !isZeroAmount(paid.value) ? paid.value : null;
  const give = (value: Amount) => {
    topUp.edit('givenText', plain(padAmount(value, currencyDecimals(till.currency)), till.language));
    topUp.focusGiven();
  };
  const tile = (value: Amount, words: string) => (
    <Press
      key={words}
      className={c('tile')}
      isDisabled={isDisabled}
      isSelected={given.ok && compareAmounts(given.value, value) === 0}
      onPress={() => give(value)}
    >
      {words}
    </Press>
  );
  // The vertical arrows, unused in one line, and Shift+Tab lead back to the tenders.
  const toWays = (event: KeyboardEvent) => {
    const isBack = event.key === 'Tab' && event.shiftKey;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown' && !isBack) return;
    event.preventDefault();
    topUp.focusTender();
  };
  return (
    <fieldset className={c('offer', 'cash')} aria-label={t('form.given')} onKeyDown={toWays}>
      <span className={c('caption')} aria-hidden="true">
        {t('form.given')}
      </span>
      {sum !== null && tile(sum, t('form.exact'))}
      {sum !== null &&
        notesAbove(sum, denominations(till.currency)).map((value) =>
          tile(value, plain(value, till.language)),
        )}
      <TextBox
        label={t('form.given')}
        placeholder={t('common.optional')}
        size="bare"
        unit={currencySymbol(till.currency, till.language)}
        inputMode={hasKeys ? 'none' : 'decimal'}
        value={text}
        onChange={(typed) => topUp.edit('givenText', typed)}
        onEnter={confirmForm}
        scan="form-field"
        takesDigits
        inputRef={inputRef}
        isDisabled={isDisabled}
        action={<BackKey />}
        problemId={isWrong ? CONFIRM_REASON_ID : undefined}
      />
    </fieldset>
  );
}
