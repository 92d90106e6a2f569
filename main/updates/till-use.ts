import type { PageUse, UpdateBlocker } from '../../preload/contract/index.ts';
import type { Room } from '../kernel/room.ts';
import { busyWith, type TillNow } from './may-install.ts';

/** What an open till and its page are about, for whoever wants the program to end; kept whether it takes updates or not. */
export interface TillUse {
  /** A till is open; what is returned says that it closes. */
  attach(now: () => Omit<TillNow, 'page'>): () => void;
  /** The page says what it is about. */
  page(use: PageUse): void;
  /** What somebody is in the middle of, or the till has under way; none: nothing is lost where it closes. */
  busy(): readonly UpdateBlocker[];
}

const nothing: Omit<TillNow, 'page'> = { sending: 0, checkUpOpen: false, countOpen: false };

export function createTillUse(): TillUse {
  let attached: (() => Omit<TillNow, 'page'>) | null = null;
  let page: PageUse = 'in-use';
  return {
    attach: (now) => {
      attached = now;
      return () => {
        if (attached === now) attached = null;
      };
    },
    page: (use) => {
      page = use;
    },
    busy: () => busyWith({ ...(attached?.() ?? nothing), page }),
  };
}

/** An open till lets it be known what it is about. */
export function createUseRoom(use: Pick<TillUse, 'attach'>, now: () => Omit<TillNow, 'page'>): Room {
  let detach = (): void => undefined;
  return {
    name: 'use',
    start: () => {
      detach = use.attach(now);
    },
    stop: () => detach(),
  };
}
