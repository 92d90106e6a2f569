import { parseSync } from 'rolldown/utils';

/** A node of the syntax tree; where it stands is `start` to `end` in its text, without parentheses around it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** Nodes that stand side by side: statements, properties, elements, or one node alone. */
export type Run = readonly Node[];

/** What a pattern met: the nodes, and what its placeholders stand for. */
export interface Match {
  readonly run: Run;
  /** What they stand in; none stands in the scope itself. */
  readonly parent: Node | null;
  readonly bound: ReadonlyMap<string, Node>;
}

const layout = new Set(['start', 'end', 'range', 'raw', 'directive']);

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** The statements of a text. Throws where it is none of the language. */
export function parsed(text: string, name = 'text.ts'): Run {
  const { program, errors } = parseSync(name, text, { preserveParens: false });
  const [error] = errors;
  if (error !== undefined) throw new Error(`${name}: ${error.message}`);
  return program.body as unknown as Run;
}

/** The fields that say what a node is, not how it is laid out. */
const fieldsOf = (node: Node): string[] => Object.keys(node).filter((field) => !layout.has(field));

/** What a page shows of a text between its elements: a break of a line is none of it. */
const shown = (text: unknown): string =>
  typeof text === 'string' ? text.replaceAll(/\s*\n\s*/g, ' ').trim() : '';

/** `{ 'a': 1 }` is `{ a: 1 }`; what a literal is stands in its value, or in `regex` and `bigint`. */
function plainField(node: Node, field: string): unknown {
  const value = node[field] ?? null;
  if (field === 'key' && node['computed'] !== true && isNode(value)) return value['name'] ?? value['value'];
  if (field === 'value' && node.type === 'TemplateElement') return (value as { cooked?: string }).cooked;
  if (field === 'value' && node.type === 'JSXText') return shown(value);
  if (field === 'children' && Array.isArray(value))
    return value.filter((one: Node) => one.type !== 'JSXText' || shown(one['value']) !== '');
  if (field === 'value' && node['regex'] !== undefined) return null;
  // Whether an arrow function is one expression: its body says it.
  if (field === 'expression' && typeof value === 'boolean') return null;
  return value;
}

const isPlaceholder = (name: unknown): name is string =>
  typeof name === 'string' && /^\$[a-z]\w*$/i.test(name);

/** `$name`, wherever one node may stand; null where it is no placeholder. */
function placeholderOf(node: Node): string | null {
  const named =
    node.type === 'ExpressionStatement'
      ? node['expression']
      : node.type === 'TSTypeReference'
        ? node['typeName']
        : node.type === 'Property' && node['shorthand'] === true
          ? node['value']
          : node;
  if (!isNode(named) || named.type !== 'Identifier' || isNode(named['typeAnnotation'])) return null;
  return isPlaceholder(named['name']) ? named['name'] : null;
}

/** Whether the tree is the pattern's, whatever its layout; what its placeholders stand for is put into `bound`. */
export function fits(pattern: unknown, tree: unknown, bound = new Map<string, Node>()): boolean {
  if (Array.isArray(pattern))
    return (
      Array.isArray(tree) &&
      pattern.length === tree.length &&
      pattern.every((one, at) => fits(one, tree[at], bound))
    );
  if (!isNode(pattern)) {
    if (typeof pattern !== 'object' || pattern === null) return (pattern ?? null) === (tree ?? null);
    return JSON.stringify(pattern) === JSON.stringify(tree);
  }
  if (!isNode(tree)) return false;
  const name = placeholderOf(pattern);
  if (name !== null) {
    const before = bound.get(name);
    if (before === undefined) bound.set(name, tree);
    return before === undefined || fits(before, tree);
  }
  if (pattern.type !== tree.type) return false;
  const fields = new Set([...fieldsOf(pattern), ...fieldsOf(tree)]);
  return [...fields].every((field) => fits(plainField(pattern, field), plainField(tree, field), bound));
}

type Context = readonly [before: string, after: string, run: (statement: Node) => unknown];

const at =
  (...path: readonly (string | number)[]) =>
  (statement: Node): unknown =>
    path.reduce<unknown>((node, step) => (node as Record<string | number, unknown>)[step], statement);

/** Where a pattern may stand. An expression is an argument, and so may be several of them. */
const inside: readonly Context[] = [
  ['async () => f(\n', '\n)', at('expression', 'body', 'arguments')],
  ['async () => ({\n', '\n})', at('expression', 'body', 'properties')],
  ['(\n', '\n) => 0', at('expression', 'params')],
  ['({\n', '\n}) => 0', at('expression', 'params', 0, 'properties')],
  ['type T = [\n', '\n]', at('typeAnnotation', 'elementTypes')],
];
const members: Context = ['interface I {\n', '\n}', at('body', 'body')];
const statements: Context = ['async function* f() {\n', '\n}', at('body', 'body')];

function runIn([before, after, run]: Context, text: string): readonly Run[] {
  try {
    const [statement, more] = parsed(before + text + after);
    const found = statement === undefined || more !== undefined ? undefined : run(statement);
    return Array.isArray(found) && found.length > 0 && found.every(isNode) ? [found] : [];
  } catch {
    return [];
  }
}

/**
 * What a pattern may be: what ends in a semicolon is a run of statements or of members of a type, all else
 * expressions, properties, parameters or types, or else statements. Throws where it is none of these.
 */
export function readingsOf(text: string): readonly Run[] {
  const isEnded = text.trimEnd().endsWith(';');
  const first = (isEnded ? [statements, members] : [...inside, members]).flatMap((one) => runIn(one, text));
  const all = first.length > 0 ? first : runIn(statements, text);
  if (all.length === 0) throw new Error(`no pattern of the language: ${text}`);
  return all;
}

/** Every list of nodes below a node, and every node as a list of one. A key that is no expression is none. */
function* runsIn(node: Node, parent: Node | null = null): Generator<Omit<Match, 'bound'>> {
  yield { run: [node], parent };
  for (const field of fieldsOf(node)) {
    if (field === 'key' && node['computed'] !== true) continue;
    if (field === 'value' && node['shorthand'] === true) continue;
    const value = node[field];
    const run = (Array.isArray(value) ? value : [value]).filter(isNode);
    if (run.length > 1) yield { run, parent: node };
    for (const one of run) yield* runsIn(one, node);
  }
}

/** Everything in these nodes that fits the pattern, each place once. */
export function matchesOf(pattern: string, scope: Run): readonly Match[] {
  const readings = readingsOf(pattern);
  const found = new Map<string, Match>();
  for (const { run: nodes, parent } of scope.flatMap((node) => [...runsIn(node)]))
    for (const reading of readings)
      for (let first = 0; first + reading.length <= nodes.length; first += 1) {
        const run = nodes.slice(first, first + reading.length);
        const bound = new Map<string, Node>();
        const place = `${run[0]?.start} ${run.at(-1)?.end}`;
        if (!found.has(place) && fits(reading, run, bound)) found.set(place, { run, parent, bound });
      }
  return [...found.values()];
}

/** The strings below these nodes, and the parts of templates between what is put into them. */
export const textsIn = (scope: Run): readonly Node[] =>
  scope
    .flatMap((node) => [...runsIn(node)])
    .flatMap(({ run: [only, more] }) => (only === undefined || more !== undefined ? [] : [only]))
    .filter(
      ({ type, value }) => type === 'TemplateElement' || (type === 'Literal' && typeof value === 'string'),
    );
