import { useEffect, useRef } from 'react';
import { PracticeBanner } from './app/practice/index.ts';
import { JournalAlarm, NumberAlarm, StatusStrip } from './app/status/index.ts';
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
import { classNames } from './kit/class-names.ts';
import { ONE_COLUMN, useMedia } from './kit/use-media.ts';
import { Later } from './later.tsx';
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

/** What was said of a missing network is dropped when it is back. */
function useBackOnline() {
  const isOnline = useTopic('link', ({ state }) => state === 'online');
  useEffect(() => {
    if (isOnline) topUp.backOnline();
  }, [isOnline]);
}
/** In a shop that never opened a shift nothing of them is loaded: the key to the first is in the strip. */
const useShifts = () => useTopic('shift', ({ isUsed }) => isUsed);

interface Props {
  /** False: no more than what a person types into is drawn. */
  readonly isWhole: boolean;
}

export function TillScreen({ isWhole }: Props) {
  useFreshCard();
  useBackOnline();
  useTillKeys();
  useCustomerDisplay();
  useMemberFocus();
  const isOneColumn = useMedia(ONE_COLUMN);
  const isPractice = useTopic('mode', (mode) => mode === 'practice');
  const hasRules = useTopic('rules', ({ version }) => version > 0);
  const asksPurchase = useTopic('rules', (rules) => rules.asksPurchase);
  const hasShifts = useShifts();
  const isChoosing = useTopUp(({ choices }) => choices !== null);
  // In one column what leads whoever practises would be below all that it speaks of.
  const isNoticeAbove = isPractice && isOneColumn;
  const notice = <Later>{({ NoticeLine }) => <NoticeLine />}</Later>;
  return (
    <div className={c('page')}>
      <header>
        <PracticeBanner />
        {isNoticeAbove && notice}
        <StatusStrip
          shift={hasShifts && <Later>{({ ShiftLine }) => <ShiftLine />}</Later>}
          onMenu={() => view.open({ kind: 'menu' })}
        />
        <JournalAlarm />
        <NumberAlarm />
      </header>
      <main className={c('main')}>
        <TopUpPanel
          purchase={asksPurchase && <Later>{({ PurchaseField }) => <PurchaseField />}</Later>}
          rules={hasRules && <Later>{({ RulesFields }) => <RulesFields />}</Later>}
        />
        <div className={c('side')}>
          {isWhole && (
            <>
              {!isOneColumn && <Ticket />}
              <DayTiles />
              {!isNoticeAbove && notice}
              <ActivityPanel />
            </>
          )}
        </div>
      </main>
      {isChoosing && <Later>{({ MemberPicker }) => <MemberPicker />}</Later>}
    </div>
  );
}
