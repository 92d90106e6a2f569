import { type Match, matchesOf, type Node, readingsOf, textsIn } from './match.ts';
import { type Place, projectIndex, type SourceIndex, type Sources } from './source-index.ts';

/** Where a change is made: in a symbol, and what the replacement needs. */
interface Where {
  /**
   * A name that one module declares, and after points what has a name inside it: `createDetectiveService.timesOf`. Left
   * out for what runs as the module of `beside` is loaded.
   */
  readonly in?: string;
  /** Another name of the same module, where several declare the first. */
  readonly beside?: string;
  /** What is put in the place of what was found; `$name` is what stood there, `$$` all of it. Nothing takes it away. */
  readonly put: string;
  /** Exported names that this needs: they are imported, where the module has not got them. */
  readonly uses?: readonly string[];
}

/**
 * A change to one symbol: for rules of our own, which have no part to put another in the place of, and a switch that
 * turns a protection off for a test would be there for everybody. Where a port or an option exists, a test fills it in.
 */
export interface CodeChange extends Where {
  /**
   * What is to change, as source: an expression, properties, statements up to the last semicolon. It must fit exactly
   * once, whatever the layout; `$name` stands for any one thing.
   */
  readonly find: string;
}

/** The same in a text of a symbol, e.g. of SQL, where only spaces and breaks of lines do not count. */
export interface TextChange extends Where {
  readonly text: string;
}

/** A change to one directive of the policy that a page of the renderer carries: a page has no symbols. */
export interface PolicyChange {
  /** Its name without `.html`. */
  readonly page: string;
  readonly directive: string;
  readonly put: string;
}

export type SymbolChange = CodeChange | TextChange;
export type AnyChange = SymbolChange | PolicyChange;

const isPolicy = (change: AnyChange): change is PolicyChange => 'page' in change;

/** What stays as it is wherever it is put; an object alone would be the block of an arrow function. */
const isOperand = ({ type }: Node): boolean =>
  !type.endsWith('Expression') || /^(Member|Call|Array|This)Expression$/.test(type);

/** A node's own text; in parentheses again where those around it are lost. */
function textOf(text: string, node: Node): string {
  const own = text.slice(node.start, node.end);
  return isOperand(node) ? own : `(${own})`;
}

function filled(put: string, text: string, { run, bound }: Match): string {
  return put.replaceAll(/\$\$|\$[a-zA-Z]\w*/g, (name) => {
    if (name === '$$') return text.slice(run[0]?.start, run.at(-1)?.end);
    const node = bound.get(name);
    if (node === undefined) throw new Error(`${name} is not in the pattern`);
    return textOf(text, node);
  });
}

/** A text for a stretch of another. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly put: string;
}

function spliced(file: string, text: string, edits: readonly Edit[]): string {
  let [done, at] = ['', 0];
  for (const { start, end, put } of edits.toSorted((one, other) => one.start - other.start)) {
    if (start < at) throw new Error(`${file}: two changes meet at ${text.slice(start, at)}`);
    done += text.slice(at, start) + put;
    at = end;
  }
  return done + text.slice(at);
}

const isExpression = ({ type }: Node): boolean => /Expression$|Literal$|^Identifier$/.test(type);
const isStatement = ({ type }: Node): boolean => /Statement$|Declaration$/.test(type);

/** Takes a run out of its list, with the comma behind it or before it; a statement that stands alone is needed. */
function takenOut(text: string, { run, parent }: Match): Edit {
  const [start, end] = [run[0]?.start ?? 0, run.at(-1)?.end ?? 0];
  if (run.every(isStatement)) {
    const isAlone = Object.values(parent ?? {}).some((field) => field === run[0]);
    return { start, end, put: isAlone ? ';' : '' };
  }
  const behind = /^\s*[,;]/.exec(text.slice(end))?.[0].length ?? 0;
  const before = behind > 0 ? 0 : (/,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0);
  return { start: start - before, end: end + behind, put: '' };
}

