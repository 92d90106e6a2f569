import { createStore } from 'zustand/vanilla';
import { addUp } from '../../../preload/contract/app/values.ts';
import type { AppError, Entry, EntryFilter, FoundSums, Result } from '../../../preload/contract/index.ts';
import { everything } from './filter.ts';

/** A screenful and more: so many are looked for before anybody scrolls. */
const FIRST_ROWS = 40;

/** What is typed is looked for once the hand rests. */
const TYPING_MS = 200;

/** How often what is on the screen is read anew at most, while entries go their way. */
const FRESH_MS = 400;

/** Sums of many entries are counted anew more seldom: they take a part of main's time, and no more. */
const COUNTING_SHARE = 6;

interface Asked {
  readonly filter: EntryFilter;
  readonly before: number | null;
}

interface FoundRows {
  readonly entries: readonly Entry[];
  readonly next: number | null;
}

interface FoundTotals {
  readonly sums: readonly FoundSums[];
  readonly next: number | null;
  readonly leavesOutCash: boolean;
}

export interface FinderPorts {
  readonly entries: (asked: Asked) => Promise<Result<FoundRows>>;
  readonly rows: (asked: { ids: string[] }) => Promise<Result<{ entries: readonly Entry[] }>>;
  readonly sums: (asked: Asked) => Promise<Result<FoundTotals>>;
  /** Answers with the way to call it off. */
  readonly after: (delayMs: number, action: () => void) => () => void;
  readonly nowMs: () => number;
}

export interface Finding {
  readonly filter: EntryFilter;
  /** Newest first. Of what was looked for before, until the first answer. */
  readonly rows: readonly Entry[];
  /** Where older ones are looked for; null: these are all. */
  readonly next: number | null;
  readonly isLooking: boolean;
  readonly failure: AppError | null;
  readonly sums: readonly FoundSums[];
  /** All of them are in the sums. */
  readonly isCounted: boolean;
  /** Without what was paid in cash in the shift that is open: its drawer is counted blind. */
  readonly leavesOutCash: boolean;
}

const atFirst: Finding = {
  filter: everything,
  rows: [],
  next: null,
  isLooking: false,
  failure: null,
  sums: [],
  isCounted: false,
  leavesOutCash: false,
};

const numberOf = ({ reference }: Entry): number => Number(reference);

/** Entries that are looked for, as far as somebody has scrolled, and what they add up to. An answer to an older question is dropped. */
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

  /** Asks on until so many rows are there, or there are no more. */
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
      // What is counted anew stands as it was until all is counted.
      const { leavesOutCash } = reply.value;
      if (isFirst || before === null) setState({ sums, isCounted: before === null, leavesOutCash });
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

  /** As soon as it may be: what has changed is in the sums also where nothing else changes after it. */
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

  /** What is in sight, and what is new since: the rest is as it was, or is read when it is scrolled to. */
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
    // More have come than one answer holds: what lies between them and those that were known is looked for.
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
      // What is being read may have been read before it changed.
      if (getState().isLooking || isReading) changed(seen);
      else void freshen(seen());
    });
  };

  return {
    store,
    /** Looks for this and nothing of before. */
    begin: (filter: Partial<EntryFilter>) => {
      callOffLook();
      setState({ ...atFirst, filter: { ...everything, ...filter } });
      void look();
    },
    /** Narrows or widens the look; what is typed is waited for. */
    change: (filter: Partial<EntryFilter>, isTyped = false) => {
      callOffLook();
      // What is under way answers another question.
      run += 1;
      setState((state) => ({ filter: { ...state.filter, ...filter }, isLooking: true, isCounted: false }));
      callOffLook = ports.after(isTyped ? TYPING_MS : 0, () => void look());
    },
    /** Somebody has scrolled to where the rows end. */
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
    /** Entries have changed; `seen` are those in sight. */
    changed,
    /** Nobody looks any more. */
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
