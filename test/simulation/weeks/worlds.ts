/** A shop or a chain on one account of KYBIO's, for a week and the days in which what is left of it goes. */
export interface World {
  readonly name: string;
  readonly tills: number;
  readonly members: number;
  /** On a day as most are; a Saturday has nearly half as many again. */
  readonly topUpsADay: number;
  /** How many times that each till sells, in turn; a chain's shops are not alike. */
  readonly sells: readonly number[];
  /** Calls that the account has a day; all tills, failed calls and other programs take from it. */
  readonly quota: number;
  /** What another program takes of it, spread over the day. */
  readonly terminalShare: number;
  /** The share of calls whose reply is lost; half of them never reached KYBIO. */
  readonly lostReplies: number;
  /** Lines that break: how often in a week at each till; and for an evening KYBIO is away for all. */
  readonly outagesAWeek: number;
  readonly isKybioAway: boolean;
  /** The check-up has seen the host refuse duplicates; else the till takes the worst for true. */
  readonly isProven: boolean;
  /** … and that it tells how many calls the account has made. */
  readonly tellsCount: boolean;
  /** How many tills each of them was told that there are; null where it is the truth. */
  readonly declares: number | null;
  /** A day on which the chain's folder is away for all, and tills that never reach it. */
  readonly folder: { readonly awayOn: number | null; readonly neverAt: readonly number[] };
}

const calm = {
  ...{ terminalShare: 0, lostReplies: 0, outagesAWeek: 0 },
  ...{ isKybioAway: false, isProven: false, tellsCount: false, sells: [1] },
  ...{ declares: null, folder: { awayOn: null, neverAt: [] } },
} as const;
const rough = { lostReplies: 0.01, outagesAWeek: 1.5, isKybioAway: true } as const;
const terminal = { terminalShare: 1 / 3, tellsCount: true } as const;

const small: readonly World[] = [
  { ...calm, name: '1 till, no fault', tills: 1, members: 5_000, topUpsADay: 90, quota: 300 },
  { ...calm, ...rough, name: '1 till, faults', tills: 1, members: 20_000, topUpsADay: 90, quota: 300 },
  { ...calm, name: '3 tills, first week', tills: 3, members: 13_000, topUpsADay: 30, quota: 300 },
  {
    ...{ ...calm, ...rough, ...terminal, name: '3 tills, terminal, faults' },
    ...{ tills: 3, members: 5_000, topUpsADay: 20, quota: 300 },
  },
  { ...calm, name: '3 tills, few calls', tills: 3, members: 20_000, topUpsADay: 40, quota: 300 },
];

const large: readonly World[] = [
  {
    ...{ ...calm, ...rough, name: '12 tills, faults' },
    ...{ tills: 12, members: 30_000, topUpsADay: 40, quota: 1_200 },
  },
  {
    ...{ ...calm, ...rough, ...terminal, isProven: true, name: '12 tills, terminal, proven host' },
    ...{ tills: 12, members: 30_000, topUpsADay: 30, quota: 1_500 },
  },
  {
    ...{ ...calm, ...rough, name: '80 tills, faults' },
    ...{ tills: 80, members: 50_000, topUpsADay: 60, quota: 12_000 },
  },
  {
    ...{ ...calm, ...rough, ...terminal, name: '80 tills, terminal, faults' },
    ...{ tills: 80, members: 50_000, topUpsADay: 90, quota: 27_000 },
  },
];

/** One of twelve tills makes three tenths of all, six hardly anything. */
const unequal = { sells: [0.2, 3.6, 2.4, 1.6, 0.2, 0.2, 1.2, 0.2, 1.6, 0.2, 0.4, 0.2] } as const;
const twelve = { ...calm, ...rough, ...unequal, tills: 12, members: 30_000, topUpsADay: 40 } as const;
/** On its busiest day the folder is away for all, and the fourth till never reaches it. */
const badFolder = { folder: { awayOn: 5, neverAt: [4] } } as const;

/** Chains with a folder. */
const chains: readonly World[] = [
  {
    ...{ ...calm, name: '3 unequal tills', sells: [0.2, 2.6, 0.2] },
    ...{ tills: 3, members: 13_000, topUpsADay: 30, quota: 300 },
  },
  {
    ...{ ...calm, name: '3 unequal tills, few calls', sells: [0.2, 2.6, 0.2] },
    ...{ tills: 3, members: 20_000, topUpsADay: 40, quota: 300 },
  },
  { ...twelve, name: '12 unequal tills', quota: 1_200 },
  { ...twelve, ...badFolder, name: '12 unequal tills, bad folder', quota: 1_200 },
  { ...twelve, declares: 1, name: '12 unequal tills, no count set', quota: 1_200 },
  { ...twelve, ...terminal, topUpsADay: 30, name: '12 unequal tills, terminal', quota: 1_500 },
  {
    ...{ ...twelve, ...badFolder, name: '80 unequal tills, bad folder' },
    ...{ tills: 80, members: 50_000, topUpsADay: 60, quota: 12_000 },
  },
];

/** Quotas are such that the ideal takes, with the terminal, from half of them to nearly one and a third. */
export const worlds = { small, large, one: [...small, ...large], chains } as const;
