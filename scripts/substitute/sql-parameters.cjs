'use strict';
// What better-sqlite3 refuses and libsql lets pass (or dies of): statements that are not exactly
// one, parameters that are missing, surplus or of a type SQLite has no column for.

const token =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\?\d*|[:@$][\w$\u0080-\uffff]+|\s+|[\s\S]/g;

const isSpace = (text) => /^\s/.test(text) || text.startsWith('--') || text.startsWith('/*');
const unsupported = 'SQLite3 can only bind numbers, strings, bigints, buffers, and null';
const maxInt64 = 2n ** 63n - 1n;

/**
 * The parameters of one SQL statement in SQLite's index order; `null` stands for a plain `?`.
 * Throws better-sqlite3's RangeError for no statement or more than one.
 */
function parseParameters(sql) {
  const tokens = (sql.match(token) ?? []).filter((text) => !isSpace(text));
  const end = tokens.indexOf(';');
  const isTrigger = /^create(\s+temp(orary)?)?\s+trigger\b/i.test(tokens.slice(0, 3).join(' '));
  if (tokens.every((text) => text === ';'))
    throw new RangeError('The supplied SQL string contains no statements');
  if (end >= 0 && !isTrigger && tokens.slice(end).some((text) => text !== ';')) {
    throw new RangeError('The supplied SQL string contains more than one statement');
  }
  const names = [];
  for (const text of tokens) {
    if (text === '?') names.push(null);
    else if (/^\?\d/.test(text)) {
      const index = Number(text.slice(1));
      while (names.length < index) names.push(null);
      names[index - 1] = text;
    } else if (/^[:@$]./.test(text) && !names.includes(text)) names.push(text);
  }
  return names;
}

function checkValue(value) {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint') {
    if (value > maxInt64 || value < -maxInt64 - 1n) {
      throw new RangeError('The bound string, buffer, or bigint is too big');
    }
    return value;
  }
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError(unsupported);
}

const isPlainObject = (value) => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
};

function splitArguments(args) {
  const positional = [];
  let named = null;
  for (const arg of args) {
    if (Array.isArray(arg)) for (const value of arg) positional.push(checkValue(value));
    else if (arg !== null && typeof arg === 'object' && !ArrayBuffer.isView(arg)) {
      if (!isPlainObject(arg)) throw new TypeError(unsupported);
      if (named) throw new TypeError('You cannot specify named parameters in two different objects');
      named = arg;
    } else positional.push(checkValue(arg));
  }
  return { positional, named };
}

/** The call's arguments as one array by parameter index: the only form handed to libsql. */
function bindParameters(names, args) {
  const { positional, named } = splitArguments(args);
  const anonymousCount = names.filter((name) => name === null).length;
  if (positional.length > anonymousCount) throw new RangeError('Too many parameter values were provided');
  if (positional.length < anonymousCount) throw new RangeError('Too few parameter values were provided');
  if (anonymousCount < names.length && !named) throw new TypeError('Missing named parameters');
  let next = 0;
  return names.map((name) => {
    if (name === null) return positional[next++];
    const key = name.slice(1);
    if (!Object.hasOwn(named, key)) throw new RangeError(`Missing named parameter "${key}"`);
    return checkValue(named[key]);
  });
}

module.exports = { parseParameters, bindParameters };
