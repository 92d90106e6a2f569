import { createStore } from 'zustand/vanilla';
import { holdFocusWhile } from './use-focus-home.ts';

/** Whether the handbook lies over whatever there is: no dialog of the view, so that what is under it stays as it is. */
export const help = createStore(() => ({ isOpen: false }));

export const isHelpOpen = (): boolean => help.getState().isOpen;
export const openHelp = (): void => help.setState({ isOpen: true });
export const closeHelp = (): void => help.setState({ isOpen: false });

holdFocusWhile(isHelpOpen);
