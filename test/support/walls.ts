import { builtinModules } from 'node:module';
import { posix } from 'node:path';

// Two walls: what a file may know of the outside, by the room that it is in, and whom it may know in the house, by its slice.

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
    holds: (path) => path === 'main/index.ts' || /^main\/app\/(electron|ipc)\//.test(path),
    mayImport: ['main', 'contract', 'node', 'electron', 'package', 'picture'],
  },
  {
    name: 'the database',
    holds: (path) => path.startsWith('main/kernel/database/'),
    mayImport: ['main', 'contract', 'node', 'better-sqlite3', 'package'],
  },
  {
    name: 'the wire',
    holds: (path) => path.startsWith('main/hosts/kybio/'),
    mayImport: ['main', 'kybio', 'contract', 'node', 'undici', 'package'],
  },
  {
    name: 'the choice of a host',
    holds: (path) => path === 'main/app/host-protocol.ts',
    mayImport: ['main', 'kybio'],
  },
  {
    name: 'the core of main',
    holds: (path) => path.startsWith('main/'),
    mayImport: ['main', 'contract', 'node', 'package'],
  },
];

/** Each may know those before it, in main, in the contract and on the page; `app` knows all. */
const slices = [
  'kernel',
  'hosts',
  'ledger',
  'members',
  'people',
  'sending',
  'counter',
  'day',
  'paper',
  'safety',
  'chain',
  'updates',
  'app',
];

/** Folders of main that are an idea of their own; every slice but the kernel and the app has a door as well. */
const innerDoors = [
  'hosts/calls',
  'hosts/kybio',
  'hosts/link',
  'hosts/network',
  'hosts/port',
  'hosts/practice',
  'ledger/journal',
  'ledger/shown',
  'ledger/tables',
  'updates/trial',
];

export const doors: readonly string[] = [...slices.slice(1, -1), ...innerDoors].map(
  (folder) => `main/${folder}/index.ts`,
);

/** What lies beside the folders is the app's, or the page's shell. */
const sliceOf = (path: string): string =>
  /^(?:main|preload\/contract|renderer)\/(\w+)\//.exec(path)?.[1] ?? 'app';

const isLater = (one: string, other: string): boolean => slices.indexOf(one) > slices.indexOf(other);

function mayKnowInMain(path: string, target: string): boolean {
  const [from, to] = [sliceOf(path), sliceOf(target)];
  if (from === to) return !doors.includes(target);
  return isLater(from, to) && (to === 'kernel' || doors.includes(target));
}

function mayKnowInContract(path: string, target: string): boolean {
  const [from, to] = [sliceOf(path), sliceOf(target)];
  return from === to || isLater(from, to);
}

/** The parts of the renderer: the kit, what is shared, the frame of a screen, a page each, and what puts them together. */
const partOf = (path: string): string =>
  new RegExp(`^renderer/(kit|shared|frame|(?:${slices.join('|')})/[^/]+)/`).exec(path)?.[1] ?? 'the shell';

const below = ['kit', 'shared', 'frame'];

/** A page's index.ts is its door. Its words are put together for all pages, a language at a time, and taken from nowhere else. */
function mayKnowOnPage(path: string, target: string): boolean {
  if (target.endsWith('/words.json')) return path.startsWith('renderer/locales/');
  const [from, to] = [partOf(path), partOf(target)];
  if (from === to) return true;
  if (below.includes(to) && !below.includes(from)) return true;
  if (below.includes(from))
    return (
      (below.indexOf(from) > below.indexOf(to) && below.includes(to)) ||
      (from === 'shared' && target.startsWith('renderer/locales/'))
    );
  const isDoor = to !== 'the shell' && /\/index\.ts$/.test(target);
  return isDoor && (from === 'the shell' || !isLater(sliceOf(target), sliceOf(path)));
}

const targetOf = (path: string, specifier: string): string => posix.join(posix.dirname(path), specifier);

/** Whether what it imports, or the store that the kit has not, is none of a file's business by its place in the house. */
function isOutOfPlace(path: string, specifier: string | null): boolean {
  if (specifier === null) return false;
  if (path.startsWith('renderer/kit/') && /^zustand(\/|$)/.test(specifier)) return true;
  if (!specifier.startsWith('.')) return false;
  const target = targetOf(path, specifier);
  const isIn = (folder: string) => path.startsWith(folder) && target.startsWith(folder);
  if (isIn('main/')) return !mayKnowInMain(path, target);
  if (isIn('preload/contract/')) return !mayKnowInContract(path, target);
  return isIn('renderer/') && !mayKnowOnPage(path, target);
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
    const target = targetOf(path, specifier);
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

/** What a file with this path (from the project's root, with `/`) and text does against the walls. */
export function wallsBroken(path: string, text: string): string[] {
  const room = rooms.find((candidate) => candidate.holds(path));
  if (!room) return [];
  return importsOf(text).flatMap((specifier) => {
    const what = specifier ?? 'what it computes';
    if (!room.mayImport.includes(sourceOf(path, specifier)))
      return [`${path}: ${room.name} must not import ${what}`];
    return isOutOfPlace(path, specifier) ? [`${path}: ${sliceOf(path)} must not import ${what}`] : [];
  });
}

const MOST_NAMES = 40;

/** What is wrong with the text of a door: it hands names on, not many of them, and does nothing else. */
export function faceProblems(path: string, text: string): string[] {
  const handedOn = /export (?:type )?\{([^{}]*)\} from '\.\/[^']+';/g;
  const names = [...text.matchAll(handedOn)].flatMap(([, list = '']) =>
    list.split(',').filter((name) => name.trim() !== ''),
  );
  const isMore = text.replaceAll(handedOn, '').trim() !== '';
  return [
    ...(isMore ? [`${path}: hands more on than names`] : []),
    ...(names.length > MOST_NAMES ? [`${path}: ${names.length} names`] : []),
  ];
}
