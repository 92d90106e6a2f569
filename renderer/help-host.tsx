import { Suspense, use, useEffect } from 'react';
import { useStore } from 'zustand';
import { Later } from './later.tsx';
import { closeHelp, help, isHelpOpen, isHelpShown, openHelp } from './shared/help.ts';
import { createLazyPart } from './shared/lazy-part.ts';
import { topics } from './shared/topics.ts';

/** The handbook's sheet, and what reads its pages. */
const sheet = createLazyPart(() => import('./app/help/index.ts'));

function LoadedSheet() {
  useEffect(() => {
    help.setState({ isShown: true });
    return () => help.setState({ isShown: false });
  }, []);
  const { HelpSheet } = sheet.now() ?? use(sheet.load());
  return <HelpSheet onClose={closeHelp} />;
}

const isHelpKey = (event: KeyboardEvent): boolean =>
  event.key === 'F1' &&
  !(event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.repeat) &&
  // One in the midst of a scan is the scanner's, which has kept it.
  !event.defaultPrevented;

/** F1, wherever the focus is and whatever is open: a key of the window, before any dialog keeps it for itself. */
export function useHelpKey(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isOurs = isHelpKey(event);
      // A key before the sheet is there is no key for what lies under it.
      const isEarly = isHelpOpen() && !isHelpShown();
      if (!isOurs && !isEarly) return;
      event.preventDefault();
      event.stopPropagation();
      if (isOurs && !isHelpOpen()) openHelp();
      else if (isOurs || event.key === 'Escape') closeHelp();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}

/** The handbook over any screen, dialog or lock: it shows pages, and nothing of the till's. */
export function HelpHost() {
  const isOpen = useStore(help, (state) => state.isOpen);
  const isLocked = useStore(topics.stores.people, (people) => people?.signedIn === null);
  // What locks comes to lie over the sheet; whoever comes back finds the till as it was.
  useEffect(() => {
    if (isLocked) closeHelp();
  }, [isLocked]);
  return (
    isOpen && (
      <Later>
        {() => (
          <Suspense>
            <LoadedSheet />
          </Suspense>
        )}
      </Later>
    )
  );
}
