/** Progress: how much is done, of how much. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

export type Tell = (progress: Progress) => void;

/** Reports progress to nobody. */
export const tellNobody: Tell = () => undefined;

/** Adds to what is done and reports each whole percent once: the listener is another thread, or a person. */
export function inPercent(of: number, tell: Tell): (more: number) => void {
  let done = 0;
  let told = -1;
  return (more) => {
    done = Math.min(done + more, of);
    const percent = of === 0 ? 100 : Math.floor((done / of) * 100);
    if (percent === told) return;
    told = percent;
    tell({ done, of });
  };
}
