import type { Dialog, Screen } from '../../shared/view-store.ts';

/** The handbook's pages by audience, in order; named like their files. */
export const pagesFor = {
  cashier: [
    '1-first-top-up',
    '2-without-a-network',
    '3-who-is-there-and-how-it-is-paid',
    '4-receipts',
    '5-find-an-entry',
    '6-a-members-page',
    '7-refused-or-in-doubt',
    '8-correct-a-mistake',
    '9-the-drawer-and-the-day',
    '10-the-keyboard',
  ],
  manager: [
    '11-needs-review',
    '12-rules',
    '13-people-and-permissions',
    '14-set-up-receipts',
    '15-settings',
    '16-host-check-up',
    '17-close-the-day',
    '18-match-with-kybio',
    '19-backups-and-moving',
  ],
  owner: ['20-the-owners-view', '21-what-to-keep', '22-what-the-till-proves', '23-a-chain'],
  it: ['24-for-it'],
} as const;

export type Reader = keyof typeof pagesFor;
export type PageName = (typeof pagesFor)[Reader][number];

export const readers = Object.keys(pagesFor) as readonly Reader[];
export const pageNames: readonly PageName[] = readers.flatMap((reader) => pagesFor[reader]);

export const isPageName = (name: string): name is PageName => (pageNames as readonly string[]).includes(name);

const ofScreens: Readonly<Record<Screen['kind'], PageName>> = {
  till: '1-first-top-up',
  'first-day': '13-people-and-permissions',
  review: '11-needs-review',
  settings: '15-settings',
  kybio: '16-host-check-up',
  safety: '19-backups-and-moving',
  receipts: '14-set-up-receipts',
  rules: '12-rules',
  people: '13-people-and-permissions',
  day: '9-the-drawer-and-the-day',
  'check-up': '16-host-check-up',
  find: '5-find-an-entry',
  member: '6-a-members-page',
  matching: '18-match-with-kybio',
  owner: '20-the-owners-view',
};

/** Null where the screen's page covers it, or there is nothing to say. */
const ofDialogs: Readonly<Record<Dialog['kind'], PageName | null>> = {
  menu: null,
  notices: null,
  places: null,
  practice: '1-first-top-up',
  'leave-page': null,
  about: null,
  match: null,
  'export-match': null,
  owner: null,
  accounts: null,
  details: '7-refused-or-in-doubt',
  cancel: '8-correct-a-mistake',
  reverse: '8-correct-a-mistake',
  tender: '8-correct-a-mistake',
  export: '5-find-an-entry',
  exported: '5-find-an-entry',
  unmask: '6-a-members-page',
  held: '6-a-members-page',
  erase: '6-a-members-page',
  erased: null,
  'cash-move': '9-the-drawer-and-the-day',
  'shift-open': '9-the-drawer-and-the-day',
  'shift-commit': '9-the-drawer-and-the-day',
  'shift-close': '17-close-the-day',
  'shift-whole': '17-close-the-day',
  'continue-offline': '2-without-a-network',
  resume: '2-without-a-network',
  'go-on-here': '19-backups-and-moving',
  'stand-down': '19-backups-and-moving',
  'sign-in': '3-who-is-there-and-how-it-is-paid',
  approve: '3-who-is-there-and-how-it-is-paid',
  receipt: '4-receipts',
  'receipt-queue': '4-receipts',
  answer: '11-needs-review',
  people: '13-people-and-permissions',
  'no-pin': '13-people-and-permissions',
  'make-pin': '13-people-and-permissions',
  recover: '13-people-and-permissions',
  'recovery-code': '13-people-and-permissions',
  'receipt-act': '14-set-up-receipts',
  save: null,
  'till-number': '15-settings',
  station: '15-settings',
  display: '15-settings',
  update: '15-settings',
  'update-download': '15-settings',
  'leave-kiosk': '10-the-keyboard',
  'check-up': '16-host-check-up',
  backup: '19-backups-and-moving',
  chain: '23-a-chain',
  restored: '19-backups-and-moving',
  slips: '19-backups-and-moving',
  'data-place': '19-backups-and-moving',
  'replace-key': '21-what-to-keep',
  'never-opened': '21-what-to-keep',
  diagnostics: '21-what-to-keep',
};

export interface Seen {
  readonly screen: Screen;
  readonly dialog: Dialog['kind'] | null;
  readonly isLocked: boolean;
  /** The till cannot open its data. */
  readonly isBroken: boolean;
}

function ofScreen(screen: Screen): PageName {
  if (screen.kind === 'day' && screen.part.kind !== 'shift') return '17-close-the-day';
  return ofScreens[screen.kind];
}

/** The page for what is on screen; null from the menu. */
export function pageOf({ screen, dialog, isLocked, isBroken }: Seen): PageName | null {
  if (isBroken) return '19-backups-and-moving';
  if (isLocked) return '3-who-is-there-and-how-it-is-paid';
  if (dialog === 'menu') return null;
  return (dialog === null ? null : ofDialogs[dialog]) ?? ofScreen(screen);
}
