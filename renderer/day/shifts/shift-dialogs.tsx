import { useState } from 'react';
import { cashOf, err, type Result } from '../../../preload/contract/app/values.ts';
import type { Amount, ShiftCount, ShiftReport } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { currencySymbol } from '../../kit/format.ts';
import { SafeAnswers } from '../../kit/safe-answers.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useKeys } from '../../kit/touch.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText, joinSentences, phraseText } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { openBefore } from './figures.ts';
import { readSum } from './read-sum.ts';
import { useDay } from './use-day.ts';

/** The contract's limits. */
const MOST_OF_A_MOVE = 120;
const MOST_OF_A_CLOSE = 200;

const quick = ['first', 'second'] as const;

interface MoveProps {
  readonly move: 'paid-in' | 'paid-out';
  /** Made with the dialog, so that a repeated press moves once. */
  readonly requestId: string;
  readonly onDone: () => void;
}

export function CashMoveDialog({ move, requestId, onDone }: MoveProps) {
  const { t, till } = useDay();
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [showsErrors, setShowsErrors] = useState(false);
  const read = readSum(text, till.currency, till.language);
  const isReasonMissing = reason.trim() === '';
  return (
    <PinDialog
      title={t(`shifts.moves.${move}.title`)}
      lead={t(`shifts.moves.${move}.lead`)}
      action={t(`shifts.moves.${move}.act`)}
      {...(move === 'paid-out' ? { act: 'paidOut', again: 'shifts:move paid-out' } : {})}
      isOnlyCashiers
      takesFocus={false}
      hasEnter
      check={() => {
        setShowsErrors(true);
        return read.ok && !isReasonMissing;
      }}
      send={async (proof): Promise<Result<object>> => {
        if (!read.ok) return err({ code: 'amount-invalid' });
        const approval = typeof proof === 'object' ? { approval: proof } : {};
        return bridge.shiftsMove({
          kind: move,
          amount: read.value,
          reason: reason.trim(),
          requestId,
          ...approval,
        });
      }}
      onDone={onDone}
    >
      <TextBox
        label={t('shifts.moves.sum')}
        unit={currencySymbol(till.currency, till.language)}
        inputMode="decimal"
        digits="sum"
        size="large"
        value={text}
        onChange={setText}
        error={showsErrors && !read.ok ? phraseText(t, read.error) : undefined}
        takesFocus
      />
      <TextBox
        label={t('shifts.moves.reason')}
        hint={t(`shifts.moves.${move}.reasonHint`)}
        value={reason}
        onChange={setReason}
        maxLength={MOST_OF_A_MOVE}
        error={showsErrors && isReasonMissing ? t('shifts.reasonMissing') : undefined}
      />
      <QuickReasons reasons={quick.map((one) => t(`shifts.moves.${move}.quick.${one}`))} onPick={setReason} />
    </PinDialog>
  );
}

interface OpenProps {
  readonly float: Amount;
  readonly drawer: ShiftReport['drawer'];
  readonly onDone: () => void;
}

/** A manager's approval of a drawer elsewhere, or of another float than the last count. */
export function ApproveOpeningDialog({ float, drawer, onDone }: OpenProps) {
  const { t } = useDay();
  const act = drawer === 'elsewhere' ? 'drawerElsewhere' : 'otherFloat';
  return (
    <PinDialog
      title={t('shifts.open.approve.title')}
      lead={t(`shifts.open.approve.${act}`)}
      action={t('shifts.open.act')}
      act={act}
      isOnlyCashiers
      send={(proof) =>
        bridge.shiftsOpen({ float, drawer, ...(typeof proof === 'object' ? { approval: proof } : {}) })
      }
      onDone={onDone}
    />
  );
}

interface CommitProps {
  readonly count: ShiftCount;
}

