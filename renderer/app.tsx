import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AnywhereHost, DialogHost } from './dialog-host.tsx';
import { CheckUpScreen } from './features/check-up/index.ts';
import { ClosingDialog } from './features/closing/index.ts';
import { topUp } from './features/counter/index.ts';
import { ReviewScreen } from './features/review/index.ts';
import { useScanner } from './features/scanner/index.ts';
import { BrokenScreen, FirstStart, OpeningScreen, SetUpScreen } from './features/set-up/index.ts';
import { SettingsScreen } from './features/settings/index.ts';
import { usePageUse } from './features/updates/index.ts';
import { onChanges, till } from './shared/bridge.ts';
import { feedTopics } from './shared/feed.ts';
import { isSpoken, speak } from './shared/i18n.ts';
import { pictureFailure, topics, useTill } from './shared/topics.ts';
import { useView, view } from './shared/view.ts';
import { TillScreen } from './till-screen.tsx';

/** What main has, from the moment the window opens. */
const feed = () =>
  feedTopics({
    onChanges,
    appSnapshot: till.appSnapshot,
    take: topics.take,
    apply: topics.apply,
    onFailure: (failure) => pictureFailure.setState(failure, true),
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs);
      return () => clearTimeout(timer);
    },
  });

/** The window hears of the network before a send would. */
function useNetworkEvents() {
  useEffect(() => {
    const tell = () => void till.syncNetworkChanged({ online: navigator.onLine });
    window.addEventListener('online', tell);
    window.addEventListener('offline', tell);
    return () => {
      window.removeEventListener('online', tell);
      window.removeEventListener('offline', tell);
    };
  }, []);
}

/** The till and the screens beside it. */
function OpenTill() {
  const screen = useView((state) => state.screen);
  // Another store's till, or this one anew: nothing that was typed goes over.
  useEffect(() => {
    topUp.leave();
    view.begin();
    // Main has waited for that where this version has just come.
    void till.appDrawn({});
  }, []);
  switch (screen.kind) {
    case 'till':
      return <TillScreen />;
    case 'review':
      return <ReviewScreen entryId={screen.entryId} />;
    case 'settings':
      return <SettingsScreen />;
    case 'check-up':
      return <CheckUpScreen />;
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
  return isReady ? children : <OpeningScreen progress={null} />;
}

function Screen() {
  const failure = useStore(pictureFailure);
  const mode = useStore(topics.stores.mode);
  const problem = useStore(topics.stores.problem);
  const opening = useStore(topics.stores.opening) ?? null;
  const currency = useStore(topics.stores.till, (open) => open?.currency);
  const settingUp = useView((state) => state.settingUp);
  const isTill = mode === 'live' || mode === 'practice';
  if (failure !== null) return <BrokenScreen problem={failure} />;
  if (mode === undefined || mode === 'opening') return <OpeningScreen progress={opening} />;
  if (mode === 'broken') return <BrokenScreen problem={problem ?? { code: 'internal' }} />;
  // Stays until the connection is made, although the live till is open sooner.
  if (settingUp) return <SetUpScreen />;
  if (!isTill || currency === undefined) return <FirstStart />;
  return (
    <InItsWords key={`${mode} ${currency}`}>
      <OpenTill />
      <DialogHost />
      <ClosingDialog />
    </InItsWords>
  );
}

export function App() {
  const { t, i18n } = useTranslation();
  const tillName = useStore(topics.stores.till, (open) => open?.name);
  const isPractice = useStore(topics.stores.mode, (mode) => mode === 'practice');
  const language = useStore(topics.stores.till, (open) => open?.language) ?? navigator.language;
  useNetworkEvents();
  useScanner();
  usePageUse();
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
    </>
  );
}
