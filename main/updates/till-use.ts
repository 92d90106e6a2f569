import type { PageUse, UpdateBlocker } from '../../preload/contract/index.ts';
import type { Room } from '../kernel/room.ts';
import { busyWith, type TillNow } from './may-install.ts';

/** What an open till and its page are busy with; known also where the program takes no updates. */
export interface TillUse {
  /** Call it when a till opens; the result is called when it closes. */
  attach(now: () => Omit<TillNow, 'page'>): () => void;
  page(use: PageUse): void;
  /** What would be interrupted; empty: the till may be closed. */
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
