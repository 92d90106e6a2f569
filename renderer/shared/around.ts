import { createContext, type ReactNode } from 'react';

/** What surrounds every screen beside the till. */
export interface AroundScreen {
  readonly banners: ReactNode;
  readonly status: ReactNode;
  readonly alarms: ReactNode;
  /** The list of the desk's places, and the button for it in a narrow window. */
  readonly rail: ReactNode;
  readonly pick: ReactNode;
  /** Who is at the desk, and a manager's time. */
  readonly who: ReactNode;
}

/** Provided by the app: a screen's frame knows no pages. */
export const Around = createContext<AroundScreen>({
  banners: null,
  status: null,
  alarms: null,
  rail: null,
  pick: null,
  who: null,
});
