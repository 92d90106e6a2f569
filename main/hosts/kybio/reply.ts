import { isLosslessNumber, parse } from 'lossless-json';
import { err, ok, type Result } from '../../../preload/contract/index.ts';
import { fieldOf, isJsonObject, readText } from './values.ts';

/** KYBIO's envelope; `status` in lower case, missing `messages` as empty. */
export interface KybioReply {
  readonly status: 'success' | 'error';
  readonly messages: readonly string[];
  /** Number or text, since it is undocumented. */
  readonly errorCode: string | null;
  /** Lossless: numbers are `LosslessNumber`s. */
  readonly data: unknown;
}

/** Why bytes are not KYBIO's reply. */
export type NotKybio = 'empty' | 'html' | 'not-json' | 'no-status';

// KYBIO's replies nest five levels; deeper ones would only exhaust the parser's stack.
const maxDepth = 64;
const maxMessages = 20;
const maxMessageLength = 8000;

const openings = /[{[]/g;

function nestsTooDeep(text: string): boolean {
  // Too few opening brackets to be that deep.
  if ((text.match(openings)?.length ?? 0) <= maxDepth) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return false;
}

function readMessages(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list
    .filter((item) => typeof item === 'string' || isLosslessNumber(item))
    .map((item) => readText(item, maxMessageLength))
    .filter((item) => item !== '')
    .slice(0, maxMessages);
}

const decoder = new TextDecoder('utf-8');

/** Parses JSON losslessly; null where it is invalid, nests too deep or contradicts itself. */
export function parseLossless(text: string): { readonly json: unknown } | null {
  if (nestsTooDeep(text)) return null;
  try {
    return { json: parse(text) };
  } catch {
    return null;
  }
}

/**
 * Parses a response as KYBIO's envelope, or says why it is none (kybio trap 5). Never throws. Accepts a byte order
 * mark, `status` in any case, missing `messages` and `errorCode`, and a single text in place of the list. The same
 * key twice with different values is `not-json`, since it is ambiguous.
 */
export function parseReply(body: Buffer): Result<KybioReply, NotKybio> {
  const known = parsedReplies.get(body) ?? parseAnew(body);
  parsedReplies.set(body, known);
  return known;
}

/** By the bytes of an exchange, which nobody writes to: each reply is looked at twice. */
const parsedReplies = new WeakMap<Buffer, Result<KybioReply, NotKybio>>();

function parseAnew(body: Buffer): Result<KybioReply, NotKybio> {
  const text = decoder.decode(body).trim();
  if (text === '') return err('empty');
  if (text.startsWith('<')) return err('html');
  const parsed = parseLossless(text);
  if (parsed === null) return err('not-json');
  const { json } = parsed;
  if (!isJsonObject(json)) return err('no-status');
  const status = fieldOf(json, 'status');
  const lower = typeof status === 'string' ? status.trim().toLowerCase() : '';
  if (lower !== 'success' && lower !== 'error') return err('no-status');
  return ok({
    status: lower,
    messages: readMessages(fieldOf(json, 'messages')),
    errorCode: readText(fieldOf(json, 'errorCode'), 50) || null,
    data: fieldOf(json, 'data') ?? null,
  });
}

/** Messages as stored and shown: at most ten of at most 500 characters. */
export const shownMessages = (messages: readonly string[]): readonly string[] =>
  messages.slice(0, 10).map((message) => message.slice(0, 500));
