import type { EntryState } from '../../../preload/contract/index.ts';
import type { EntryAhead, SendCandidate } from '../types.ts';

/** An entry that the loop may have to act on: queued, on its way, or sent without an answer. */
export interface ActiveEntry extends SendCandidate {
  readonly state: EntryState;
}

/**
 * What is active, in the orders in which it is asked for. A change costs what changed and not what waits: after a day
 * offline thousands do, and each of them is sent by a few changes.
 */
export interface ActiveIndex {
  /** As it is now in place of whatever it was; null where it is not active any more. */
  put(sequence: number, entry: ActiveEntry | null): void;
  /** Queued, by sequence; what was given before stays as it was. */
  candidates(): readonly SendCandidate[];
  /** How many are queued or on their way. */
  onTheirWay(): number;
  /** Members with an entry that is on its way or in doubt. */
  busyMembers(): ReadonlySet<string>;
  /** Of each member what is under way or in doubt, else what comes first; goes on with every change. */
  entriesAhead(): ReadonlyMap<string, EntryAhead>;
  /** Tells whether any undecided entry has changed. */
  undecided(): string;
}

/** The place of this sequence in a list by sequence, or where it belongs. */
function placeOf(list: readonly SendCandidate[], sequence: number): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((list[middle]?.sequence ?? 0) < sequence) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Puts it into the list in place of what has its sequence; with null that is taken out. */
function putInto<T extends SendCandidate>(list: T[], sequence: number, entry: T | null): void {
  const place = placeOf(list, sequence);
  list.splice(place, list[place]?.sequence === sequence ? 1 : 0, ...(entry === null ? [] : [entry]));
}

function aheadOf(ofMember: readonly ActiveEntry[]): EntryAhead | null {
  const first = ofMember.find(({ state }) => state !== 'queued') ?? ofMember[0];
  return first === undefined ? null : { id: first.id, sequence: first.sequence, state: first.state };
}

const toCandidate = ({ state: _, ...candidate }: ActiveEntry): SendCandidate => candidate;

/** `entries` by sequence. */
export function createActiveIndex(entries: readonly ActiveEntry[]): ActiveIndex {
  const bySequence = new Map<number, ActiveEntry>();
  const queued: SendCandidate[] = [];
  const unknown: ActiveEntry[] = [];
  const byMember = new Map<string, ActiveEntry[]>();
  const ahead = new Map<string, EntryAhead>();
  const busy = new Set<string>();
  let given: readonly SendCandidate[] | null = null;

  const arrangeMember = (customerUid: string) => {
    const ofMember = byMember.get(customerUid) ?? [];
    const first = aheadOf(ofMember);
    if (first === null) {
      byMember.delete(customerUid);
      ahead.delete(customerUid);
    } else ahead.set(customerUid, first);
    if (first === null || first.state === 'queued') busy.delete(customerUid);
    else busy.add(customerUid);
  };

  const putEach = (sequence: number, entry: ActiveEntry, as: ActiveEntry | null) => {
    if (entry.state === 'queued') {
      putInto(queued, sequence, as === null ? null : toCandidate(as));
      given = null;
    }
    if (entry.state === 'unknown') putInto(unknown, sequence, as);
    const ofMember = byMember.get(entry.customerUid) ?? [];
    byMember.set(entry.customerUid, ofMember);
    putInto(ofMember, sequence, as);
  };

  const put: ActiveIndex['put'] = (sequence, entry) => {
    const before = bySequence.get(sequence);
    if (before !== undefined) putEach(sequence, before, null);
    if (entry === null) bySequence.delete(sequence);
    else {
      bySequence.set(sequence, entry);
      putEach(sequence, entry, entry);
    }
    if (before !== undefined) arrangeMember(before.customerUid);
    if (entry !== null) arrangeMember(entry.customerUid);
  };
  for (const entry of entries) put(entry.sequence, entry);

  return {
    put,
    candidates: () => {
      given ??= [...queued];
      return given;
    },
    onTheirWay: () => bySequence.size - unknown.length,
    busyMembers: () => new Set(busy),
    entriesAhead: () => ahead,
    undecided: () => unknown.map(({ id, version }) => `${id} ${version}`).join(),
  };
}
