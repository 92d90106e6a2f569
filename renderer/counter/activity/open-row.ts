import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** Whether a row of the list is open, with buttons that nothing may move. */
const openRow = createStore(() => ({ isOpen: false }));

export function useTellOpenRow(isOpen: boolean): void {
  useEffect(() => {
    openRow.setState({ isOpen });
    return () => openRow.setState({ isOpen: false });
  }, [isOpen]);
}

/** What is above the list as it was when a row was opened, until it is closed. */
export function useHeldAbove(isThere: boolean): boolean {
  const isOpen = useStore(openRow, (state) => state.isOpen);
  const [isHeld, setHeld] = useState(isThere);
  if (!isOpen && isHeld !== isThere) setHeld(isThere);
  return isOpen ? isHeld : isThere;
}
