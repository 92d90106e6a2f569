// The sources as a graph: each file with its syntax tree, what it imports (types too) and what it hands on.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from 'rolldown/utils';
import { root } from './common.mjs';

export const filesIn = (folder, pattern) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && pattern.test(file.name))
    .map((file) => posix.join(file.parentPath.slice(root.length + 1).replaceAll('\\', '/'), file.name))
    .sort();

export const textOf = (file) => readFileSync(join(root, file), 'utf8');

export const linesOf = (files) => files.reduce((sum, file) => sum + textOf(file).split('\n').length - 1, 0);

/** Every node of a tree with its parent, from the outside in. */
export function walk(node, visit, parent = null) {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const one of node) walk(one, visit, parent);
    return;
  }
  if (typeof node.type === 'string') visit(node, parent);
  for (const [key, value] of Object.entries(node)) {
    if (key !== 'start' && key !== 'end') walk(value, visit, typeof node.type === 'string' ? node : parent);
  }
}

const isRelative = (specifier) => specifier.startsWith('.');
const targetOf = (file, specifier) => posix.join(posix.dirname(file), specifier);

function importsIn(file, text, module) {
  const named = [...module.staticImports, ...module.staticExports].flatMap(({ moduleRequest, entries }) =>
    entries.map((entry) => ({
      specifier: (entry.moduleRequest ?? moduleRequest)?.value ?? null,
      name: entry.importName.kind === 'Name' ? entry.importName.name : '*',
    })),
  );
  const bare = module.staticImports
    .filter(({ entries }) => entries.length === 0)
    .map(({ moduleRequest }) => ({ specifier: moduleRequest.value, name: '*' }));
  const lazy = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    specifier: text.slice(start + 1, end - 1),
    name: '*',
  }));
  return [...named, ...bare, ...lazy]
    .filter(({ specifier }) => specifier !== null && isRelative(specifier))
    .map(({ specifier, name }) => ({ target: targetOf(file, specifier), name }));
}

/** Names that a file hands on from another one: by its own name of it, or `*` for all. */
const handedOn = (file, module) =>
  module.staticExports.flatMap(({ entries }) =>
    entries
      .filter(({ moduleRequest }) => moduleRequest !== null && isRelative(moduleRequest.value))
      .map(({ moduleRequest, importName, exportName }) => ({
        target: targetOf(file, moduleRequest.value),
        name: exportName.kind === 'Name' ? exportName.name : '*',
        own: importName.kind === 'Name' ? importName.name : '*',
      })),
  );

/** @returns {Map<string, { text: string, program: object, imports: object[], handsOn: object[] }>} by path from the root */
export function readGraph(folders) {
  const files = folders.flatMap((folder) => filesIn(folder, /(?<!\.d)\.tsx?$/));
  return new Map(
    files.map((file) => {
      const text = textOf(file);
      const { program, module, errors } = parseSync(file, text);
      if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
      return [
        file,
        { text, program, imports: importsIn(file, text, module), handsOn: handedOn(file, module) },
      ];
    }),
  );
}

/** Where a name that is imported from a file is made: through every face that only hands it on. */
function makerOf(graph, file, name, seen = new Set()) {
  const node = graph.get(file);
  if (node === undefined || seen.has(file)) return null;
  seen.add(file);
  const named = node.handsOn.find((one) => one.name === name);
  if (named !== undefined) return makerOf(graph, named.target, named.own, seen) ?? named.target;
  if (declares(node, name)) return file;
  for (const { target, name: all } of node.handsOn) {
    if (all !== '*') continue;
    const maker = makerOf(graph, target, name, seen);
    if (maker !== null) return maker;
  }
  return null;
}

const declared = new WeakMap();
function declares(node, name) {
  if (!declared.has(node)) {
    const names = new Set();
    for (const { declaration, specifiers = [] } of node.program.body.filter(({ type }) =>
      /^Export/.test(type),
    )) {
      for (const { exported } of specifiers) names.add(exported.name);
      if (declaration?.id) names.add(declaration.id.name);
      for (const { id } of declaration?.declarations ?? []) walk(id, (one) => names.add(one.name));
    }
    declared.set(node, names);
  }
  return declared.get(node).has(name);
}

/** Which files each file imports: as written, or where what it names is made. */
export function edgesOf(graph, { throughFaces = false } = {}) {
  return new Map(
    [...graph].map(([file, { imports, handsOn }]) => {
      const targets = imports
        .filter(
          ({ target, name }) =>
            !throughFaces || !handsOn.some((one) => one.target === target && one.own === name),
        )
        .map(({ target, name }) =>
          throughFaces && name !== '*' ? (makerOf(graph, target, name) ?? target) : target,
        );
      return [file, new Set(targets.filter((target) => graph.has(target) && target !== file))];
    }),
  );
}

/** Groups of nodes that reach each other: circles of any length, one a group. */
export function circlesOf(edges) {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const circles = [];
  const visit = (node) => {
    index.set(node, index.size);
    low.set(node, index.get(node));
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) circles.push(group);
  };
  for (const node of edges.keys()) if (!index.has(node)) visit(node);
  return circles;
}

/** The longest way along the edges, in nodes; circles count once. */
export function longestChain(edges) {
  const lengths = new Map();
  const under = new Set();
  const lengthOf = (node) => {
    if (lengths.has(node)) return lengths.get(node);
    if (under.has(node)) return [];
    under.add(node);
    let longest = [];
    for (const next of edges.get(node) ?? []) {
      const way = lengthOf(next);
      if (way.length > longest.length) longest = way;
    }
    under.delete(node);
    lengths.set(node, [node, ...longest]);
    return lengths.get(node);
  };
  return [...edges.keys()].map(lengthOf).reduce((most, way) => (way.length > most.length ? way : most), []);
}
