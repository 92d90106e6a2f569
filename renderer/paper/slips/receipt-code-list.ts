import { createStore } from 'zustand/vanilla';
import type { AppError, Result, ScannedReceiptCode } from '../../../preload/contract/index.ts';

/** A receipt that was scanned, and what came of it. */
export interface ReceiptCodeRow {
  readonly number: number;
  readonly text: string;
  readonly result: Result<ScannedReceiptCode>;
}

export interface ReceiptCodeListState {
  /** The newest first. */
  readonly rows: readonly ReceiptCodeRow[];
  readonly isWorking: boolean;
  /** Keys of tills that are lost for good, as the manager says: their receipts are taken up here. */
  readonly lostTills: readonly string[];
}

export type ScanReceiptCode = (text: string, lostTill?: string) => Promise<Result<ScannedReceiptCode>>;

const isOtherTills = (
  result: Result<ScannedReceiptCode>,
): result is { ok: true; value: ScannedReceiptCode } => result.ok && result.value.outcome === 'other-till';

/** Receipts, one after another as they were scanned. The same paper has one row, with what was said of it last. */
export function createReceiptCodeList(
  scanReceiptCode: ScanReceiptCode,
  onFailure: (error: AppError) => void = () => undefined,
) {
  const store = createStore<ReceiptCodeListState>(() => ({ rows: [], isWorking: false, lostTills: [] }));
  const { getState, setState } = store;
  let scanned = 0;
  let last: Promise<void> = Promise.resolve();

  const ask = async (text: string): Promise<void> => {
    setState({ isWorking: true });
    const first = await scanReceiptCode(text);
    const { lostTills } = getState();
    const isOfLost = isOtherTills(first) && lostTills.includes(first.value.lostKey);
    const result = isOfLost ? await scanReceiptCode(text, first.value.lostKey) : first;
    scanned += 1;
    const others = getState().rows.filter((row) => row.text !== text);
    setState({ rows: [{ number: scanned, text, result }, ...others], isWorking: false });
    if (!result.ok) onFailure(result.error);
  };

  const scan = (text: string): Promise<void> => {
    const code = text.trim();
    if (code === '') return last;
    // One at a time, in the order of the scans.
    last = last.then(() => ask(code));
    return last;
  };

  return {
    store,
    scan,
    /** Its receipts that were scanned before are looked at again. */
    tillIsLost: (lostKey: string): Promise<void> => {
      setState(({ lostTills }) => ({ lostTills: [...new Set([...lostTills, lostKey])] }));
      const waiting = getState().rows.filter(
        ({ result }) => isOtherTills(result) && result.value.lostKey === lostKey,
      );
      for (const { text } of waiting.toReversed()) void scan(text);
      return last;
    },
  };
}
export type ReceiptCodeList = ReturnType<typeof createReceiptCodeList>;
