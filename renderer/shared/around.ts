import { createContext, type ReactNode } from 'react';

/** What surrounds every screen beside the till. */
export interface AroundScreen {
  readonly banners: ReactNode;
  readonly status: ReactNode;
  readonly alarms: ReactNode;
  /** The list of the desk's places. */
  readonly rail: ReactNode;
}

/** Provided by the app: a screen's frame knows no pages. */
export const Around = createContext<AroundScreen>({ banners: null, status: null, alarms: null, rail: null });
