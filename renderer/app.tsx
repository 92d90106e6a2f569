import { type ReactNode, useDeferredValue, useEffect, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { PracticeBanner } from './app/practice/index.ts';
import { OpeningSoon } from './app/set-up/index.ts';
import { JournalAlarm, NumberAlarm, StatusPill } from './app/status/index.ts';
import { topUp } from './counter/counter/index.ts';
import { useScanner } from './counter/scanner/index.ts';
import { AnywhereHost, DialogHost, LockHost } from './dialog-host.tsx';
import { HelpHost, useHelpKey } from './help-host.tsx';
import { forceKeys } from './kit/touch.ts';
import { WrittenAs } from './kit/written-as.ts';
import { Later, laterScreens } from './later.tsx';
import { useInUse, useLeaveDesk } from './people/people/index.ts';
import { Around, type AroundScreen } from './shared/around.ts';
import { onChanges, till } from './shared/bridge.ts';
import { feedTopics } from './shared/feed.ts';
import { isSpoken, speak } from './shared/i18n.ts';
import { endedByItself } from './shared/leaving.ts';
import { isLocked, snapshotFailure, topics, useTill, useTopic } from './shared/topics.ts';
import { useView, view } from './shared/view.ts';
import { TillScreen } from './till-screen.tsx';
import { usePageUse } from './updates/updates/index.ts';

/** What main has, from the moment the window opens. */
const feed = () =>
  feedTopics({
    onChanges,
    appSnapshot: till.appSnapshot,
    take: topics.take,
    apply: topics.apply,
    onFailure: (failure) => snapshotFailure.setState(failure, true),
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs);
      return () => clearTimeout(timer);
    },
  });

/** Once there is something to see, and nothing better to do: the first key that opens a dialog finds it here. */
function useTheRest(isShown: boolean) {
  useEffect(() => {
    if (!isShown) return;
    const waiting = requestIdleCallback(() => void laterScreens.load(), { timeout: 1_000 });
    return () => cancelIdleCallback(waiting);
  }, [isShown]);
}

const around: AroundScreen = {
  banners: (
    <>
      <PracticeBanner />
    </>
  ),
  status: <StatusPill />,
  alarms: (
    <>
      <JournalAlarm />
      <NumberAlarm />
    </>
  ),
  rail: <Later>{({ Rail }) => <Rail />}</Later>,
  pick: <Later>{({ Pick }) => <Pick />}</Later>,
  who: <Later>{({ Who }) => <Who />}</Later>,
};

let wasWhole = false;

/** False where the page draws its first till: the field comes first, and what stands beside it right after. */
function useWhole(): boolean {
  const isWhole = useDeferredValue(true, wasWhole);
  useEffect(() => {
    if (!isWhole) return;
    wasWhole = true;
    // Main has waited for that where this version has just come.
    void till.appDrawn({});
  }, [isWhole]);
  return isWhole;
}

/** The till and the screens beside it. */
function OpenTill() {
  const screen = useView((state) => state.screen);
  const { keypad } = useTill();
  const mode = useTopic('mode');
  useLayoutEffect(() => forceKeys(keypad), [keypad]);
  // Another store's till, or this one anew: nothing that was typed goes over. Before it is drawn: what somebody types or
  // scans in its first moment is theirs.
  useLayoutEffect(() => {
    topUp.leave();
    view.begin();
    if (endedByItself(mode)) view.notice({ code: 'practice-ended' });
  }, [mode]);
  const isWhole = useWhole();
  switch (screen.kind) {
    case 'till':
      return <TillScreen isWhole={isWhole} />;
    case 'first-day':
      return <Later>{({ FirstDayScreen }) => <FirstDayScreen isNew={screen.isNew} />}</Later>;
    case 'review':
      return <Later>{({ ReviewScreen }) => <ReviewScreen entryId={screen.entryId} />}</Later>;
    case 'settings':
      return <Later>{({ SettingsScreen }) => <SettingsScreen start={screen.group} />}</Later>;
    case 'kybio':
      return <Later>{({ KybioScreen }) => <KybioScreen />}</Later>;
    case 'safety':
      return <Later>{({ SafetyScreen }) => <SafetyScreen />}</Later>;
    case 'rules':
      return <Later>{({ RulesScreen }) => <RulesScreen />}</Later>;
    case 'people':
      return <Later>{({ PeopleScreen }) => <PeopleScreen />}</Later>;
    case 'day':
      return <Later>{({ DayScreen }) => <DayScreen part={screen.part} />}</Later>;
    case 'owner':
      return <Later>{({ OwnerScreen }) => <OwnerScreen />}</Later>;
    case 'receipts':
      return <Later>{({ ReceiptsScreen }) => <ReceiptsScreen />}</Later>;
    case 'find':
      return <Later>{({ FindScreen }) => <FindScreen member={screen.member} />}</Later>;
    case 'member':
      return (
        <Later>{({ MemberScreen }) => <MemberScreen member={screen.member} from={screen.from} />}</Later>
      );
    case 'matching':
      return <Later>{({ MatchingScreen }) => <MatchingScreen days={screen.days} />}</Later>;
    case 'check-up':
      return <Later>{({ CheckUpScreen }) => <CheckUpScreen />}</Later>;
  }
}

