type Hear = (code: string) => void;

/** What scans go to while receipts are scanned; no form of the till's hears them then. */
let hearing: Hear | null = null;

export const receiptCodeScans = {
  /** Until the returned function is called. */
  listen: (hear: Hear): (() => void) => {
    hearing = hear;
    return () => {
      if (hearing === hear) hearing = null;
    };
  },
  hear: (code: string): void => hearing?.(code),
};
