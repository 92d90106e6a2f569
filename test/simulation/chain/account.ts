import { storeDay } from '../../../main/kernel/store-time.ts';
import { decimal } from '../decimals.ts';
import { createKybioHost, errorJson, type HostMember, type KybioHost, keyOf } from '../kybio-host.ts';

export const STORE_ZONE = 'Asia/Singapore';
export const APP_KEY = 'KEY-OF-THE-CHAIN';

/** The chain's one account at KYBIO: its ledger, and its calls of a day, whoever makes them. */
export interface Account {
  readonly host: KybioHost;
  /** The account as one till meets it; `reached` counts what came as far as KYBIO. */
  seenBy(till: { reached: number }): KybioHost;
  /** By the store's day: what came, and what was refused for want of calls. */
  readonly days: ReadonlyMap<string, { readonly calls: number; readonly refused: number }>;
  /** When each increment was applied first, in Unix ms. */
  readonly appliedAtMs: ReadonlyMap<string, number>;
  /** Calls of others. */
  readonly others: () => number;
  /** Another program, or KYBIO's own till, calls. */
  callByOther(): void;
}

export interface AccountOptions {
  readonly members: readonly HostMember[];
  readonly quota: number;
  readonly unixMs: () => number;
}

const PAGE = 100;
const entryKey = /"customerUid":(-?\d+).*"dataChangeTime":"([^"]+)"/;
const spent = errorJson('今日访问次数已用完 (access limit reached)');
const success = (data: string): string => `{"status":"success","messages":["OK"],"data":${data}}`;

const rowOf = ({ customerUid, number, name, balance, point }: HostMember): string =>
  `{"customerUid":${customerUid},"number":"${number}","name":"${name}","categoryName":"","phone":"","balance":${decimal(balance)},"point":${decimal(point)},"enable":1,"expiryDate":null}`;

/** A hundred members from the one after that of the cursor on. */
function pageOf(members: readonly HostMember[], body: string): string {
  const after = /"parameterValue":"(\d+)"/.exec(body)?.[1];
  const from = after === undefined ? 0 : members.findIndex(({ customerUid }) => customerUid === after) + 1;
  const page = members.slice(from, from + PAGE);
  const cursor = `{"parameterType":"LAST_RESULT_MAX_ID","parameterValue":"${page.at(-1)?.customerUid ?? after}"}`;
  return success(
    `{"pageSize":${PAGE},"result":[${page.map(rowOf).join(',')}],"postBackParameter":${cursor}}`,
  );
}

/** A host that refuses the same increment twice, as the check-up has seen; its log says nothing of increments. */
export function createAccount({ members, quota, unixMs }: AccountOptions): Account {
  const host = createKybioHost({
    ...{
      truth: { refusesDuplicates: true, log: null, replyTime: 'own', isSilentOfUnmoved: false },
      appKey: APP_KEY,
      members,
      unixMs,
    },
    storeTimeZone: STORE_ZONE,
  });
  const days = new Map<string, { calls: number; refused: number }>();
  const appliedAtMs = new Map<string, number>();
  let others = 0;
  const apply = (body: string, signature: string) => {
    const answer = host.increment(body, signature);
    const [, uid = '', second = ''] = entryKey.exec(body) ?? [];
    const key = keyOf(uid, second);
    if (answer.applied && !appliedAtMs.has(key)) appliedAtMs.set(key, unixMs());
    return answer;
  };
  const today = () => {
    const day = storeDay(unixMs(), STORE_ZONE);
    const known = days.get(day) ?? { calls: 0, refused: 0 };
    days.set(day, known);
    return known;
  };
  /** False where the day's calls are spent. */
  const takes = (): boolean => {
    const of = today();
    of.calls += 1;
    if (of.calls <= quota) return true;
    of.refused += 1;
    return false;
  };
  const countOf = (body: string): string => {
    const [from = '', to = ''] = ['beginDate', 'endDate'].map(
      (name) => new RegExp(`"${name}":"([^"]+)"`).exec(body)?.[1],
    );
    const rows = [...days]
      .filter(([day]) => day >= from && day <= to)
      .map(
        ([day, { calls }]) =>
          `{"appId":"APP","accessDate":"${day}","limitTimes":${quota},"haveAcessTimes":${calls}}`,
      );
    return success(`[${rows.join(',')}]`);
  };
  return {
    ...{ host, days, appliedAtMs, others: () => others },
    callByOther: () => {
      others += 1;
      takes();
    },
    seenBy: (till) => ({
      ...host,
      increment: (body, signature) => {
        till.reached += 1;
        return takes() ? apply(body, signature) : { json: spent, applied: false };
      },
      read: (method, body, signature) => {
        till.reached += 1;
        if (!takes()) return spent;
        if (method === 'queryCustomerPages') return pageOf(members, body);
        if (method === 'queryDailyAccessTimesLog') return countOf(body);
        return host.read(method, body, signature);
      },
    }),
  };
}

/** Members with round sums, or none. */
export const drawMembers = (count: number, below: (bound: number) => number): HostMember[] =>
  Array.from({ length: count }, (_, index) => {
    const balance = below(3) === 0 ? 0 : below(1_000) * 1_000;
    const sums = { initialBalance: balance, initialPoint: 0, balance, point: 0 };
    const number = String(100_000 + index);
    return { customerUid: `2316076394${1_000_000 + index * 7}`, number, name: `Member ${number}`, ...sums };
  });
