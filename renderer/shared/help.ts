import { createStore } from 'zustand/vanilla';
import { holdFocusWhile } from './use-focus-home.ts';

/** Whether the handbook is open. Not a dialog of the view, so that what is under it stays. */
export const help = createStore(() => ({
  isOpen: false,
  /** It is shown and has the focus; its pages are loaded first. */
  isShown: false,
}));

export const isHelpOpen = (): boolean => help.getState().isOpen;
export const isHelpShown = (): boolean => help.getState().isShown;
export const openHelp = (): void => help.setState({ isOpen: true });
export const closeHelp = (): void => help.setState({ isOpen: false });

holdFocusWhile(isHelpOpen);
