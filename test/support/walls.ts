import { builtinModules } from 'node:module';
import { posix } from 'node:path';

// The walls between the rooms, told a second time and in another way than in biome.json, so that
// neither can be weakened alone.
type Source =
  | 'node'
  | 'electron'
  | 'better-sqlite3'
  | 'undici'
  | 'ui'
  | 'package'
  | 'main'
  | 'kybio'
  | 'contract'
  | 'preload'
  | 'renderer'
  | 'picture'
  | 'elsewhere'
  | 'computed';

type Room = { name: string; holds: (path: string) => boolean; mayImport: readonly Source[] };

const shell = (path: string) => path === 'main/index.ts' || /^main\/app\/(electron|ipc)\//.test(path);
const store = (path: string) =>
  /^main\/(kernel\/database|outbox|ledger)\//.test(path) || /^main\/.+-repository\.ts$/.test(path);

// The first room that holds a file is its room.
const rooms: readonly Room[] = [
  {
    name: 'the renderer',
    holds: (path) => path.startsWith('renderer/'),
    mayImport: ['renderer', 'contract', 'package', 'ui', 'picture'],
  },
  {
    name: 'the contract',
    holds: (path) => path.startsWith('preload/contract/'),
    mayImport: ['contract', 'package'],
  },
  {
    name: 'the preload',
    holds: (path) => path.startsWith('preload/'),
    mayImport: ['contract', 'preload', 'electron', 'package'],
  },
  {
    name: 'the shell of main',
    holds: shell,
    mayImport: ['main', 'contract', 'node', 'electron', 'package', 'picture'],
  },
  {
    name: 'the database rooms',
    holds: store,
    mayImport: ['main', 'contract', 'node', 'better-sqlite3', 'package'],
  },
  {
    name: 'the wire',
    holds: (path) => path.startsWith('main/hosts/kybio/'),
    mayImport: ['main', 'kybio', 'contract', 'node', 'undici', 'package'],
  },
  {
    name: 'what puts main together',
    holds: (path) => /^main\/app\/compose(-\w+)?\.ts$/.test(path),
    mayImport: ['main', 'kybio', 'contract', 'node', 'package'],
  },
  {
    name: 'the core of main',
    holds: (path) => path.startsWith('main/'),
    mayImport: ['main', 'contract', 'node', 'package'],
  },
];

/** The parts of the renderer: the kit, what is shared, a feature each, and what puts them together. */
const partOf = (path: string): string =>
  /^renderer\/(kit|shared|frame|(?:features|app|counter|day|paper|people|safety|sending|updates)\/[^/]+)\//.exec(
    path,
  )?.[1] ?? 'app';

const isDoor = (path: string) =>
  /^renderer\/(frame|(?:features|app|counter|day|paper|people|safety|sending|updates)\/[^/]+)\/index\.ts$/.test(
    path,
  );

/** Whether a file of the renderer may know another one; its index.ts is the door of a feature. */
function mayKnow(path: string, target: string): boolean {
  const [from, to] = [partOf(path), partOf(target)];
  if (from === to || to === 'kit') return true;
  if (from === 'kit') return false;
  if (to === 'shared') return true;
  if (from === 'shared') return target.startsWith('renderer/locales/');
  return isDoor(target);
}

const targetOf = (path: string, specifier: string): string => posix.join(posix.dirname(path), specifier);

function partsBroken(path: string, specifier: string | null): boolean {
  if (!path.startsWith('renderer/') || specifier === null) return false;
  if (/^zustand(\/|$)/.test(specifier)) return partOf(path) === 'kit';
  if (!specifier.startsWith('.')) return false;
  const target = targetOf(path, specifier);
  return target.startsWith('renderer/') && !mayKnow(path, target);
}

/** Which of the files each of them imports. */
const knownBy = (files: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...files].map(([path, text]) => [
      path,
      importsOf(text).flatMap((specifier) => {
        const target = specifier?.startsWith('.') ? targetOf(path, specifier) : '';
        return files.has(target) ? [target] : [];
      }),
    ]),
  );

/** A folder of main; what lies beside the folders belongs to no room. */
const roomOf = (path: string): string | null => /^main\/([^/]+)\//.exec(path)?.[1] ?? null;

