import { isEased, type LinkState } from '../hosts/link/index.ts';
import type { SendCandidate } from '../ledger/index.ts';
import { type Plan, type PlanInput, plan } from './plan.ts';

/** What was made at the counter just now goes at once while KYBIO answers: it is not what an outage has piled up. */
export const FRESH_MS = 60_000;

/** Everything waits for its turn: KYBIO was not reached yet, or no more, or the last one was refused for load. */
const isAllHeld = ({ reach, refusals, easing }: LinkState): boolean =>
  reach !== 'online' || (refusals > 0 && isEased(easing));

/** Whether an entry goes in turn. A clock that was set makes none fresh. */
const isHeld =
  ({ link, nowMs }: Pick<PlanInput, 'link' | 'nowMs'>) =>
  ({ createdAtMs }: SendCandidate): boolean =>
    isAllHeld(link) || Math.abs(nowMs - createdAtMs) >= FRESH_MS;

export interface PlanInTurn extends Plan {
  /** What it does takes the turn. */
  readonly takesTurn: boolean;
  /** Entries stay behind that go in turn. */
  readonly holds: boolean;
}

/** The plan of a till whose turn it is: beside what is fresh, one entry or one question. */
export function planWithTurn(input: PlanInput): PlanInTurn {
  const next = plan(input);
  const held = isHeld(input);
  const first = next.send.find(held);
  const send = next.send.filter((candidate) => candidate === first || !held(candidate));
  const takesTurn = first !== undefined || (next.probe && input.link.reach !== 'online');
  const holds = input.candidates.some((candidate) => candidate !== first && held(candidate));
  return { ...next, send, takesTurn, holds };
}

/** … and of one that waits for it: what is fresh, and of a member with an older entry that waits, nothing. */
export function planWithoutTurn(input: PlanInput): Plan {
  const held = isHeld(input);
  const [waiting, fresh] = [input.candidates.filter(held), input.candidates.filter((one) => !held(one))];
  const busyMembers = new Set([...input.busyMembers, ...waiting.map(({ customerUid }) => customerUid)]);
  const next = plan({ ...input, candidates: fresh, busyMembers });
  return { ...next, probe: next.probe && input.link.reach === 'online' };
}
