import { useEffect, useState } from 'react';
import { isAnythingThere, useTopUp } from '../../counter/counter/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useView } from '../../shared/view.ts';
import { pageUse, THERE_FOR_MS } from './page-use.ts';

/** Whether there was input lately. */
function useSomebodyThere(): boolean {
  const [isThere, setThere] = useState(true);
  useEffect(() => {
    const leave = () => setThere(false);
    let timer = setTimeout(leave, THERE_FOR_MS);
    const come = () => {
      setThere(true);
      clearTimeout(timer);
      timer = setTimeout(leave, THERE_FOR_MS);
    };
    const leaving = new AbortController();
    for (const name of ['keydown', 'pointerdown', 'pointermove', 'wheel']) {
      window.addEventListener(name, come, { capture: true, passive: true, signal: leaving.signal });
    }
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, []);
  return isThere;
}

export function usePageUse(): void {
  const isSomebodyThere = useSomebodyThere();
  const screen = useView((state) => state.screen.kind);
  const dialog = useView((state) => state.dialog?.kind ?? null);
  const settingUp = useView((state) => state.settingUp);
  const isFormBegun = useTopUp(isAnythingThere);
  const use = pageUse({ screen, dialog, settingUp, isFormBegun, isSomebodyThere });
  useEffect(() => void bridge.updatesInUse({ use }), [use]);
}