/** Rooms of main that import each other, types included; one line a pair, with an import of either side. */
export function pairsOf(files: ReadonlyMap<string, string>): string[] {
  const first = new Map<string, string>();
  for (const [path, targets] of knownBy(files)) {
    for (const target of targets) {
      const [from, to] = [roomOf(path), roomOf(target)];
      if (from === null || to === null || from === to || first.has(`${from} ${to}`)) continue;
      first.set(`${from} ${to}`, `${path} -> ${target}`);
    }
  }
  return [...first].flatMap(([pair, one]) => {
    const [from = '', to = ''] = pair.split(' ');
    const other = from < to ? first.get(`${to} ${from}`) : undefined;
    return other === undefined ? [] : [`${one}, ${other}`];
  });
}

/** Files that import each other in a circle, by whatever way and types included; one line a circle. */
export function circlesOf(files: ReadonlyMap<string, string>): string[] {
  const known = knownBy(files);
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start >= 0) found.push([...way.slice(start), path].join(' -> '));
    if (start >= 0 || done.has(path)) return;
    for (const next of known.get(path) ?? []) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of files.keys()) walk(path, []);
  return found;
}

const uiPackages = /^(react|react-dom|react-aria-components|react-i18next|zustand)(\/|$)/;
const literal = `['"\`]([^'"\`$]+)['"\`]`;
const importForms = [
  new RegExp(`\\b(?:import|export)\\b[^;'"\`()]*?\\bfrom\\s*${literal}`, 'g'),
  new RegExp(`\\bimport\\s*${literal}`, 'g'),
  new RegExp(`\\b(?:import|require|require\\.resolve|getBuiltinModule)\\s*\\(\\s*${literal}`, 'g'),
  new RegExp(`\\bnew\\s+URL\\s*\\(\\s*${literal}\\s*,\\s*import\\.meta`, 'g'),
];
const computedImport = /\b(?:import|require)\s*\(\s*(?!\s*['"`][^'"`$]+['"`])/g;

const withoutComments = (text: string) =>
  text.replace(/(['"`])(?:\\.|(?!\1)[^\\])*\1|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (found, quote) =>
    quote ? found : ' ',
  );

/** Every module a text asks for, by whatever form; a computed one is `null`. */
export function importsOf(text: string): (string | null)[] {
  const code = withoutComments(text);
  const named = importForms.flatMap((form) => [...code.matchAll(form)].map((match) => match[1] ?? null));
  return [...named, ...[...code.matchAll(computedImport)].map(() => null)];
}

function sourceOf(path: string, specifier: string | null): Source {
  if (specifier === null) return 'computed';
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    const target = posix.join(posix.dirname(path), specifier);
    if (/^preload\/contract(\/|$)/.test(target)) return 'contract';
    if (target.startsWith('main/hosts/kybio/')) return 'kybio';
    // Copied beside the program by the build; nothing of it is run.
    if (/^build\/icon\.(png\?asset|svg)$/.test(target)) return 'picture';
    const top = /^(main|preload|renderer)(?=\/|$)/.exec(target)?.[1];
    return top === 'main' || top === 'preload' || top === 'renderer' ? top : 'elsewhere';
  }
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node';
  if (/^electron(-updater)?(\/|$)/.test(specifier)) return 'electron';
  if (specifier === 'better-sqlite3' || specifier === 'undici') return specifier;
  return uiPackages.test(specifier) ? 'ui' : 'package';
}

const construction = /(?<!function\s+)\b(?:create[A-Z]\w*Service|new\s+[A-Z]\w*Service)\s*\(/g;

/** What a file with this path (from the project's root, with `/`) and text does against the walls. */
export function wallsBroken(path: string, text: string): string[] {
  const room = rooms.find((candidate) => candidate.holds(path));
  if (!room) return [];
  const imports = importsOf(text)
    .filter((specifier) => !room.mayImport.includes(sourceOf(path, specifier)))
    .map((specifier) => `${path}: ${room.name} must not import ${specifier ?? 'what it computes'}`);
  const parts = importsOf(text)
    .filter((specifier) => partsBroken(path, specifier))
    .map((specifier) => `${path}: ${partOf(path)} must not import ${specifier}`);
  const mayConstruct = /^main\/app\/compose(-\w+)?\.ts$/.test(path) || !path.startsWith('main/');
  const constructions = mayConstruct ? [] : [...withoutComments(text).matchAll(construction)];
  return [
    ...imports,
    ...parts,
    ...constructions.map(([call]) => `${path}: only main/compose and its parts construct services: ${call}`),
  ];
}
