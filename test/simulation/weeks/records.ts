/** What a till keeps of its members over starts; 0 is never. Typed: eighty tills keep fifty thousand each. */
export interface Records {
  readonly keptAtMs: Float64Array;
  readonly baselineAtMs: Float64Array;
  readonly baselineCents: Int32Array;
  /** A reading; one that overlapped a send of ours is no baseline (protocol rule 6). */
  read(member: number, cents: number, nowMs: number, isBaseline: boolean): void;
}

export function createRecords(members: number): Records {
  const keptAtMs = new Float64Array(members);
  const baselineAtMs = new Float64Array(members);
  const baselineCents = new Int32Array(members);
  return {
    ...{ keptAtMs, baselineAtMs, baselineCents },
    read: (member, cents, nowMs, isBaseline) => {
      keptAtMs[member] = nowMs;
      if (!isBaseline) return;
      baselineAtMs[member] = nowMs;
      baselineCents[member] = cents;
    },
  };
}
