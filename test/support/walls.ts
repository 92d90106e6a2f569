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
  | 'contract'
  | 'preload'
  | 'renderer'
  | 'picture'
  | 'elsewhere'
  | 'computed';

type Room = { name: string; holds: (path: string) => boolean; mayImport: readonly Source[] };

const shell = (path: string) => path === 'main/index.ts' || /^main\/(electron|ipc)\//.test(path);
const store = (path: string) =>
  /^main\/(database|outbox)\//.test(path) || /^main\/.+-repository\.ts$/.test(path);

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
    holds: (path) => path.startsWith('main/kybio/'),
    mayImport: ['main', 'contract', 'node', 'undici', 'package'],
  },
  {
    name: 'the core of main',
    holds: (path) => path.startsWith('main/'),
    mayImport: ['main', 'contract', 'node', 'package'],
  },
];

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
    // Copied beside the program by the build; nothing of it is run.
    if (/^build\/icon\.(png\?asset|svg)$/.test(target)) return 'picture';
    const top = /^(main|preload|renderer)(?=\/|$)/.exec(target)?.[1];
    return top === 'main' || top === 'preload' || top === 'renderer' ? top : 'elsewhere';
  }
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node';
  if (/^electron(\/|$)/.test(specifier)) return 'electron';
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
  const mayConstruct = /^main\/compose(-\w+)?\.ts$/.test(path) || !path.startsWith('main/');
  const constructions = mayConstruct ? [] : [...withoutComments(text).matchAll(construction)];
  return [
    ...imports,
    ...constructions.map(([call]) => `${path}: only main/compose and its parts construct services: ${call}`),
  ];
}
