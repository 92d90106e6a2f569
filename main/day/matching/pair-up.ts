import type { OurEntry, Timed } from './compared.ts';

interface Question {
  readonly entries: readonly OurEntry[];
  readonly lines: readonly Timed[];
  /** Only members of one group are compared; a row of group '' fits nothing. */
  readonly groupOf: (entry: OurEntry) => string;
  readonly groupOfLine: (line: Timed) => string;
  readonly fits: (entry: OurEntry, line: Timed) => boolean;
}

export interface Pairing {
  /** Connected by fitting each other, at least one of each. */
  readonly found: readonly { readonly entries: readonly OurEntry[]; readonly lines: readonly Timed[] }[];
  readonly entries: readonly OurEntry[];
  readonly lines: readonly Timed[];
}

function grouped<T>(all: readonly T[], groupOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groupOf(one);
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [one]);
    else known.push(one);
  }
  return groups;
}

export function pairUp({ entries, lines, groupOf, groupOfLine, fits }: Question): Pairing {
  const rowsOf = grouped(lines, groupOfLine);
  const found: { entries: OurEntry[]; lines: Timed[] }[] = [];
  const done = new Set<OurEntry | Timed>();
  for (const [group, ours] of grouped(entries, groupOf)) {
    const theirs = group === '' ? [] : (rowsOf.get(group) ?? []);
    if (theirs.length === 0) continue;
    for (const entry of ours) {
      if (done.has(entry)) continue;
      const one = connectedGroup(entry, ours, theirs, fits);
      if (one.lines.length === 0) continue;
      for (const part of [...one.entries, ...one.lines]) done.add(part);
      found.push(one);
    }
  }
  return {
    found,
    entries: entries.filter((entry) => !done.has(entry)),
    lines: lines.filter((line) => !done.has(line)),
  };
}

/** The connected component of one entry. */
function connectedGroup(
  first: OurEntry,
  ours: readonly OurEntry[],
  theirs: readonly Timed[],
  fits: Question['fits'],
): { entries: OurEntry[]; lines: Timed[] } {
  const entries = new Set([first]);
  const lines = new Set<Timed>();
  const open: OurEntry[] = [first];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const of = entry;
    for (const line of theirs) {
      if (lines.has(line) || !fits(of, line)) continue;
      lines.add(line);
      for (const other of ours) {
        if (entries.has(other) || !fits(other, line)) continue;
        entries.add(other);
        open.push(other);
      }
    }
  }
  return { entries: [...entries], lines: [...lines] };
}
