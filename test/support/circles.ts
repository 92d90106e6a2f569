import { posix } from 'node:path';
import { importsOf } from './walls.ts';

/** A source file by its path from the project's root, with `/`. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Which files each file imports, types included; what lies outside `sources` is left out. */
function importGraph(sources: readonly Source[]): ReadonlyMap<string, readonly string[]> {
  const known = new Set(sources.map(({ path }) => path));
  return new Map(
    sources.map(({ path, text }) => {
      const targets = importsOf(text)
        .filter((specifier) => specifier?.startsWith('.') === true)
        .map((specifier) => posix.join(posix.dirname(path), specifier ?? ''));
      return [path, targets.filter((target) => known.has(target))];
    }),
  );
}

/** The files that reach themselves, in the groups within which each reaches every other. */
export function circlesOfFiles(sources: readonly Source[]): string[][] {
  const graph = importGraph(sources);
  const reach = new Map<string, ReadonlySet<string>>();
  for (const path of graph.keys()) {
    const seen = new Set<string>();
    const open = [...(graph.get(path) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(graph.get(next) ?? []));
    }
    reach.set(path, seen);
  }
  const circular = [...graph.keys()].filter((path) => reach.get(path)?.has(path)).sort();
  const groups = circular.map((path) => circular.filter((other) => isMutual(reach, path, other)));
  return groups.filter((group, at) => group[0] === circular[at]);
}

const isMutual = (reach: ReadonlyMap<string, ReadonlySet<string>>, one: string, other: string): boolean =>
  reach.get(one)?.has(other) === true && reach.get(other)?.has(one) === true;

/** A room is a folder of main; a file that lies beside the rooms belongs to none. */
const roomOf = (path: string): string | null => /^main\/([^/]+)\//.exec(path)?.[1] ?? null;

/** Rooms that import each other, each pair with one import of either side. */
export function pairsOfRooms(sources: readonly Source[]): string[] {
  const first = new Map<string, string>();
  for (const [path, targets] of importGraph(sources)) {
    for (const target of targets) {
      const [from, to] = [roomOf(path), roomOf(target)];
      if (from === null || to === null || from === to || first.has(`${from}>${to}`)) continue;
      first.set(`${from}>${to}`, `${path} → ${target}`);
    }
  }
  return [...first.keys()]
    .map((pair) => pair.split('>') as [string, string])
    .filter(([from, to]) => from < to && first.has(`${to}>${from}`))
    .map(([from, to]) => `${from} ↔ ${to}: ${first.get(`${from}>${to}`)}, ${first.get(`${to}>${from}`)}`)
    .sort();
}
