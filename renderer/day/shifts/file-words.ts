import type { TFunction } from 'i18next';
import { figureLines, standardTenders } from '../../../preload/contract/app/values.ts';
import type { EntryState, FileWords } from '../../../preload/contract/index.ts';
import { tenderWords } from '../../kit/tender-words.ts';

const states = [
  'queued',
  'sending',
  'confirmed',
  'unknown',
  'review',
  'rejected',
  'cancelled',
] as const satisfies readonly EntryState[];

const matched = ['matched', 'not-yet', 'impossible'] as const;

const cash = ['float', 'taken', 'reversed', 'paid-in', 'paid-out', 'late', 'expected'] as const;

/** Main's keys, by the words of the report's screen that say the same. */
const ofScreen = {
  manager: 'desk.roles.manager',
  noTender: 'shifts.noTender',
  till: 'shifts.facts.till',
  day: 'shifts.facts.day',
  approvedBy: 'shifts.facts.approved',
  reason: 'shifts.facts.reason',
  fromCopy: 'shifts.fromCopy',
  withoutCash: 'figures.withoutCash',
  elsewhere: 'shifts.ticket.notCounted',
  tenders: 'shifts.tables.tenders',
  tender: 'shifts.tables.tender',
  taken: 'shifts.tables.taken',
  done: 'shifts.tables.done',
  waiting: 'shifts.tables.waiting',
  checking: 'shifts.tables.checking',
  review: 'shifts.tables.review',
  reversed: 'shifts.tables.reversed',
  lateGivenBack: 'shifts.tables.lateGivenBack',
  expected: 'shifts.tables.expected',
  counted: 'shifts.tables.count',
  cash: 'shifts.cash.title',
  moves: 'shifts.cash.moves',
  lines: 'figures.title',
  line: 'figures.line',
  entries: 'shifts.tables.entries',
  principal: 'shifts.tables.principal',
  bonus: 'shifts.tables.bonus',
  points: 'shifts.tables.points',
  net: 'shifts.tables.net',
  before: 'shifts.before.title',
  cashiers: 'shifts.tables.cashiers',
  cashier: 'shifts.tables.cashier',
  hours: 'shifts.chart.title',
  hour: 'shifts.chart.hour',
  state: 'shifts.tables.state',
  unsettled: 'shifts.lists.unsettled',
  'after-paper': 'shifts.lists.afterPaper',
  late: 'shifts.lists.late',
  'taken-up': 'shifts.lists.takenUp',
  'tender-changed': 'paidOtherwise.list',
} as const;

/** Main's keys that only the file has. */
const ofFile = [
  'z',
  'x',
  'byReply',
  'byEvidence',
  'byManager',
  'notYet',
  'matched',
  'toCheck',
  'opened',
  'closed',
  'reckoned',
  'currency',
  'practice',
  'clockBack',
  'restoredAt',
  'unlisted',
  'short',
  'over',
  'number',
  'time',
  'kind',
  'member',
  'about',
  'shift',
  'was',
  'now',
  'amount',
  'beforeFirst',
] as const;

/** What main writes into a report's file that people read, in the words of its screen. */
export const fileWords = (t: TFunction, locale: string, zone: string): FileWords => ({
  locale,
  say: Object.fromEntries([
    ['comma', t('shifts.file.pair', { one: '', other: '' })] as const,
    ...Object.entries(ofScreen).map(([key, words]) => [key, t(words)] as const),
    ...ofFile.map((key) => [key, t(`shifts.file.${key}`, { zone })] as const),
    ...matched.map((is) => [`matched.${is}`, t(`shifts.file.matchedWith.${is}`)] as const),
    ...states.map((state) => [`state.${state}`, t(`states.${state}`)] as const),
    ...figureLines.map((line) => [`line.${line}`, t(`figures.lines.${line}`)] as const),
    ...cash.map((line) => [`cash.${line}`, t(`shifts.cash.lines.${line}`)] as const),
    ...standardTenders.map((tender) => [`tender.${tender}`, tenderWords(t, tender)] as const),
  ]),
});
