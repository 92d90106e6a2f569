import {
  type AppError,
  appError,
  type PageUse,
  type Result,
  type UpdateBlocker,
  type UpdateStatus,
} from '../../preload/contract/index.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Installed, Offer } from './evaluate-release.ts';
import type { Installer } from './installer.ts';
import { type Occasion, type QuietHours, type TillNow, whyNotNow } from './may-install.ts';
import type { StoredStateFile } from './stored-state.ts';

/** An open till, as an update sees it. */
export interface AttachedTill {
  readonly now: () => Omit<TillNow, 'page'>;
  readonly quiet: () => QuietHours;
  /** Minute of the store's day. */
  readonly minute: () => number;
  readonly bytesPerSecond: () => number;
  /** Download only what a manager asked for. */
  readonly onPress: () => boolean;
  /** A failed backup stops the update. */
  readonly backUp: () => Promise<Result<unknown>>;
}

interface Shown {
  readonly state: UpdateStatus['state'];
  readonly offer: Offer | null;
  /** Bytes of its file. */
  readonly received: number;
  readonly problem: AppError | null;
  /** Blockers when last checked. */
  readonly whyNot: readonly UpdateBlocker[];
}

export interface UpdateStateParts {
  readonly installed: Installed;
  readonly installer: Pick<Installer, 'asksForAdministrator'>;
  readonly stored: StoredStateFile;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly isEnding: () => boolean;
  readonly onChange: () => void;
}

/** The state of the update, and what holds it. */
export interface UpdateState {
  now(): Shown;
  show(change: Partial<Shown>): void;
  /** Checks the blockers again. */
  look(): void;
  /** Shown, unless the network is to blame. */
  fail(error: AppError): void;
  status(): UpdateStatus;
  blockers(kind: Occasion['kind']): readonly UpdateBlocker[];
  /** How often this version was put in place and did not come up. */
  triedInVain(): number;
  /** As the page reports; until it does, somebody may be there. */
  page(use: PageUse): void;
  attach(till: AttachedTill | null): void;
  attached(): AttachedTill | null;
}

/** Not shown: the feed is asked again. */
export const quietCodes: readonly string[] = [
  'update-feed-unreachable',
  'update-file-cut-off',
  'update-older',
];

/** Until a till with settings is open. */
const noHours: QuietHours = { fromMinute: 0, toMinute: 0 };

const percentOf = ({ state, received, offer }: Shown): number => {
  if (offer === null) return 0;
  if (state === 'offered') return 0;
  return state === 'downloading' ? Math.floor((100 * received) / offer.file.size) : 100;
};

const MEGABYTE = 1_000_000;

export const notNow = (why: readonly UpdateBlocker[]): AppError =>
  appError('update-not-now', { reason: why[0] ?? '' });

export function createUpdateState(parts: UpdateStateParts): UpdateState {
  const { installed, installer, stored, clock, logger, onChange } = parts;
  let shown: Shown = { state: 'idle', offer: null, received: 0, problem: null, whyNot: [] };
  let attached: AttachedTill | null = null;
  let page: PageUse = 'in-use';

  const triedInVain = () => {
    const { installing } = stored.now();
    return installing !== null && installing.version === shown.offer?.version ? installing.tries : 0;
  };
  const blockers = (kind: Occasion['kind']) => {
    const occasion = {
      kind,
      nowMs: clock.nowMs(),
      confirmedAtMs: stored.now().confirmedAtMs,
      isEnding: parts.isEnding(),
      minute: attached?.minute() ?? 0,
      quiet: attached?.quiet() ?? noHours,
      asksForAdministrator: installer.asksForAdministrator,
      triedInVain: triedInVain(),
    };
    return whyNotNow(occasion, attached === null ? null : { ...attached.now(), page });
  };
  const look = () => {
    const whyNot = shown.state === 'ready' ? blockers('by-itself') : [];
    if (whyNot.join() === shown.whyNot.join()) return;
    shown = { ...shown, whyNot };
    onChange();
  };
  const show = (change: Partial<Shown>) => {
    const before = shown;
    shown = { ...shown, ...change };
    const isOnlyBytes = Object.keys(change).join() === 'received';
    if (isOnlyBytes && percentOf(before) === percentOf(shown)) return;
    onChange();
    look();
  };
  return {
    show,
    look,
    blockers,
    triedInVain,
    now: () => shown,
    fail: (error) => {
      logger.warn('update.refused', { code: error.code, ...error.details });
      if (!quietCodes.includes(error.code)) show({ problem: error });
    },
    status: () => ({
      state: shown.state,
      problem: shown.problem,
      program: installed.version,
      version: shown.offer?.version ?? null,
      percent: percentOf(shown),
      megabytes: Math.ceil((shown.offer?.file.size ?? 0) / MEGABYTE),
      whyNot: [...shown.whyNot],
    }),
    page: (use) => {
      page = use;
      look();
    },
    attach: (till) => {
      attached = till;
      look();
    },
    attached: () => attached,
  };
}
