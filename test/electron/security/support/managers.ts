import { defaultPolicy } from '../../../../main/counter/policy.ts';
import { defaultReceiptSettings } from '../../../../main/paper/receipts/settings.ts';
import { firstPermissions } from '../../../../main/people/person.ts';
import { type MatchReason, matchReasons } from '../../../../preload/contract/index.ts';
import { anything } from '../../../kit/find.ts';
import type { Bridge } from './bridge.ts';

/** Nothing to do, of each reason. */
const noWords = Object.fromEntries(matchReasons.map((reason) => [reason, ''])) as Record<MatchReason, string>;

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';

/** What only a manager may ask for, by the function of the bridge, with arguments that the contract takes. */
export const managersCalls = {
  backupsStandDown: {},
  reportsPick: { id: 'z', digest: 'd' },
  backupsMove: { passphrase: 'four words and more' },
  setupReplaceKey: { appKey: 'another', pin: '605172' },
  setupSetPlace: { tillNumber: 2, tillCount: 3 },
  entriesReverse: { id, requestId: id },
  findUnmask: { customerUid: '1' },
  memberDataSave: { customerUid: '1', words: { locale: 'en', say: {} } },
  memberDataErase: { customerUid: '1' },
  findExport: { filter: anything },
  syncResume: {},
  reviewAnswer: { id, version: 1, answer: 'arrived' },
  policySave: { policy: defaultPolicy('SGD') },
  policyContinueOffline: {},
  checkUpStart: { memberNumber: '1' },
  checkUpStop: {},
  managerUnlock: { pin: '605172' },
  stationSave: { startAtLogin: false, kiosk: false, customerDisplay: false },
  stationLeaveKiosk: {},
  stationReadPlace: {},
  updatesDownload: {},
  updatesInstallNow: {},
  slipsScan: { text: 'CFS1', lostTill: 'Counter 2' },
  receiptsSave: { settings: defaultReceiptSettings },
  receiptsChooseLogo: {},
  receiptsRemoveLogo: {},
  receiptsOpenDrawer: {},
  shiftsWholeReport: {},
  peopleAdd: { version: 0, name: 'Eve', role: 'manager', language: null, newPin: '605172' },
  peopleChange: { version: 0, id, name: 'Eve', role: 'manager', language: null },
  peopleGivePin: { id, newPin: '605172' },
  peopleRemove: { version: 0, id },
  peopleSetPermissions: { version: 0, permissions: firstPermissions },
  reportsLook: {},
  reportsSave: { as: 'csv', span: 'month', from: '2026-11-01', words: { locale: 'en', say: {} } },
  reportsImportFiles: {},
  reportsRemoveFile: { id },
  matchingStart: { ask: null },
  matchingExport: { words: noWords },
  rulesSave: { rules: { bonus: [], points: [], reasons: [] }, basedOn: 0 },
} as const;

/** The same of what a practice till does not have. */
export const managersCallsOfLive = {
  backupsNow: {},
  backupsChoosePlace: { passphrase: 'four words and more' },
  backupsForgetPlace: {},
  backupsAcknowledgeRestore: {},
  chainDropTill: { tillId: '0123456789abcdef' },
  chainFind: {},
  chainJoin: { id },
  chainLeave: {},
  chainLook: {},
  chainMake: { name: 'Two shops' },
  chainPreview: { parts: ['settings'], fromDay: null },
  chainSign: { parts: ['settings'], fromDay: null, shown: '0'.repeat(64) },
  chainTakeKey: { code: 'ABCDE' },
  chainTills: {},
} as const;

/** In the page: those that were not refused for want of a manager. It knows nothing of this file. */
export async function askAsAnybody(calls: Readonly<Record<string, object>>): Promise<readonly string[]> {
  const bridge = window.till as unknown as Bridge;
  const passed: string[] = [];
  for (const [method, args] of Object.entries(calls)) {
    const reply = (await bridge[method]?.(args)) ?? { ok: true };
    // What is the live till's or the program's is refused in practice, whoever asks.
    const refusals = ['manager-locked', 'manager-pin-wrong', 'not-from-practice'];
    const isRefused = refusals.includes(reply.error?.code ?? '');
    if (!isRefused) passed.push(method);
  }
  return passed;
}