/** Expected cash is shown from here on, so the count is final. */
export function CommitDialog({ count }: CommitProps) {
  const { t, till, write, tender } = useDay();
  const { submit, error } = useSubmit(() => bridge.shiftsCommitCount({ count }), view.close);
  const told = till.tenders.filter((one) => one !== 'cash');
  const missing = told.filter((one) => !count.tenders.some((counted) => counted.tender === one));
  const open = useTopic('counts', (now) => now.queued + now.sending + now.unknown + now.review);
  const sinceMs = useTopic('shift', (now) => now.open?.openedAtMs ?? 0);
  const earlier = useTopic('activity', (entries) => openBefore(entries, sinceMs));
  const own = Math.max(0, open - earlier);
  const isOwn = useTopic('shift', ({ open }) => open?.drawer !== 'elsewhere');
  const title = isOwn
    ? t('shifts.commit.title', { sum: write.money(cashOf(count)) })
    : t('shifts.commit.titleOther');
  const lead = [
    t('shifts.commit.lead'),
    ...(missing.length === 0
      ? []
      : [t('shifts.commit.missing', { tenders: missing.map(tender).join(t('app.separator')) })]),
    ...(own === 0 ? [] : [t('shifts.commit.open', { count: own })]),
    ...(earlier === 0 ? [] : [t('shifts.commit.earlier', { count: earlier })]),
  ];
  return (
    <DialogFrame title={title} lead={joinSentences(t, lead)} onClose={view.close}>
      {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
      <SafeAnswers
        label={title}
        safe={t('shifts.commit.goOn')}
        onSafe={view.close}
        act={t('shifts.count.commit')}
        onAct={submit}
      />
    </DialogFrame>
  );
}

const showZ = ({ number }: { readonly number: number }) =>
  view.show({ kind: 'day', part: { kind: 'report', number, isNew: true } });

function CloseElsewhere() {
  const { t } = useDay();
  const { submit, error } = useSubmit(() => bridge.shiftsClose({ reason: null }), showZ);
  const title = t('shifts.close.elsewhere.title');
  return (
    <DialogFrame title={title} lead={t('shifts.close.elsewhere.lead')} onClose={view.close}>
      {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
      <SafeAnswers
        label={title}
        safe={t('shifts.close.elsewhere.stay')}
        onSafe={view.close}
        act={t('shifts.outcome.acts.close')}
        onAct={submit}
      />
    </DialogFrame>
  );
}

/** Above the limit: a reason, and a manager who did not count. */
function CloseWithReason() {
  const { t, variances } = useDay();
  const outcome = useTopic('shift', ({ open }) => open?.outcome ?? null);
  const [reason, setReason] = useState('');
  const [showsErrors, setShowsErrors] = useState(false);
  const isMissing = reason.trim() === '';
  const off = variances(outcome?.variances ?? []);
  return (
    <PinDialog
      title={t('shifts.close.reason.title')}
      lead={t('shifts.close.reason.lead', { off })}
      action={t('shifts.outcome.acts.close')}
      takesFocus={false}
      hasEnter
      check={() => {
        setShowsErrors(true);
        return !isMissing;
      }}
      send={(pin) => bridge.shiftsClose({ reason: reason.trim(), pin })}
      onDone={showZ}
    >
      <TextBox
        label={t('shifts.moves.reason')}
        hint={t('shifts.close.reason.hint')}
        value={reason}
        onChange={setReason}
        maxLength={MOST_OF_A_CLOSE}
        error={showsErrors && isMissing ? t('shifts.reasonMissing') : undefined}
        takesFocus
      />
      <QuickReasons reasons={[t('shifts.close.reason.unknown')]} onPick={setReason} />
    </PinDialog>
  );
}

export function CloseShiftDialog({ why }: { readonly why: 'elsewhere' | 'reason' }) {
  return why === 'elsewhere' ? <CloseElsewhere /> : <CloseWithReason />;
}

/** A manager sees expected cash before the count. */
export function WholeReportDialog({ onDone }: { readonly onDone: (report: ShiftReport) => void }) {
  const { t } = useDay();
  return (
    <PinDialog
      title={t('shifts.blind.whole')}
      lead={t('shifts.blind.lead')}
      action={t('shifts.blind.act')}
      send={(pin) => bridge.shiftsWholeReport({ pin })}
      onDone={({ report }) => onDone(report)}
    />
  );
}

interface Props {
  readonly reasons: readonly string[];
  readonly onPick: (reason: string) => void;
}

/** The most common reasons, for touch screens. */
function QuickReasons({ reasons, onPick }: Props) {
  const hasKeys = useKeys();
  if (!hasKeys) return null;
  return (
    <Answers>
      {reasons.map((reason) => (
        <Button key={reason} onPress={() => onPick(reason)}>
          {reason}
        </Button>
      ))}
    </Answers>
  );
}
