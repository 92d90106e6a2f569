import { type LogValue, redactText, redactValue } from '../log/redact.ts';

/** A person reads it first, and sends it by mail. */
export const MOST_BYTES = 500_000;

export interface DiagnosticsParts {
  /** Any JSON, by subject. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Oldest first. */
  readonly log: readonly string[];
  /** Texts that must not be in it. */
  readonly hidden: readonly string[];
}

/** The level of warnings. */
const WARNING = 40;
const MOST_ERRORS = 200;

const isJsonObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Masked again, for it leaves the shop. */
function clean(name: string, value: unknown, hidden: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => clean(name, item, hidden));
  if (!isJsonObject(value)) return redactValue(name, (value ?? null) as LogValue, hidden);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [redactText(key, hidden), clean(key, inner, hidden)]),
  );
}

function cleanLine(line: string, hidden: readonly string[]): string {
  const parsed = parsedLine(line);
  return parsed === null ? redactText(line, hidden) : JSON.stringify(clean('', parsed, hidden));
}

function parsedLine(line: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return isJsonObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

const isWarning = (line: string): boolean => {
  const level = parsedLine(line)?.['level'];
  return typeof level === 'number' && level >= WARNING;
};

/** Oldest first. */
function newestWithin(lines: readonly string[], bytes: number): readonly string[] {
  let left = bytes;
  const from = lines.findLastIndex((line) => {
    left -= Buffer.byteLength(line) + 1;
    return left < 0;
  });
  return lines.slice(from + 1);
}

const part = (title: string, lines: readonly string[]): string =>
  `\n== ${title} (${lines.length}, oldest first)\n${lines.map((line) => `${line}\n`).join('')}`;

/**
 * The content of a support file: facts, the last errors, and as much of the log's end as fits. Without keys,
 * signatures, PINs or whole phones; a test plants and looks for each.
 */
export function diagnosticsText({ facts, log, hidden }: DiagnosticsParts): string {
  const lines = log.map((line) => cleanLine(line, hidden));
  const head = `${JSON.stringify(clean('', facts, hidden), null, 2)}\n`.slice(0, MOST_BYTES / 4);
  const errors = newestWithin(lines.filter(isWarning).slice(-MOST_ERRORS), MOST_BYTES / 4);
  const told = `${head}${part('Warnings and errors', errors)}`;
  const room = MOST_BYTES - Buffer.byteLength(told) - 100;
  return `${told}${part('The log', newestWithin(lines, room))}`;
}
