import { MOST_TILLS } from '../../../preload/contract/app/values.ts';
import type { AppError, Connection, ErrorCode, NewTill } from '../../../preload/contract/index.ts';

export type SetUpField =
  | 'host'
  | 'appId'
  | 'appKey'
  | 'tillName'
  | 'storeTimeZone'
  | 'currency'
  | 'tillNumber'
  | 'tillCount'
  | 'managerPin'
  | 'managerPinAgain';

export type SetUpFields = Readonly<Record<SetUpField, string>>;

/** Locale keys by field. */
export type SetUpProblems = Partial<Record<SetUpField, string>>;

const required = [
  'host',
  'appId',
  'appKey',
  'managerPin',
  'managerPinAgain',
  'tillName',
  'storeTimeZone',
  'currency',
  'tillNumber',
  'tillCount',
] as const;

/** Fields that a connection test does without. */
const own: ReadonlySet<SetUpField> = new Set([
  'tillName',
  'managerPin',
  'managerPinAgain',
  'tillNumber',
  'tillCount',
]);

/** Null where it is no number of tills. */
function tills(typed: string): number | null {
  const trimmed = typed.trim();
  const count = /^\d{1,7}$/.test(trimmed) ? Number(trimmed) : 0;
  return count >= 1 && count <= MOST_TILLS ? count : null;
}

export type PlaceFields = Pick<SetUpFields, 'tillNumber' | 'tillCount'>;

export function placeProblems({ tillNumber, tillCount }: PlaceFields): SetUpProblems {
  const [number, count] = [tills(tillNumber), tills(tillCount)];
  if (count === null) return { tillCount: 'setUp.wrongCount' };
  return number === null || number > count ? { tillNumber: 'setUp.wrongNumber' } : {};
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

const isCurrency = (code: string) => Intl.supportedValuesOf('currency').includes(code);

/** Checks without a call; a connection test needs no PIN. */
export function setUpProblems(fields: SetUpFields, isTest = false): SetUpProblems {
  const problems: SetUpProblems = {};
  for (const field of required) {
    if (isTest && own.has(field)) continue;
    if (fields[field].trim() === '') problems[field] = `setUp.missing.${field}`;
  }
  if (!problems.storeTimeZone && !isTimeZone(fields.storeTimeZone.trim())) {
    problems.storeTimeZone = 'setUp.unknownTimeZone';
  }
  if (!problems.currency && !isCurrency(fields.currency.trim().toUpperCase())) {
    problems.currency = 'setUp.unknownCurrency';
  }
  if (isTest) return problems;
  const isPlaced = problems.tillNumber === undefined && problems.tillCount === undefined;
  if (isPlaced) Object.assign(problems, placeProblems(fields));
  if (!problems.managerPinAgain && fields.managerPin !== fields.managerPinAgain) {
    problems.managerPinAgain = 'manager.differ';
  }
  return problems;
}

/** Time zones that contain the typed text, unless it is one. */
export function timeZoneSuggestions(typed: string, atMost: number): readonly string[] {
  const wanted = typed.trim().toLowerCase().replaceAll(' ', '_');
  if (wanted.length < 2 || isTimeZone(typed.trim())) return [];
  return Intl.supportedValuesOf('timeZone')
    .filter((zone) => zone.toLowerCase().includes(wanted))
    .slice(0, atMost);
}

export const connectionOf = (fields: SetUpFields, language: string): Connection => ({
  host: fields.host.trim(),
  appId: fields.appId.trim(),
  appKey: fields.appKey.trim(),
  tillName: fields.tillName.trim(),
  storeTimeZone: fields.storeTimeZone.trim(),
  currency: fields.currency.trim().toUpperCase(),
  language,
});

export const newTillOf = (fields: SetUpFields, language: string): NewTill => ({
  ...connectionOf(fields, language),
  managerPin: fields.managerPin,
  tillNumber: Number(fields.tillNumber),
  tillCount: Number(fields.tillCount),
});

const fieldOfCode: Partial<Record<ErrorCode, SetUpField>> = {
  'host-invalid': 'host',
  'host-insecure': 'host',
  'host-not-found': 'host',
  'host-unreachable': 'host',
  'proxy-refused': 'host',
  'proxy-password': 'host',
  'proxy-unreachable': 'host',
  'proxy-unsupported': 'host',
  'proxy-unknown': 'host',
  certificate: 'host',
  'captive-portal': 'host',
  'not-kybio': 'host',
  'no-answer': 'host',
  'server-error': 'host',
  'key-refused': 'appKey',
  permission: 'appId',
  'manager-pin-weak': 'managerPin',
  'manager-pin-wrong': 'managerPin',
  'manager-pin-missing': 'managerPin',
  'manager-locked-out': 'managerPin',
};

/** The field that shows an error; null for the whole form. */
export function fieldOfError({ code, details }: AppError): SetUpField | null {
  const named = required.find((field) => field === details?.['field']);
  return named ?? fieldOfCode[code] ?? null;
}
