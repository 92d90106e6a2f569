import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { CodeHost, DialogHost } from './dialog-host.tsx';
import { CheckUpScreen } from './features/check-up/index.ts';
import { ClosingDialog } from './features/closing/index.ts';
import { topUp } from './features/counter/index.ts';
import { ReviewScreen } from './features/review/index.ts';
import { useScanner } from './features/scanner/index.ts';
import { BrokenScreen, FirstStart, SetUpScreen } from './features/set-up/index.ts';
import { SettingsScreen } from './features/settings/index.ts';
import { onSnapshot, till } from './shared/bridge.ts';
import { snapshotStore } from './shared/snapshot.ts';
import { feedSnapshots } from './shared/snapshot-store.ts';
import { useView, view } from './shared/view.ts';
import { TillScreen } from './till-screen.tsx';

const LIVE_SOURCE = { onSnapshot, appSnapshot: till.appSnapshot };

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

function Screen() {
  const { t } = useTranslation();
  const { snapshot, failure } = useStore(snapshotStore);
  const settingUp = useView((state) => state.settingUp);
  const isTill = snapshot?.mode === 'live' || snapshot?.mode === 'practice';
  if (failure !== null) return <BrokenScreen problem={failure} />;
  if (snapshot === null) return <p>{t('app.loading')}</p>;
  if (snapshot.mode === 'broken') return <BrokenScreen problem={snapshot.problem ?? { code: 'internal' }} />;
  // Stays until the connection is made, although the first snapshot of the live till comes sooner.
  if (settingUp) return <SetUpScreen />;
  if (!isTill || snapshot.till === null) return <FirstStart />;
  return (
    <>
      <OpenTill key={`${snapshot.mode} ${snapshot.till.currency}`} />
      <DialogHost />
      <ClosingDialog />
    </>
  );
}

export function App() {
  const { t, i18n } = useTranslation();
  const tillName = useStore(snapshotStore, ({ snapshot }) => snapshot?.till?.name);
  const isPractice = useStore(snapshotStore, ({ snapshot }) => snapshot?.mode === 'practice');
  useNetworkEvents();
  useScanner();
  useEffect(() => feedSnapshots(snapshotStore, LIVE_SOURCE), []);
  useEffect(() => {
    document.documentElement.lang = i18n.language;
    const title = t(isPractice ? 'app.titlePractice' : 'app.title', { till: tillName });
    document.title = tillName === undefined ? t('app.name') : title;
  }, [t, i18n.language, tillName, isPractice]);
  return (
    <>
      <Screen />
      <CodeHost />
    </>
  );
}
