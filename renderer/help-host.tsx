import { Suspense, use, useEffect } from 'react';
import { useStore } from 'zustand';
import { Later } from './later.tsx';
import { createBringing } from './shared/bringing.ts';
import { closeHelp, help, isHelpOpen, openHelp } from './shared/help.ts';
import { topics } from './shared/topics.ts';

/** The handbook's sheet, and what reads its pages. */
const sheet = createBringing(() => import('./features/help/index.ts'));

function BroughtSheet() {
  const { HelpSheet } = sheet.now() ?? use(sheet.bring());
  return <HelpSheet onClose={closeHelp} />;
}

/** F1, wherever the focus is and whatever is open: a key of the window, before any dialog keeps it for itself. */
export function useHelpKey(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.repeat);
      if (!(event.key === 'F1' && isPlain)) return;
      event.preventDefault();
      if (isHelpOpen()) closeHelp();
      else openHelp();
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
            <BroughtSheet />
          </Suspense>
        )}
      </Later>
    )
  );
}
