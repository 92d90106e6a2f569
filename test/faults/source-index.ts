import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { slashed } from '../kit/slashes.ts';
import { isNode, type Node, parsed, type Run } from './match.ts';

export const projectRoot = resolve(import.meta.dirname, '../..');

/** Texts of sources by their paths from the project's root. */
export type Sources = ReadonlyMap<string, string>;

/** Where a name is declared at the top of a module, and by what. */
export interface Place {
  readonly file: string;
  readonly nodes: Run;
}

interface Declared {
  readonly nodes: Node[];
  isExported: boolean;
  isValue: boolean;
}

/** The names that a declaration gives, alone or behind `export`. */
function namesOf(declaration: Node): readonly string[] {
  const { declarations, id } = declaration as { declarations?: readonly Node[]; id?: Node | null };
  const ids = declarations === undefined ? [id] : declarations.map((one) => one['id'] as Node);
  return ids.flatMap((one) => (one?.type === 'Identifier' ? [String(one['name'])] : []));
}

function declaredIn(body: Run): ReadonlyMap<string, Declared> {
  const found = new Map<string, Declared>();
  const under = (name: string): Declared => {
    const known = found.get(name) ?? { nodes: [], isExported: false, isValue: false };
    found.set(name, known);
    return known;
  };
  for (const statement of body) {
    const inner = statement['declaration'];
    const declaration = isNode(inner) ? inner : statement;
    for (const name of namesOf(declaration)) {
      const one = under(name);
      one.nodes.push(statement);
      one.isExported ||= declaration !== statement;
      one.isValue ||= !/^TS(Interface|TypeAlias)/.test(declaration.type);
    }
    for (const { exported, local } of (statement['specifiers'] ?? []) as { exported?: Node; local: Node }[])
      if (exported !== undefined && statement['source'] === null)
        under(String(local['name'])).isExported = true;
  }
  return found;
}

/** What others have of a module as it runs. */
const valuesOf = (body: Run): readonly string[] => [
  ...[...declaredIn(body)].flatMap(([name, is]) => (is.isExported && is.isValue ? [name] : [])),
  ...body
    .filter(({ source, exportKind }) => isNode(source) && exportKind === 'value')
    .flatMap((one) => (one['specifiers'] ?? []) as readonly Node[])
    .filter(({ type, exportKind }) => type === 'ExportSpecifier' && exportKind === 'value')
    .map(({ exported }) => String((exported as Node)['name'])),
];

const sameNames = (some: readonly string[], others: readonly string[]): boolean =>
  some.toSorted().join() === others.toSorted().join();

const isModule = (file: string): boolean => /\.tsx?$/.test(file);

/** Every name that a module has from an import. */
const importedIn = (body: Run): readonly string[] =>
  body
    .filter(({ type }) => type === 'ImportDeclaration')
    .flatMap((one) => one['specifiers'] as readonly Node[])
    .map(({ local }) => String((local as Node)['name']));

/** What has a name inside another: a function, a constant, a method, a property. */
function* namedInside(node: Node, name: string): Generator<Node> {
  for (const value of Object.values(node)) {
    for (const one of (Array.isArray(value) ? value : [value]).filter(isNode)) {
      const named = one['id'] ?? one['key'];
      const own = isNode(named) && one['computed'] !== true ? (named['name'] ?? named['value']) : null;
      if (String(own) === name && one['shorthand'] !== true && node.type !== 'ObjectPattern') yield one;
      else yield* namedInside(one, name);
    }
  }
}

export interface SourceIndex {
  readonly sources: Sources;
  /**
   * Where `symbol` is: a name that one module declares, and after points what has a name inside it, e.g.
   * `createDetectiveService.timesOf`. An exported one comes before one of the same name that is not. `beside` is
   * another name of the module, where several have the first; without a symbol it is the whole of that module. Throws
   * where there is none, or more than one.
   */
  place(symbol: string, beside?: string): Place;
  /** The module whose exported values are these and no others. Throws where there is none, or more than one. */
  moduleOf(values: readonly string[]): string;
  /** An import of these exported names for a module, without those that it has. Throws as `place` does. */
  importsFor(file: string, names: readonly string[]): string;
}

