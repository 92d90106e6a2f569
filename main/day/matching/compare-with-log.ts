import { isZeroAmount } from '../../../preload/contract/index.ts';
import { loadHostProfile } from '../../hosts/index.ts';
import type { HostLogRow } from '../../hosts/port/index.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { addDays, storeTime } from '../../kernel/store-time.ts';
import type { DirectoryRepository } from '../../members/index.ts';
import type { MoneyEntries, MoneyEntry } from '../money-entries.ts';
import { daysOf } from '../reports/calendar.ts';
import type { LogLine, Matched, OurEntry } from './compared.ts';
import type { Job } from './job.ts';
import { match } from './match.ts';
import { MARGIN_MS, type Scope, scopeOf, wallMs, wallTime } from './question.ts';

export interface CompareParts {
  readonly settings: Settings;
  readonly entries: MoneyEntries;
  readonly directory: Pick<DirectoryRepository, 'byUid'>;
  readonly storeTimeZone: string;
}

export interface Outcome extends Matched {
  readonly pointsOnly: number;
  readonly before: number;
}

/** Before and after every time that KYBIO writes. */
const ALWAYS: Scope = { from: '', to: '9' };

/** Null where a page that was read is gone. */
export async function compareWithLog(
  { settings, entries, directory, storeTimeZone }: CompareParts,
  job: Job,
  pages: readonly (readonly HostLogRow[])[] | null,
): Promise<Outcome | null> {
  if (pages === null) return null;
  const { ask } = job;
  const found =
    ask.of === 'days'
      ? await entries.ofDays(daysOf({ from: addDays(ask.from, -1), to: addDays(ask.to, 1) }))
      : await entries.ofMember(ask.customerUid);
  const all = pages.flatMap((rows, page) => rows.map((row) => ({ page, row })));
  // Rows of a member's own log may leave out the member.
  const owned = all.map(
    ({ page, row }, place): LogLine => ({
      place,
      page,
      row: ask.of === 'member' && row.customerUid === null ? { ...row, customerUid: ask.customerUid } : row,
    }),
  );
  const money = owned.filter(({ row }) => !isZeroAmount(row.rechargeMoney) || !isZeroAmount(row.giftMoney));
  const scope = ask.of === 'days' ? scopeOf(ask) : sinceFirst(found);
  const isBefore = ({ row }: LogLine): boolean => ask.of === 'member' && row.datetime < scope.from;
  const toOurs = (entry: MoneyEntry): OurEntry => ({
    ...entry,
    sum: entry.balanceIncrement,
    time: entry.dataChangeTime,
    madeAt: storeTime(entry.createdAtMs, storeTimeZone),
    endedAt: entry.settledAtMs === null ? null : storeTime(entry.settledAtMs, storeTimeZone),
  });
  const matched = match({
    entries: found.filter(({ balanceIncrement }) => !isZeroAmount(balanceIncrement)).map(toOurs),
    lines: money.filter((line) => !isBefore(line)),
    carriesOurTime: loadHostProfile(settings).log?.carriesOurTime === true,
    scope,
    askedAt: storeTime(job.askedAtMs, storeTimeZone),
    isKnown: (customerUid) => directory.byUid(customerUid) !== null,
  });
  const isIn = ({ dataChangeTime: time }: MoneyEntry) => time >= scope.from && time <= scope.to;
  return {
    ...matched,
    pointsOnly: found.filter((entry) => isZeroAmount(entry.balanceIncrement) && isIn(entry)).length,
    before: money.filter(isBefore).length,
  };
}

/** A member's log goes back for years: it is compared from the till's first entry for them. */
function sinceFirst(entries: readonly MoneyEntry[]): Scope {
  const [first] = entries.map(({ dataChangeTime }) => dataChangeTime).sort();
  const firstMs = first === undefined ? null : wallMs(first);
  return firstMs === null ? ALWAYS : { from: wallTime(firstMs - MARGIN_MS), to: ALWAYS.to };
}
