import type { OtherTill } from '../../hosts/calls/index.ts';
import type { ReadState } from './state-reader.ts';

const nobody: readonly OtherTill[] = [];

/** The chain's other tills, as the call budget asks for them before each call: the same list until the folder is read again. */
export function createOthers(
  latest: () => readonly ReadState[],
  tillId: () => string | null,
): () => readonly OtherTill[] {
  let of: readonly ReadState[] = [];
  let others = nobody;
  return () => {
    const states = latest();
    if (states === of) return others;
    of = states;
    others = states
      .filter(({ state }) => state.tillId !== tillId())
      .map(({ state: { number, days, purse }, seenAtMs }) => {
        const { needed, counted } = purse ?? { needed: 0, counted: [] };
        return { number, heardAtMs: seenAtMs, needed, days, counted };
      });
    return others;
  };
}
