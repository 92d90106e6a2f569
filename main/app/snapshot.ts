import {
  type AppError,
  type EntryState,
  entryStates,
  type Topics,
  zeroAmount,
} from '../../preload/contract/index.ts';
import type { Shown, Topic } from '../kernel/room.ts';
import type { Session } from './session.ts';

const nothing = { entries: 0, balance: zeroAmount, bonus: zeroAmount, point: zeroAmount };
const noCounts = Object.fromEntries(entryStates.map((state) => [state, 0])) as Record<EntryState, number>;

/** Without updates. */
const noUpdates: Topics['update'] = {
  state: 'off',
  program: '',
  version: null,
  megabytes: 0,
  percent: 0,
  problem: null,
  whyNot: [],
};

/** The screen without an open till. */
export interface ClosedScreen {
  readonly mode: 'opening' | 'first-run' | 'broken';
  readonly problem: AppError | null;
  /** While the program is being replaced. */
  readonly update?: Topics['update'];
}

export function closedSnapshot(closed: ClosedScreen): Shown {
  return {
    ...closed,
    till: null,
    firstDay: null,
    link: {
      state: 'starting',
      pause: null,
      retryAtMs: null,
      heldBackUntilMs: null,
      clockSkewMs: null,
    },
    counts: noCounts,
    waiting: nothing,
    today: {
      storeDay: '',
      businessDay: '',
      done: nothing,
      takenUp: nothing,
      waiting: nothing,
      checking: nothing,
      review: nothing,
      refused: nothing,
    },
    refusals: 0,
    budget: { used: 0, limit: 0, left: 0, kept: 0, lookUpsLeft: 0 },
    directory: { members: 0, complete: false, updatedAtMs: null },
    practice: null,
    managerPinSet: false,
    managerUnlockedUntilMs: null,
    journalProblem: null,
    offline: { sinceMs: null, stopped: false },
    checkUp: null,
    disk: 'enough',
    damage: null,
    backupProblem: null,
    backupPercent: null,
    restored: null,
    dataPlace: null,
    rules: {
      version: 0,
      givesAnything: false,
      asksPurchase: false,
      reasons: [],
    },
    people: null,
    receipts: { printer: 'none', after: 'never', waiting: 0, unsettled: 0, problem: null, changes: 0 },
    shift: {
      today: '',
      isUsed: false,
      open: null,
      enteredOutside: 0,
      lastClosed: 0,
      opening: { counted: null, shift: null, uncounted: zeroAmount },
    },
    exportPercent: null,
    matching: null,
    chain: null,
    update: closed.update ?? noUpdates,
    activity: [],
  };
}

type Shower = Pick<Session, 'mode' | 'rooms'>;

/** Null reads all topics. */
const readOf = ({ rooms }: Shower, topics: ReadonlySet<string> | null): Partial<Shown> =>
  Object.fromEntries(
    rooms
      .flatMap(({ shows }) => Object.entries(shows ?? {}))
      .flatMap(([topic, read]) => (topics === null || topics.has(topic) ? [[topic, read()]] : [])),
  );

export const openSnapshot = (session: Shower): Shown => ({
  ...closedSnapshot({ mode: 'broken', problem: null }),
  mode: session.mode,
  ...readOf(session, null),
});

/** Reads these topics again. */
export const withTopics = (session: Shower, before: Shown, topics: ReadonlySet<Topic>): Shown => ({
  ...before,
  ...readOf(session, topics),
});