/** Looks for names in the texts; parses only those that a name stands in. */
export function createSourceIndex(sources: Sources): SourceIndex {
  const bodies = new Map<string, Run>();
  const bodyOf = (file: string): Run => {
    const body = bodies.get(file) ?? parsed(sources.get(file) ?? '', file);
    bodies.set(file, body);
    return body;
  };
  const modules = new Map<string, ReadonlyMap<string, Declared>>();
  const declared = (file: string) => {
    const names = modules.get(file) ?? declaredIn(bodyOf(file));
    modules.set(file, names);
    return names;
  };

  const moduleOf = (name: string, beside?: string): { readonly file: string; readonly is: Declared } => {
    const word = new RegExp(`(?<![\\w$])${name}(?![\\w$])`);
    const all = [...sources]
      .filter(([file, text]) => isModule(file) && word.test(text) && text.includes(beside ?? ''))
      .flatMap(([file]) => {
        const is = declared(file).get(name);
        return is === undefined || is.nodes.length === 0 ? [] : [{ file, is }];
      })
      .filter(({ file }) => beside === undefined || declared(file).has(beside));
    const exported = all.filter(({ is }) => is.isExported);
    const [found, more] = exported.length > 0 ? exported : all;
    if (found === undefined) throw new Error(`${name}: no module declares it`);
    if (more !== undefined) throw new Error(`${name}: several modules declare it, say which by \`beside\``);
    return found;
  };

  return {
    sources,
    place: (symbol, beside) => {
      if (symbol === '') {
        const { file } = moduleOf(beside ?? '');
        return { file, nodes: bodyOf(file) };
      }
      const [name = '', ...inner] = symbol.split('.');
      const { file, is } = moduleOf(name, beside);
      const nodes = inner.reduce<Run>((outer, own) => {
        const found = outer.flatMap((node) => [...namedInside(node, own)]);
        if (found.length !== 1) throw new Error(`${symbol}: ${own} is there ${found.length} times`);
        return found;
      }, is.nodes);
      return { file, nodes };
    },
    moduleOf: (values) => {
      const found = [...sources.keys()].filter(
        (file) =>
          isModule(file) &&
          values.every((name) => sources.get(file)?.includes(name)) &&
          sameNames(valuesOf(bodyOf(file)), values),
      );
      const [file] = found;
      if (file === undefined || found.length !== 1)
        throw new Error(`${found.length} modules export these: ${values.join(', ')}`);
      return file;
    },
    importsFor: (file, names) => {
      const own = new Set([...declared(file).keys(), ...importedIn(bodyOf(file))]);
      return names
        .filter((name) => !own.has(name))
        .map((name) => {
          const { file: from, is } = moduleOf(name);
          if (!is.isExported) throw new Error(`${name}: its module does not export it`);
          const path = posix.relative(dirname(file), from);
          const specifier = path.startsWith('.') ? path : `./${path}`;
          return `import ${is.isValue ? '' : 'type '}{ ${name} } from '${specifier}';\n`;
        })
        .join('');
    },
  };
}

/** The sources below a root: the project's, or those of a copy of `main/`. */
export const sourcesIn = (root: string): Sources =>
  new Map(
    ['main', 'preload', 'renderer']
      .filter((folder) => existsSync(join(root, folder)))
      .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
      .filter((file) => file.isFile() && /\.(tsx?|html)$/.test(file.name))
      .map((file) => {
        const path = join(file.parentPath, file.name);
        return [slashed(path.slice(root.length + 1)), readFileSync(path, 'utf8')] as const;
      }),
  );

let ours: SourceIndex | undefined;

/** The project's own sources, as they were when somebody asked first. */
export function projectIndex(): SourceIndex {
  ours ??= createSourceIndex(sourcesIn(projectRoot));
  return ours;
}
