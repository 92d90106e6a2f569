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
  /** Whether there is somebody to hear it. */
  hear: (code: string): boolean => {
    hearing?.(code);
    return hearing !== null;
  },
};
