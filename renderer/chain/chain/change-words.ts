import type { TFunction } from 'i18next';
import {
  languageNames,
  languageOf,
  offeredActs,
  wayOfAccount,
} from '../../../preload/contract/app/values.ts';
import type {
  Amount,
  BookAccount,
  ChangedValue,
  Policy,
  ShopChange,
} from '../../../preload/contract/index.ts';
import type { Fact } from '../../kit/facts.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { personTerms, ruleTerms, type Terms, type Write } from './terms.ts';

type Say = (t: TFunction) => string;

/** What each setting is called where it is set. */
const settings: Readonly<Record<keyof Policy, Say>> = {
  tillNumbersDeclared: (t) => t('policy.switches.tillNumbersDeclared'),
  quiescenceMs: (t) => t('chain.settings.quiescenceMs'),
  secondReadingMs: (t) => t('chain.settings.secondReadingMs'),
  lookAfterMs: (t) => t('chain.settings.lookAfterMs'),
  balanceCap: (t) => t('policy.fields.balanceCap'),
  pointCap: (t) => t('policy.fields.pointCap'),
  memberWaitingCap: (t) => t('policy.fields.memberWaitingCap'),
  tillWaitingCap: (t) => t('policy.fields.tillWaitingCap'),
  offlineWindowMs: (t) => t('policy.fields.offlineWindowMs'),
  repeatWithinMs: (t) => t('policy.fields.repeatWithinMs'),
  callsPerDay: (t) => t('policy.fields.callsPerDay'),
  memberFreshMs: (t) => t('chain.settings.memberFreshMs'),
  memberKeptMs: (t) => t('policy.fields.memberKeptMs'),
  managerUnlockedMs: (t) => t('policy.fields.managerUnlockedMs'),
  peopleLockAfterMs: (t) => t('policy.fields.peopleLockAfterMs'),
  scanMeanGapMs: (t) => t('policy.fields.scanMeanGapMs'),
  scanPrefix: (t) => t('policy.fields.scanPrefix'),
  scanSuffix: (t) => t('policy.fields.scanSuffix'),
  scanEnd: (t) => t('scanner.end'),
  keypad: (t) => t('policy.switches.keypad'),
  quickAmounts: (t) => t('policy.fields.quickAmounts'),
  tenders: (t) => t('policy.tenders'),
  accounts: (t) => t('chain.parts.accounts'),
  screenLanguage: (t) => t('policy.language'),
  updateFromMinute: (t) => t('policy.fields.updateFromMinute'),
  updateToMinute: (t) => t('policy.fields.updateToMinute'),
  updateKilobytesPerSecond: (t) => t('chain.settings.updateKilobytesPerSecond'),
  updateOnPress: (t) => t('policy.switches.updateOnPress'),
  businessDayEndsAtMinute: (t) => t('policy.fields.businessDayEndsAtMinute'),
  varianceLimit: (t) => t('policy.fields.varianceLimit'),
  floatCap: (t) => t('policy.fields.floatCap'),
};

const MINUTE_MS = 60_000;

/** In which unit a person reads a duration. */
const units: Partial<Record<string, readonly [ms: number, unit: 'days' | 'hours' | 'minutes' | 'seconds']>> =
  {
    memberKeptMs: [86_400_000, 'days'],
    offlineWindowMs: [3_600_000, 'hours'],
    repeatWithinMs: [MINUTE_MS, 'minutes'],
    managerUnlockedMs: [MINUTE_MS, 'minutes'],
    peopleLockAfterMs: [MINUTE_MS, 'minutes'],
    quiescenceMs: [1_000, 'seconds'],
    secondReadingMs: [1_000, 'seconds'],
    lookAfterMs: [1_000, 'seconds'],
    memberFreshMs: [1_000, 'seconds'],
  };

const money: ReadonlySet<string> = new Set([
  'balanceCap',
  'memberWaitingCap',
  'tillWaitingCap',
  'varianceLimit',
  'floatCap',
]);

const clockTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The texts of a list; null for what is none, or was cut. */
function listOf(text: string): readonly string[] | null {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map(String) : null;
  } catch {
    return null;
  }
}

function settingValue(t: TFunction, name: string, text: string, write: Write): string {
  const [ms, unit] = units[name] ?? [];
  if (ms !== undefined && unit !== undefined) return t(`chain.units.${unit}`, { count: Number(text) / ms });
  if (money.has(name)) return write.money(text as Amount);
  if (name === 'pointCap') return write.points(text as Amount);
  if (name.endsWith('Minute')) return clockTime(Number(text));
  const list = listOf(text);
  if (name === 'tenders') return list?.map((tender) => tenderWords(t, tender)).join(', ') ?? text;
  if (name === 'quickAmounts') return list?.map((sum) => write.money(sum as Amount)).join(', ') ?? text;
  return text;
}

