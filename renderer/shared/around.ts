import { createContext, type ReactNode } from 'react';

/** What stands around every screen beside the till. */
export interface AroundScreen {
  readonly banners: ReactNode;
  readonly status: ReactNode;
  readonly alarms: ReactNode;
}

/** The app gives it: a screen's frame knows none of the pages that it comes from. */
export const Around = createContext<AroundScreen>({ banners: null, status: null, alarms: null });