/** Whether a text that is put in the place of one operand would fall apart there; a statement has no others. */
function fallsApart(put: string, { run, parent }: Match): boolean {
  const [only, more] = run;
  if (only === undefined || more !== undefined || !isExpression(only)) return false;
  if (parent?.type === 'ExpressionStatement') return false;
  return readingsOf(put).some(([one, other]) => other === undefined && one !== undefined && !isOperand(one));
}

const placeOf = (index: SourceIndex, change: SymbolChange): Place =>
  index.place(change.in ?? '', change.beside);

/** The one that was found. Throws where there is none, or more than one. */
function onlyOne<Found>(found: readonly Found[], where: string, what: string): Found {
  const [only] = found;
  if (only === undefined || found.length !== 1)
    throw new Error(`${where}: found ${found.length} times: ${what}`);
  return only;
}

const nameOf = ({ in: symbol, beside }: SymbolChange): string => symbol ?? `the module of ${beside}`;

function editOfCode(index: SourceIndex, text: string, change: CodeChange): Edit {
  const found = matchesOf(change.find, placeOf(index, change).nodes);
  const match = onlyOne(found, nameOf(change), change.find);
  const { run } = match;
  if (change.put === '') return takenOut(text, match);
  const put = filled(change.put, text, match);
  return {
    start: run[0]?.start ?? 0,
    end: run.at(-1)?.end ?? 0,
    put: fallsApart(put, match) ? `(${put})` : put,
  };
}

const escaped = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

function editOfText(index: SourceIndex, text: string, change: TextChange): Edit {
  const words = new RegExp(change.text.split(/\s+/).map(escaped).join('\\s+'), 'g');
  const found = textsIn(placeOf(index, change).nodes).flatMap(({ start, end }) =>
    [...text.slice(start, end).matchAll(words)].map((match) => ({
      start: start + match.index,
      own: match[0],
    })),
  );
  const { start, own } = onlyOne(found, nameOf(change), change.text);
  return { start, end: start + own.length, put: change.put.replaceAll('$$', () => own) };
}

function editOfPolicy(text: string, { page, directive, put }: PolicyChange): Edit {
  const found = [...text.matchAll(new RegExp(`(?<=[";\\s])${directive}\\s[^;"]*`, 'g'))];
  const only = onlyOne(found, `the page ${page}`, directive);
  return { start: only.index, end: only.index + only[0].length, put: `${directive} ${put}` };
}

/** The page's own file. */
function pageOf(sources: Sources, page: string): string {
  const found = [...sources.keys()].filter((file) => file.endsWith(`/${page}.html`));
  if (found.length !== 1) throw new Error(`${page}: there are ${found.length} such pages`);
  return found.join();
}

/** Where a change is made. Throws where its symbol is not there, or in several modules. */
export const fileOf = (change: AnyChange, index = projectIndex()): string =>
  isPolicy(change) ? pageOf(index.sources, change.page) : placeOf(index, change).file;

/** The changed texts by their paths. Throws where a change does not fit exactly once, or two meet each other. */
export function plant(changes: readonly AnyChange[], index = projectIndex()): Sources {
  const files = new Map<string, AnyChange[]>();
  for (const change of changes) {
    const file = fileOf(change, index);
    files.set(file, [...(files.get(file) ?? []), change]);
  }
  return new Map(
    [...files].map(([file, own]) => {
      const text = index.sources.get(file) ?? '';
      const edits = own.map((one) =>
        isPolicy(one)
          ? editOfPolicy(text, one)
          : 'find' in one
            ? editOfCode(index, text, one)
            : editOfText(index, text, one),
      );
      const uses = own.flatMap((one) => (isPolicy(one) ? [] : (one.uses ?? [])));
      const imports = uses.length === 0 ? '' : index.importsFor(file, [...new Set(uses)]);
      return [file, imports + spliced(file, text, edits)];
    }),
  );
}
