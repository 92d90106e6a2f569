// The figures of the house, each with its definition beside its count (docs/development.md, "The house in figures").
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './common.mjs';
import {
  circlesOf,
  edgesOf,
  filesIn,
  linesOf,
  longestChain,
  readGraph,
  textOf,
  walk,
} from './house-graph.mjs';

const at = (path) => join(root, path);
const percent = (part, whole) => Math.round((100 * part) / Math.max(1, whole));
const median = (counts) => {
  const sorted = [...counts].sort((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

const folders = readdirSync(join(root, 'main'), { withFileTypes: true }).filter((one) => one.isDirectory());
const slices = new Set(folders.map(({ name }) => name));

/** A folder of main is a slice; contract and pages of one name belong to it. Null for what lies beside them, as the kit does. */
const sliceOf = (file) => {
  const folder = /^(?:main|preload\/contract|renderer)\/(\w+)\//.exec(file)?.[1];
  return slices.has(folder) ? folder : null;
};

const isFace = (file) => basename(file).startsWith('index.');

/** Nobody imports these: a program, a page or a worker starts with them. */
const isEntryPoint = (file) =>
  /^(main\/index|preload\/(index|customer)|renderer\/(main|customer\/[^/]+))\.tsx?$/.test(file) ||
  /-worker\.ts$/.test(file);

function oneImporter(graph, testNames) {
  const importers = new Map();
  for (const [file, targets] of edgesOf(graph, { throughFaces: true }))
    for (const target of targets) importers.set(target, (importers.get(target) ?? new Set()).add(file));
  const counted = [...graph.keys()].filter(
    (file) => !isFace(file) && !isEntryPoint(file) && !testNames.has(basename(file).replace(/\.tsx?$/, '')),
  );
  return percent(counted.filter((file) => importers.get(file)?.size === 1).length, graph.size);
}

function nodesLike(graph, isOne) {
  let found = 0;
  for (const { program } of graph.values()) walk(program, (node) => (found += isOne(node) ? 1 : 0));
  return found;
}

const bareOf = (node) => (/^TS(As|Satisfies)Expression$/.test(node.type) ? bareOf(node.expression) : node);

const isPackedLiteral = (node) =>
  node.type === 'SpreadElement' && bareOf(node.argument).type === 'ObjectExpression';

const parsesTyped = ({ type, callee }) => type === 'CallExpression' && callee.name === 'parseAmount';

const camel = (name) => name.replace(/_e4$/, '').replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** What is known of an entry, by its names in rows and on screen. */
const facts = new Set(
  'id till kind state cause note requestId customerUid customerNumber customerName balanceIncrement pointIncrement createdAtMs settledAtMs dataChangeTime corrects'.split(
    ' ',
  ),
);

const membersOf = (node) => {
  if (node.type === 'TSInterfaceDeclaration') return node.body.body;
  if (node.type === 'TSTypeLiteral') return node.members;
  const isSchema =
    node.type === 'CallExpression' && /^(strict)?[oO]bject$/.test(node.callee.property?.name ?? '');
  return isSchema ? (node.arguments[0]?.properties ?? []) : [];
};

const isShapeOfEntry = (node) =>
  new Set(
    membersOf(node)
      .map(({ key }) => camel(key?.name ?? ''))
      .filter((name) => facts.has(name)),
  ).size >= 7;

function longestInside(graph) {
  const edges = edgesOf(graph);
  const chains = [...slices].map((slice) => {
    const inside = (file) => file.startsWith(`main/${slice}/`) && !isFace(file);
    const own = [...edges].filter(([file]) => inside(file));
    return longestChain(new Map(own.map(([file, targets]) => [file, [...targets].filter(inside)])));
  });
  return chains.reduce((most, chain) => (chain.length > most.length ? chain : most), []).length;
}

function circlesOfSlices(graph) {
  const between = new Map();
  for (const [file, targets] of edgesOf(graph)) {
    const from = /^main\//.test(file) ? sliceOf(file) : null;
    if (from === null) continue;
    const to = [...targets].filter((target) => /^main\//.test(target)).map(sliceOf);
    const known = between.get(from) ?? new Set();
    between.set(from, known);
    for (const slice of to) if (slice !== null && slice !== from) known.add(slice);
  }
  return circlesOf(between).length;
}

/** The ten changes that the house is measured by, and the how-to that lists the files of each. */
const changes = {
  'a remark code on an entry': 'add-a-term',
  'a receipt language': 'add-a-language',
  'a kind of bonus rule': 'add-a-bonus-kind',
  'a second host': 'add-a-host',
  'a setting': 'add-a-setting',
  'a figure on the Z': 'add-a-figure',
  'a channel': 'add-a-channel',
  'a role': 'add-a-role',
  'a way to pay': 'add-a-way-to-pay',
  'node:sqlite for better-sqlite3': 'change-the-database',
};

/** Files that need no thought of their own: the list of slices and the words. */
const isList = (file) => /^(main\/app\/slices\.ts|renderer\/(.*\/words\.json|locales\/.*))$/.test(file);

const isFile = (path) => statSync(at(path), { throwIfNoEntry: false })?.isFile() === true;

function changesOnPaper() {
  const told = Object.values(changes)
    .map((name) => `docs/how-to/${name}.md`)
    .filter(isFile);
  const counts = told.map((howTo) => {
    const named = [...textOf(howTo).matchAll(/(?<![\w/])(?:main|preload|renderer)\/[\w./-]+\w/g)];
    const files = new Set(named.map(([file]) => file).filter(isFile));
    const own = [...files].filter((file) => !isList(file));
    return { slices: new Set(own.map(sliceOf).filter((slice) => slice !== null)).size, files: own.length };
  });
  const slices = counts.map((one) => one.slices);
  return {
    described: told.length,
    median: median(slices),
    most: Math.max(...slices),
    files: Math.max(...counts.map((one) => one.files)),
  };
}

/** Calls of `patch`, which names a text of a source file: a move or a new layout breaks it. */
const patchesOfSource = (tests) =>
  tests
    .filter((file) => /\/patch\.ts'/.test(textOf(file)))
    .reduce((sum, file) => sum + [...textOf(file).matchAll(/\bpatch\(/g)].length, 0);

/** @returns {{ name: string, means: string, value: number | string, goal: number | null }[]} */
export function countHouse(hops) {
  const graph = readGraph(['main', 'preload', 'renderer']);
  const tests = filesIn('test', /\.tsx?$/);
  const testNames = new Set(tests.map((file) => basename(file).replace(/(\.\w+)?\.test\.tsx?$/, '')));
  const inMain = readdirSync(at('main'), { withFileTypes: true });
  const loose = inMain
    .filter((one) => one.isFile() && one.name.endsWith('.ts'))
    .map(({ name }) => `main/${name}`);
  const paper = changesOnPaper();
  const row = (name, value, goal, means) => ({ name, value, goal, means });
  return [
    row(
      'source lines',
      linesOf(['main', 'preload', 'renderer'].flatMap((folder) => filesIn(folder, /\.(tsx?|css)$/))),
      79_000,
      'of .ts, .tsx and .css in main, preload and renderer',
    ),
    row('test lines', linesOf(tests), 73_000, 'of .ts and .tsx in test'),
    row('folders in main', slices.size, 12, 'main/*/'),
    row('loose files in main', loose.length, 6, 'main/*.ts'),
    row(
      'lines that compose',
      linesOf(['main/app/slices.ts']),
      300,
      'of main/app/slices.ts, which has all slices made',
    ),
    row(
      'files with one importer, %',
      oneImporter(graph, testNames),
      25,
      'of all source files: one other file imports them, faces looked through; faces, entry points and files with a test of their name are none',
    ),
    row(
      'packed literals',
      nodesLike(graph, isPackedLiteral),
      20,
      'an object literal that is spread into another one',
    ),
    row(
      'circles of slices',
      circlesOfSlices(graph),
      0,
      'groups of folders of main that reach each other by imports, types included',
    ),
    row(
      'circles of files',
      circlesOf(edgesOf(graph)).length,
      0,
      'groups of files that reach each other by imports, types included',
    ),
    row(
      'longest chain inside a slice',
      longestInside(graph),
      12,
      'files on the longest way of imports within one folder of main',
    ),
    row('patches of source text', patchesOfSource(tests), 0, 'calls of `patch` in test'),
    row('changes that a how-to describes', paper.described, null, `of ${Object.keys(changes).length}`),
    row(
      'slices a change touches, median',
      paper.median,
      2,
      'files that its how-to names, by slice: contract, main and page of one name are one; the list of slices and words none',
    ),
    row('slices a change touches, most', paper.most, 4, 'the same'),
    row('source files a change touches, most', paper.files, 8, 'the same, by file'),
    row(
      'shapes of an entry',
      nodesLike(graph, isShapeOfEntry),
      3,
      'types and schemas with seven or more of what is known of an entry',
    ),
    row(
      'places that parse what was typed',
      nodesLike(
        new Map([...graph].filter(([file]) => file.startsWith('renderer/counter/counter/'))),
        parsesTyped,
      ),
      1,
      'calls of `parseAmount` in the counter’s page',
    ),
    row(
      'files from press to Done',
      hops.files,
      65,
      `of main and the contract, in which something runs (${hops.functions} functions)`,
    ),
  ];
}
