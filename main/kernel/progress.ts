/** Progress: how much is done, of how much. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

export type OnProgress = (progress: Progress) => void;

/** Reports progress to nobody. */
export const ignoreProgress: OnProgress = () => undefined;

/** Adds to what is done and reports each whole percent once: the listener is another thread, or a person. */
export function inPercent(of: number, onProgress: OnProgress): (more: number) => void {
  let done = 0;
  let told = -1;
  return (more) => {
    done = Math.min(done + more, of);
    const percent = of === 0 ? 100 : Math.floor((done / of) * 100);
    if (percent === told) return;
    told = percent;
    onProgress({ done, of });
  };
}