/** A till is shown when its words are there; another language later changes the words where they stand. */
function InItsWords({ children }: { readonly children: ReactNode }) {
  const { language } = useTill();
  const [isReady, setReady] = useState(() => isSpoken(language));
  useEffect(() => {
    const show = () => setReady(true);
    // Without them in English: nobody may wait for words.
    if (!isReady) void speak(language).then(show, show);
  }, [isReady, language]);
  return isReady ? <WrittenAs.Provider value={language}>{children}</WrittenAs.Provider> : <OpeningSoon />;
}

/** A till that starts locked draws nothing before the lock screen. */
function Covered({ children }: { readonly children: ReactNode }) {
  const [wasLocked] = useState(isLocked);
  return wasLocked ? <Later>{() => children}</Later> : children;
}

function Screen() {
  const failure = useStore(snapshotFailure);
  const mode = useStore(topics.stores.mode);
  const problem = useStore(topics.stores.problem);
  const update = useStore(topics.stores.update);
  const currency = useStore(topics.stores.till, (open) => open?.currency);
  const settingUp = useView((state) => state.settingUp);
  const isTill = mode === 'live' || mode === 'practice';
  if (failure !== null) return <Later>{({ BrokenScreen }) => <BrokenScreen problem={failure} />}</Later>;
  if (mode === undefined || mode === 'opening') {
    return update?.state === 'installing' ? (
      <Later>{({ UpdatingScreen }) => <UpdatingScreen version={update.version ?? ''} />}</Later>
    ) : (
      <OpeningSoon />
    );
  }
  if (mode === 'broken')
    return <Later>{({ BrokenScreen }) => <BrokenScreen problem={problem ?? { code: 'internal' }} />}</Later>;
  // Stays until the connection is made, although the live till is open sooner.
  if (settingUp) return <Later>{({ SetUpScreen }) => <SetUpScreen />}</Later>;
  if (!isTill || currency === undefined) return <Later>{({ FirstStart }) => <FirstStart />}</Later>;
  return (
    <InItsWords key={`${mode} ${currency}`}>
      <Covered>
        <Around value={around}>
          <OpenTill />
        </Around>
        <DialogHost />
      </Covered>
      <LockHost />
    </InItsWords>
  );
}

export function App() {
  const { t, i18n } = useTranslation();
  const tillName = useStore(topics.stores.till, (open) => open?.name);
  const isPractice = useStore(topics.stores.mode, (mode) => mode === 'practice');
  const isShown = useStore(topics.stores.mode, (mode) => mode !== undefined && mode !== 'opening');
  const language = useStore(topics.stores.till, (open) => open?.language) ?? navigator.language;
  useScanner();
  useHelpKey();
  usePageUse();
  useInUse();
  useLeaveDesk();
  useTheRest(isShown);
  useEffect(feed, []);
  useEffect(() => void speak(language).catch(() => undefined), [language]);
  useEffect(() => {
    document.documentElement.lang = i18n.language;
    const title = t(isPractice ? 'app.titlePractice' : 'app.title', { till: tillName });
    document.title = tillName === undefined ? t('app.name') : title;
  }, [t, i18n.language, tillName, isPractice]);
  return (
    <>
      <Screen />
      <AnywhereHost />
      <HelpHost />
    </>
  );
}