/** As the books' dialog calls it. */
function accountWords(t: TFunction, key: string): string {
  const way = wayOfAccount(key);
  if (way === null) return t(`owner.sheet.account.${key as BookAccount}`);
  return `${t('owner.sheet.account.way')}: ${way === '' ? t('owner.sheet.noTender') : tenderWords(t, way)}`;
}

function nameOf(t: TFunction, { part, name }: ChangedValue): string {
  switch (part) {
    case 'policy':
      return Object.hasOwn(settings, name) ? settings[name as keyof Policy](t) : name;
    case 'reasons':
      return t('rules.reasons');
    case 'permissions': {
      const act = offeredActs.find((known) => known === name);
      if (name === 'balanceLimit' || name === 'pointLimit') return t(`people.${name}`);
      return act === undefined ? name : t(`people.acts.${act}`);
    }
    case 'receipts':
      return t(`chain.receipts.${name as 'language' | 'header' | 'footer' | 'after' | 'opensDrawer'}`);
    case 'accounts':
      return accountWords(t, name);
  }
}

const answers = ['allow', 'approve', 'deny'] as const;
const afters = ['always', 'ask', 'never'] as const;

function valueWords(t: TFunction, { part, name }: ChangedValue, text: string, write: Write): string {
  if (part === 'accounts') return text;
  if (text === 'true' || text === 'false') return t(text === 'true' ? 'chain.yes' : 'chain.no');
  // No limit, no language of one's own, nothing printed.
  if (['null', '', '[]'].includes(text)) return t('chain.none');
  if (text === 'as-set-up') return t('policy.languageAsSetUp');
  if (text === 'as-till') return t('receipts.asTill');
  const language = languageOf(text);
  if (language !== null && (name === 'language' || name === 'screenLanguage')) return languageNames[language];
  const [answer, after] = [answers, afters].map((list) => list.find((one) => one === text));
  if (part === 'permissions' && answer !== undefined)
    return t(`people.answers.${answer as (typeof answers)[number]}`);
  if (part === 'receipts' && after !== undefined)
    return t(`receipts.afters.${after as (typeof afters)[number]}`);
  if (name === 'balanceLimit') return write.money(text as Amount);
  if (part === 'reasons') return listOf(text)?.join(', ') ?? text;
  return part === 'policy' ? settingValue(t, name, text, write) : text;
}

function howWords(t: TFunction, before: string | null, after: string | null): string {
  if (before === null) return t('chain.new', { after: after ?? '' });
  if (after === null) return t('chain.gone', { before });
  return before === after ? t('chain.other', { after }) : t('chain.fromTo', { before, after });
}

/** All terms but the name, which the line begins with. */
const allOf = (t: TFunction, { name: _name, ...terms }: Terms): string =>
  Object.values(terms)
    .map(([term, words]) => `${term}: ${words}`)
    .join(t('app.separator'));

/** A line with all terms of what is new or goes, or one for each term that will be another. */
function termLines<T extends object>(
  t: TFunction,
  what: string,
  { before, after }: { readonly before: T | null; readonly after: T | null },
  terms: (one: T) => Terms,
): readonly Fact[] {
  if (before === null || after === null)
    return [[what, howWords(t, before && allOf(t, terms(before)), after && allOf(t, terms(after)))]];
  const was = terms(before);
  const stored = (one: T, field: string) => JSON.stringify(Reflect.get(one, field));
  return Object.entries(terms(after)).flatMap(([field, [term, words]]): readonly Fact[] => {
    const wasWords = was[field]?.[1] ?? null;
    // By what is stored as well: a category may be called as the words for none.
    const isSame = words === wasWords && stored(before, field) === stored(after, field);
    return isSame ? [] : [[`${what}: ${term}`, howWords(t, wasWords, words)]];
  });
}

/** What a new configuration changes, as a person reads it: what, and from what to what. */
export function changeWords(t: TFunction, change: ShopChange, write: Write): readonly Fact[] {
  const { part } = change;
  if (part === 'rules') {
    const name = (change.after ?? change.before)?.name ?? '';
    return termLines(t, t('chain.rule', { name }), change, (rule) => ruleTerms(t, rule, write));
  }
  if (part === 'people') {
    const name = (change.after ?? change.before)?.name ?? '';
    return termLines(t, name, change, (person) => personTerms(t, person));
  }
  const said = (text: string | null) => (text === null ? null : valueWords(t, change, text, write));
  return [[nameOf(t, change), howWords(t, said(change.before), said(change.after))]];
}
