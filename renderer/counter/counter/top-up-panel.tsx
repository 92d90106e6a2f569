import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { currencySymbol, plain } from '../../kit/format.ts';
import { Icon } from '../../kit/icons.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useKeys } from '../../kit/touch.ts';
import { ONE_COLUMN, useMedia } from '../../kit/use-media.ts';
import { useTill } from '../../shared/topics.ts';
import { CashReceived } from './cash-received.tsx';
import { ConfirmBar } from './confirm-bar.tsx';
import { topUp, useForm, useTopUp } from './form.ts';
import { FailureOfForm } from './form-failure.tsx';
import { Keypad } from './keypad.tsx';
import { MemberRecent } from './member-recent.tsx';
import { MEMBER_SLOT_ID, MemberSlot } from './member-slot.tsx';
import { NoteButton, NoteField, useNote } from './note-field.tsx';
import { QuickAmounts } from './quick-amounts.tsx';
import styles from './top-up-panel.module.css';
import { CONFIRM_REASON_ID } from './use-problem-words.ts';

const c = classNames(styles);

type InputRef = RefObject<HTMLInputElement | null>;

/** Moves the focus as the store requests; `turn` makes the same place a new request. */
function useFocusTurns() {
  const memberRef = useRef<HTMLInputElement>(null);
  const amountRef = useRef<HTMLInputElement>(null);
  const focus = useTopUp((state) => state.focus);
  useEffect(() => {
    if (focus.to === 'member') {
      memberRef.current?.focus();
      // Selected, so that typing replaces a failed number.
      memberRef.current?.select();
    }
    if (focus.to === 'amount') amountRef.current?.focus();
  }, [focus]);
  return { memberRef, amountRef };
}

/** For touch; no keyboard stop, since Enter does the same. */
function LookUpButton() {
  const { t } = useTranslation();
  return (
    <Button
      look="ghost"
      shape="icon"
      aria-label={t('form.lookUp')}
      excludeFromTabOrder
      preventFocusOnPress
      onPress={() => void topUp.lookUp()}
    >
      <Icon name="find" />
    </Button>
  );
}

function MemberField({ inputRef }: { readonly inputRef: InputRef }) {
  const { t } = useTranslation();
  const text = useTopUp((state) => state.memberText);
  const hasFailed = useTopUp((state) => state.lookupError !== null);
  return (
    <TextBox
      label={t('form.member')}
      placeholder={t('form.memberHint')}
      size="large"
      lead={<Icon name="card" />}
      value={text}
      onChange={topUp.typeMember}
      onEnter={() => void topUp.lookUp()}
      scan="member"
      inputRef={inputRef}
      problemId={hasFailed ? MEMBER_SLOT_ID : undefined}
      action={<LookUpButton />}
    />
  );
}

interface AmountProps {
  readonly onEnter: () => void;
  readonly isDisabled: boolean;
}

function AmountField({ onEnter, isDisabled, inputRef }: AmountProps & { readonly inputRef: InputRef }) {
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
      onEnter={onEnter}
      scan="form-field"
      inputRef={inputRef}
      isDisabled={isDisabled}
      problemId={isRight ? undefined : CONFIRM_REASON_ID}
    />
  );
}

function PointsField({ onEnter, isDisabled }: AmountProps) {
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
      onEnter={onEnter}
      scan="form-field"
      isDisabled={isDisabled || byRule !== null}
      problemId={isRight ? undefined : CONFIRM_REASON_ID}
    />
  );
}

interface Props {
  readonly onConfirm: () => void;
  /** Enter in a field. */
  readonly onEnter: () => void;
  readonly rules: ReactNode;
}

export function TopUpPanel({ onConfirm, onEnter, rules }: Props) {
  const { t } = useTranslation();
  const { memberRef, amountRef } = useFocusTurns();
  const hasKeys = useKeys();
  const isOneColumn = useMedia(ONE_COLUMN);
  const isCash = useTopUp(({ tender }) => tender === 'cash');
  const isFound = useTopUp(({ member }) => member !== null);
  const note = useNote();
  const isClosed = useTopUp((state) => state.member !== null && state.member.status !== 'active');
  return (
    <section className={c('panel', hasKeys && 'keys')} aria-label={t('form.region')} data-keeps-focus>
      <div className={c('form')}>
        <div className={c('fields')}>
          <div className={c('who', isFound && 'found')}>
            <MemberField inputRef={memberRef} />
            <MemberSlot />
          </div>
          <div className={c('two')}>
            <AmountField onEnter={onEnter} isDisabled={isClosed} inputRef={amountRef} />
            <PointsField onEnter={onEnter} isDisabled={isClosed} />
            {hasKeys && <NoteButton note={note} isDisabled={isClosed} />}
          </div>
          {isCash ? (
            <CashReceived isDisabled={isClosed} onEnter={onEnter} />
          ) : (
            <QuickAmounts isDisabled={isClosed} onPick={() => amountRef.current?.focus()} />
          )}
          {rules}
          {!hasKeys && note.isFolded && <NoteButton note={note} isDisabled={isClosed} />}
          {!note.isFolded && <NoteField note={note} isDisabled={isClosed} onEnter={onEnter} />}
          <MemberRecent />
        </div>
        {!isOneColumn && <FailureOfForm />}
        {hasKeys && <Keypad />}
      </div>
      <ConfirmBar onConfirm={onConfirm} onEnter={onEnter} hasFailure={isOneColumn} />
    </section>
  );
}
