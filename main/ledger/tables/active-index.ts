import type { EntryState } from '../../../preload/contract/index.ts';
import type { EntryAhead, SendCandidate } from '../types.ts';

/** Queued, sending or unknown. */
export interface ActiveEntry extends SendCandidate {
  readonly state: EntryState;
}

/** Active entries in each order they are queried in. A change costs as much as it changes, not as much as waits. */
export interface ActiveIndex {
  /** Replaces the entry; null removes it. */
  put(sequence: number, entry: ActiveEntry | null): void;
  /** Queued, by sequence; lists returned earlier stay as they are. */
  candidates(): readonly SendCandidate[];
  /** How many are queued or sending. */
  onTheirWay(): number;
  /** Members with an entry that is sending or unknown. */
  busyMembers(): ReadonlySet<string>;
  /** By member the sending or unknown entry, else the first; changes in place. */
  entriesAhead(): ReadonlyMap<string, EntryAhead>;
  /** Changes with any undecided entry. */
  undecided(): string;
}

/** Binary search: the place of this sequence, or where it belongs. */
function placeOf(list: readonly SendCandidate[], sequence: number): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((list[middle]?.sequence ?? 0) < sequence) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Replaces, inserts or (with null) removes. */
function putInto<T extends SendCandidate>(list: T[], sequence: number, entry: T | null): void {
  const place = placeOf(list, sequence);
  list.splice(place, list[place]?.sequence === sequence ? 1 : 0, ...(entry === null ? [] : [entry]));
}

function aheadOf(ofMember: readonly ActiveEntry[]): EntryAhead | null {
  const first = ofMember.find(({ state }) => state !== 'queued') ?? ofMember[0];
  return first === undefined ? null : { id: first.id, sequence: first.sequence, state: first.state };
}

const toCandidate = ({ state: _, ...candidate }: ActiveEntry): SendCandidate => candidate;

/** `entries` are sorted by sequence. */
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
