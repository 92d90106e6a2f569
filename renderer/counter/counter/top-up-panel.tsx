import { type FocusEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { currencySymbol, plain } from '../../kit/format.ts';
import { TextBox } from '../../kit/text-box.tsx';
import { useKeys } from '../../kit/touch.ts';
import { ONE_COLUMN, useMedia } from '../../kit/use-media.ts';
import { useTill } from '../../shared/topics.ts';
import { BackKey } from './back-key.tsx';
import { CashReceived } from './cash-received.tsx';
import { ConfirmBar } from './confirm-bar.tsx';
import { confirmForm, topUp, useForm, useTopUp } from './form.ts';
import { FailureOfForm } from './form-failure.tsx';
import { Keypad } from './keypad.tsx';
import { MemberRecent } from './member-recent.tsx';
import { MemberSlot } from './member-slot.tsx';
import { NoteButton, useNote } from './note-field.tsx';
import { QuickAmounts } from './quick-amounts.tsx';
import { Ticket } from './ticket.tsx';
import styles from './top-up-panel.module.css';
import { isReceivable } from './top-up-state.ts';
import { CONFIRM_REASON_ID } from './use-problem-words.ts';

const c = classNames(styles);

type InputRef = RefObject<HTMLInputElement | null>;

/** Moves the focus as the store requests; `turn` makes the same place a new request. */
function useFocusTurns() {
  const memberRef = useRef<HTMLInputElement>(null);
  const amountRef = useRef<HTMLInputElement>(null);
  const givenRef = useRef<HTMLInputElement>(null);
  const focus = useTopUp((state) => state.focus);
  useEffect(() => {
    if (focus.to === 'member') {
      memberRef.current?.focus();
      // Selected, so that typing replaces a failed number.
      memberRef.current?.select();
    }
    if (focus.to === 'amount') amountRef.current?.focus();
    if (focus.to === 'given') givenRef.current?.focus();
  }, [focus]);
  return { memberRef, amountRef, givenRef };
}

/** Whether the amount was focused last, sums beside it included; a later turn that leads elsewhere ends it. */
function useAtAmount(amountRef: InputRef) {
  const focus = useTopUp((state) => state.focus);
  const [since, setSince] = useState<number | null>(null);
  const onFocus = ({ target }: FocusEvent) => {
    if (target === amountRef.current) setSince(focus.turn);
    else if (target.closest(`[class~="${styles['offer']}"]`) === null) setSince(null);
  };
  return { isAtAmount: since !== null && (since === focus.turn || focus.to === 'amount'), onFocus };
}

interface AmountProps {
  readonly isDisabled: boolean;
}

function AmountField({ isDisabled, inputRef }: AmountProps & { readonly inputRef: InputRef }) {
  const { t } = useTranslation();
  const till = useTill();
  const hasKeys = useKeys();
  const text = useTopUp((state) => state.amountText);
  const isRight = useForm(({ amount }) => amount.ok);
  return (
    <TextBox
      label={t('form.amount')}
      unit={currencySymbol(till.currency, till.language)}
      inputMode={hasKeys ? 'none' : 'decimal'}
      size="amount"
      value={text}
      onChange={(typed) => topUp.edit('amountText', typed)}
      onEnter={confirmForm}
      scan="form-field"
      takesDigits={text.trim() === ''}
      inputRef={inputRef}
      isDisabled={isDisabled}
      action={<BackKey />}
      problemId={isRight ? undefined : CONFIRM_REASON_ID}
    />
  );
}

function PointsField({ isDisabled }: AmountProps) {
  const { t } = useTranslation();
  const till = useTill();
  const hasKeys = useKeys();
  const text = useTopUp((state) => state.pointsText);
  const byRule = useForm((read) => read.pointsByRule);
  const isRight = useForm(({ points }) => byRule !== null || points.ok);
  return (
    <TextBox
      label={t('form.points')}
      inputMode={hasKeys ? 'none' : 'decimal'}
      size="count"
      value={byRule === null ? text : plain(byRule, till.language)}
      onChange={(typed) => topUp.edit('pointsText', typed)}
      onEnter={confirmForm}
      scan="form-field"
      isDisabled={isDisabled || byRule !== null}
      action={<BackKey />}
      problemId={isRight ? undefined : CONFIRM_REASON_ID}
    />
  );
}

interface Props {
  /** The purchase, where the shop's rules ask for it. */
  readonly purchase: ReactNode;
  readonly rules: ReactNode;
}

/** The form: one column in which nothing scrolls and nothing moves, the member on top and the hands at the bottom. */
export function TopUpPanel({ purchase, rules }: Props) {
  const { t } = useTranslation();
  const { memberRef, amountRef, givenRef } = useFocusTurns();
  const { isAtAmount, onFocus } = useAtAmount(amountRef);
  const hasKeys = useKeys();
  const isOneColumn = useMedia(ONE_COLUMN);
  const hasSaved = useTopUp(({ saved }) => saved !== null);
  // The quick sums stay while there is nothing that cash could be received for.
  const isCash = useTopUp((state) => state.tender === 'cash' && isReceivable(state));
  const isClosed = useTopUp((state) => state.member !== null && state.member.status !== 'active');
  const note = useNote();
  const { tenders } = useTill();
  // The next digit of the pad begins another sum; the next key of a keyboard chooses the way to pay.
  const onPick = () => {
    if (!hasKeys && tenders.length > 0) return topUp.focusTender();
    amountRef.current?.focus();
    if (hasKeys) requestAnimationFrame(() => amountRef.current?.select());
  };
  const offer =
    isCash && !isAtAmount ? (
      <CashReceived isDisabled={isClosed} inputRef={givenRef} />
    ) : (
      <QuickAmounts isDisabled={isClosed} onPick={onPick} />
    );
  return (
    <section
      className={c('panel', hasKeys && 'keys')}
      aria-label={t('form.region')}
      onFocus={onFocus}
      data-keeps-focus
    >
      <div className={c('form')}>
        {isOneColumn && hasSaved && <Ticket />}
        <MemberSlot inputRef={memberRef} />
        <div className={c('sums')}>
          <AmountField isDisabled={isClosed} inputRef={amountRef} />
          <PointsField isDisabled={isClosed} />
          {purchase}
          <NoteButton isDisabled={isClosed} onPress={note.open} />
        </div>
        {note.field ?? offer}
        <div className={c('rest')}>
          <FailureOfForm />
          {rules}
          {hasKeys ? <Keypad /> : <MemberRecent />}
        </div>
      </div>
      <ConfirmBar />
    </section>
  );
}
