import { useEffect, useRef } from 'react';
import { ONE_COLUMN, useMedia } from '../../components/use-media.ts';
import { classNames } from '../../logic/class-names.ts';
import { rulesOf } from '../../logic/top-up.ts';
import { topUp, useSnapshot, useTill, useTopUp, view } from '../../stores/index.ts';
import { ActivityPanel } from '../activity/activity-panel.tsx';
import { DayTiles } from '../activity/day-tiles.tsx';
import { ClockNote, OfflinePanel, PausePanel } from '../activity/pause-panel.tsx';
import { ReviewRegion } from '../activity/review-region.tsx';
import { JournalAlarm } from './journal-alarm.tsx';
import { MemberPicker } from './member-picker.tsx';
import { PracticeBanner } from './practice-banner.tsx';
import { PracticeGuide } from './practice-guide.tsx';
import { StatusStrip } from './status-strip.tsx';
import { Ticket } from './ticket.tsx';
import styles from './till-screen.module.css';
import { TopUpPanel } from './top-up-panel.tsx';
import { useMemberFocus } from './use-member-focus.ts';
import { useTillKeys } from './use-till-keys.ts';

const c = classNames(styles);

/** Keeps the card on the form true while its member's entries go their way. */
function useFreshCard() {
  const uid = useTopUp((state) => state.member?.customerUid);
  const fingerprint = useSnapshot((snapshot) =>
    uid === undefined
      ? ''
      : snapshot.activity
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

export function TillScreen() {
  const till = useTill();
  useFreshCard();
  useTillKeys();
  useMemberFocus();
  const isOneColumn = useMedia(ONE_COLUMN);
  const isPractice = useSnapshot((snapshot) => snapshot.mode === 'practice');
  const confirm = () => void topUp.confirm(rulesOf(till));
  return (
    <div className={c('page')}>
      <header>
        <PracticeBanner />
        {isPractice && isOneColumn && <PracticeGuide />}
        <StatusStrip onFind={view.openFind} onMenu={() => view.open({ kind: 'menu' })} />
        <JournalAlarm />
      </header>
      <main className={c('main')}>
        <TopUpPanel onConfirm={confirm} />
        <div className={c('side')}>
          {!isOneColumn && <Ticket />}
          <DayTiles />
          <PausePanel />
          <OfflinePanel />
          <ClockNote />
          <ActivityPanel />
          <ReviewRegion />
          {isPractice && !isOneColumn && <PracticeGuide />}
        </div>
      </main>
      <MemberPicker />
    </div>
  );
}
