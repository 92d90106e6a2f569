import { useEffect, useRef } from 'react';
import { PracticeBanner, PracticeGuide } from './app/practice/index.ts';
import {
  ClockNote,
  JournalAlarm,
  NumberAlarm,
  OfflinePanel,
  PausePanel,
  StatusStrip,
} from './app/status/index.ts';
import { ActivityPanel, DayTiles } from './counter/activity/index.ts';
import {
  Ticket,
  TopUpPanel,
  topUp,
  useCustomerDisplay,
  useMemberFocus,
  useTillKeys,
  useTopUp,
} from './counter/counter/index.ts';
import { ReviewRegion } from './counter/review/index.ts';
import { classNames } from './kit/class-names.ts';
import { ONE_COLUMN, useMedia } from './kit/use-media.ts';
import { Later } from './later.tsx';
import { CareNotes } from './safety/backups/index.ts';
import { PlaceNote } from './safety/support/index.ts';
import { useTopic } from './shared/topics.ts';
import { view } from './shared/view.ts';
import styles from './till-screen.module.css';

const c = classNames(styles);

/** Keeps the card on the form true while its member's entries go their way. */
function useFreshCard() {
  const uid = useTopUp((state) => state.member?.customerUid);
  const fingerprint = useTopic('activity', (activity) =>
    uid === undefined
      ? ''
      : activity
          .filter((entry) => entry.customerUid === uid)
          .map(({ id, state, needsAcknowledgement }) => `${id} ${state} ${needsAcknowledgement}`)
          .join(),
  );
  const seen = useRef({ uid, fingerprint });
  useEffect(() => {
    // A member who was just looked up is fresh already.
    const isSame = seen.current.uid === uid && seen.current.fingerprint !== fingerprint;
    seen.current = { uid, fingerprint };
    if (isSame) void topUp.refreshCard();
  }, [uid, fingerprint]);
}

const openDay = () => view.show({ kind: 'day', part: { kind: 'shift' } });

/** A shop that never opened a shift is told nothing of them, and nothing of them is loaded. */
const useShifts = () => useTopic('shift', ({ isUsed, otherTill }) => isUsed || otherTill !== null);

/** Receipts that may not have come out; nothing of it is loaded before there are such. */
function ReceiptsCall() {
  const isCalled = useTopic('receipts', ({ unsettled }) => unsettled > 0);
  return isCalled && <Later>{({ ReceiptsNote }) => <ReceiptsNote />}</Later>;
}

/** The same of bonuses that were perhaps had elsewhere too. */
function CollisionsCall() {
  const isCalled = useTopic('rules', ({ collisions }) => collisions > 0);
  return isCalled && <Later>{({ CollisionsNote }) => <CollisionsNote />}</Later>;
}

/** What leads whoever practises: through an outage where that is on, else through the first minute. */
function PracticeLead() {
  const isDrill = useTopic('drill', (drill) => drill !== null);
  return isDrill ? <Later>{({ DrillPanel }) => <DrillPanel />}</Later> : <PracticeGuide />;
}

interface Props {
  /** False: no more than what a person types into is drawn. */
  readonly isWhole: boolean;
}

export function TillScreen({ isWhole }: Props) {
  useFreshCard();
  useTillKeys();
  useCustomerDisplay();
  useMemberFocus();
  const isOneColumn = useMedia(ONE_COLUMN);
  const isPractice = useTopic('mode', (mode) => mode === 'practice');
  const hasRules = useTopic('rules', ({ version }) => version > 0);
  const hasShifts = useShifts();
  const isChoosing = useTopUp(({ choices }) => choices !== null);
  const confirm = () => void topUp.confirm();
  const enter = () => void topUp.enter();
  return (
    <div className={c('page')}>
      <header>
        <PracticeBanner />
        {isPractice && isOneColumn && <PracticeLead />}
        <StatusStrip
          onDay={hasShifts ? openDay : null}
          shift={hasShifts && <Later>{({ ShiftLine }) => <ShiftLine />}</Later>}
          onMenu={() => view.open({ kind: 'menu' })}
        />
        <JournalAlarm />
        <NumberAlarm />
      </header>
      <main className={c('main')}>
        <TopUpPanel
          onConfirm={confirm}
          onEnter={enter}
          rules={hasRules && <Later>{({ RulesFields }) => <RulesFields onEnter={enter} />}</Later>}
        />
        <div className={c('side')}>
          {isWhole && (
            <>
              {!isOneColumn && <Ticket />}
              <DayTiles />
              <CareNotes />
              <PlaceNote />
              <ReceiptsCall />
              {hasShifts && <Later>{({ ShiftNote }) => <ShiftNote />}</Later>}
              <CollisionsCall />
              <PausePanel />
              <OfflinePanel />
              <ClockNote />
              <ActivityPanel />
              <ReviewRegion />
              {isPractice && !isOneColumn && <PracticeLead />}
            </>
          )}
        </div>
      </main>
      {isChoosing && <Later>{({ MemberPicker }) => <MemberPicker />}</Later>}
    </div>
  );
}
