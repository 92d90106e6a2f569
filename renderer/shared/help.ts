import { createStore } from 'zustand/vanilla';
import { holdFocusWhile } from './use-focus-home.ts';

/** Whether the handbook lies over whatever there is: no dialog of the view, so that what is under it stays as it is. */
export const help = createStore(() => ({
  isOpen: false,
  /** The sheet is there and has the focus: its pages are read from the disk first. */
  isShown: false,
}));

export const isHelpOpen = (): boolean => help.getState().isOpen;
export const isHelpShown = (): boolean => help.getState().isShown;
export const openHelp = (): void => help.setState({ isOpen: true });
export const closeHelp = (): void => help.setState({ isOpen: false });

holdFocusWhile(isHelpOpen);
