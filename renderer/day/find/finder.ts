import { createStore } from 'zustand/vanilla';
import { addUp, everyEntry } from '../../../preload/contract/app/values.ts';
import type {
  AppError,
  ChannelReply,
  Entry,
  EntryFilter,
  FoundSums,
  Result,
} from '../../../preload/contract/index.ts';

/** A screenful and more. */
const FIRST_ROWS = 40;

/** A pause in typing starts the search. */
const TYPING_MS = 200;

/** Least interval of refreshing rows on screen. */
const FRESH_MS = 400;

/** Counting anew waits this many times its own duration, which bounds its share of main's time. */
const COUNTING_SHARE = 6;

interface Query {
  readonly filter: EntryFilter;
  readonly before: number | null;
}

export interface FinderPorts {
  readonly entries: (asked: Query) => Promise<Result<ChannelReply<'find:entries'>>>;
  readonly rows: (asked: { ids: string[] }) => Promise<Result<ChannelReply<'find:rows'>>>;
  readonly sums: (asked: Query) => Promise<Result<ChannelReply<'find:sums'>>>;
  /** Returns its cancel function. */
  readonly after: (delayMs: number, action: () => void) => () => void;
  readonly nowMs: () => number;
}

export interface Finding {
  readonly filter: EntryFilter;
  /** Newest first; the previous search's until the first reply. */
  readonly rows: readonly Entry[];
  /** The cursor for older ones; null at the end. */
  readonly next: number | null;
  readonly isLooking: boolean;
  readonly failure: AppError | null;
  readonly sums: readonly FoundSums[];
  readonly isCounted: boolean;
}

const atFirst: Finding = {
  filter: everyEntry,
  rows: [],
  next: null,
  isLooking: false,
  failure: null,
  sums: [],
  isCounted: false,
};

const numberOf = ({ reference }: Entry): number => Number(reference);

/** Entries as far as scrolled, and their sums; replies to an older search are dropped. */
export function createFinder(ports: FinderPorts) {
  const store = createStore<Finding>(() => atFirst);
  const { getState, setState } = store;
  let run = 0;
  let isReading = false;
  let countedAtMs = 0;
  let countingMs = 0;
  let callOffLook = (): void => undefined;
  let callOffFresh: (() => void) | null = null;
  let callOffCount: (() => void) | null = null;
  let counting = 0;

  /** Reads pages until `enough` rows are there or the end is reached. */
  const readOn = async (isOld: () => boolean, enough: number, from: number | null) => {
    let before = from;
    do {
      const reply = await ports.entries({ filter: getState().filter, before });
      if (isOld()) return;
      const known = before === null ? [] : getState().rows;
      if (!reply.ok) return setState({ rows: known, failure: reply.error, isLooking: false });
      const { entries, next } = reply.value;
      const rows = [...known, ...entries];
      const isLooking = next !== null && rows.length < enough;
      setState({ rows, next, failure: null, isLooking });
      before = next;
    } while (before !== null && getState().rows.length < enough);
  };

  const countAll = async (isOld: () => boolean, isFirst: boolean) => {
    const beganMs = ports.nowMs();
    let sums: readonly FoundSums[] = [];
    let before: number | null = null;
    do {
      const reply = await ports.sums({ filter: getState().filter, before });
      if (isOld() || !reply.ok) return;
      sums = addUp([...sums, ...reply.value.sums]);
      before = reply.value.next;
      // A recount replaces the old sums only when it is complete.
      if (isFirst || before === null) setState({ sums, isCounted: before === null });
    } while (before !== null);
    countedAtMs = ports.nowMs();
    countingMs = countedAtMs - beganMs;
  };
  const count = async (isOld: () => boolean, isFirst: boolean) => {
    counting += 1;
    await countAll(isOld, isFirst).finally(() => {
      counting -= 1;
    });
  };

  /** Scheduled even without another change, so that the last one is always in the sums. */
  const countAnew = async (): Promise<void> => {
    const waitMs = countedAtMs + COUNTING_SHARE * countingMs - ports.nowMs();
    if (counting === 0 && waitMs < 0) {
      const mine = run;
      if (getState().isCounted) await count(() => mine !== run, false);
      return;
    }
    callOffCount ??= ports.after(Math.max(FRESH_MS, waitMs), () => {
      callOffCount = null;
      void countAnew();
    });
  };

  const look = async () => {
    run += 1;
    const mine = run;
    const isOld = () => mine !== run;
    setState({ isLooking: true, isCounted: false, sums: [] });
    await readOn(isOld, FIRST_ROWS, null);
    if (!isOld() && getState().failure === null) await count(isOld, true);
  };

  /** Refreshes rows in sight and adds new ones; others are read when scrolled to. */
  const freshen = async (ids: readonly string[]) => {
    const mine = run;
    const { filter } = getState();
    const [again, newest] = await Promise.all([
      ports.rows({ ids: [...ids] }),
      ports.entries({ filter, before: null }),
    ]);
    if (mine !== run || !again.ok || !newest.ok) return;
    const fresh = new Map(again.value.entries.map((entry) => [entry.id, entry]));
    const { entries, next: edge } = newest.value;
    const { rows, next } = getState();
    // More entries are new than a page holds: start over.
    const [top, last] = [rows[0], entries.at(-1)];
    if (edge !== null && top !== undefined && last !== undefined && numberOf(last) > numberOf(top))
      return look();
    const older = edge === null ? [] : rows.filter((row) => numberOf(row) < edge);
    setState({
      rows: [...entries, ...older.map((row) => fresh.get(row.id) ?? row)],
      next: edge === null ? null : next,
    });
    await countAnew();
  };

  const changed = (seen: () => readonly string[]): void => {
    callOffFresh ??= ports.after(FRESH_MS, () => {
      callOffFresh = null;
      // What is being read may be older than the change.
      if (getState().isLooking || isReading) changed(seen);
      else void freshen(seen());
    });
  };

  return {
    store,
    begin: (filter: Partial<EntryFilter>) => {
      callOffLook();
      setState({ ...atFirst, filter: { ...everyEntry, ...filter } });
      void look();
    },
    /** Changes the filter; typing is debounced. */
    change: (filter: Partial<EntryFilter>, isTyped = false) => {
      callOffLook();
      // Replies on their way are for the old filter.
      run += 1;
      setState((state) => ({ filter: { ...state.filter, ...filter }, isLooking: true, isCounted: false }));
      callOffLook = ports.after(isTyped ? TYPING_MS : 0, () => void look());
    },
    /** Called where the rows end. */
    more: async () => {
      const { isLooking, next, rows } = getState();
      if (isReading || isLooking || next === null) return;
      isReading = true;
      const mine = run;
      try {
        await readOn(() => mine !== run, rows.length + 1, next);
      } finally {
        isReading = false;
      }
    },
    /** `seen` are the ids in sight. */
    changed,
    leave: () => {
      run += 1;
      callOffLook();
      callOffFresh?.();
      callOffCount?.();
      [callOffFresh, callOffCount] = [null, null];
    },
  };
}
export type Finder = ReturnType<typeof createFinder>;
