import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { configureLive } from '../../main/live-account.ts';
import { firstPermissions } from '../../main/people/person.ts';
import { defaultReceiptSettings } from '../../main/receipts/settings.ts';
import { amount, type ChannelName, channelNames } from '../../preload/contract/index.ts';
import { anything } from '../kit/find.ts';
import { matchWords } from '../kit/match-words.ts';
import { realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openProgram, stranger, topUp } from '../kit/program.ts';
import { sample, shopRules } from '../kit/rules.ts';
import { configFor, temporaryFolder } from '../kit/till.ts';

const id = realRandom.uuid();
const anyArgs: Record<ChannelName, object> = {
  'app:snapshot': {},
  'backups:get': {},
  'backups:now': { pin: '1234' },
  'backups:choosePlace': { passphrase: 'four words and more', pin: '1234' },
  'backups:standDown': { pin: '1234' },
  'reports:pick': { id: 'z', digest: 'd', pin: '1234' },
  'backups:move': { passphrase: 'four words and more', pin: '1234' },
  'backups:forgetPlace': { pin: '1234' },
  'backups:acknowledgeRestore': { pin: '1234' },
  'restore:find': { elsewhere: false },
  'restore:look': { id: '0' },
  'restore:start': { id: '0', otherMachine: false },
  'app:close': { answer: 'stay' },
  'app:drawn': {},
  'setup:test': {
    host: '',
    appId: '',
    appKey: '',
    tillName: '',
    storeTimeZone: '',
    currency: '',
    language: '',
  },
  'setup:connect': {
    host: '',
    appId: '',
    appKey: '',
    tillName: '',
    storeTimeZone: '',
    currency: '',
    language: '',
    managerPin: '',
  },
  'setup:replaceKey': { appKey: 'k', pin: '1' },
  'setup:setPlace': { tillNumber: 1, tillCount: 2, pin: '1' },
  'setup:openPractice': {},
  'setup:leavePractice': {},
  'matching:plan': { ask: { of: 'member', customerUid: '1' } },
  'matching:start': { ask: null, pin: '1' },
  'matching:ofShift': { number: 1 },
  'matching:stop': {},
  'matching:export': { words: matchWords },
  'matching:pile': { pile: 'matched', from: 0 },
  'members:find': { query: 'x' },
  'members:answer': { lookUp: '1' },
  'members:card': { customerUid: '1' },
  'topUps:create': topUp(stranger),
  'topUps:preview': { customerUid: '1', principal: amount('50'), purchase: amount('0') },
  'entries:planReversal': { id, principal: amount('1') },
  'entries:cancel': { id },
  'entries:acknowledge': { id },
  'entries:reverse': { id, requestId: id, pin: '1' },
  'entries:search': { query: '' },
  'find:entries': { filter: anything, before: null },
  'find:rows': { ids: [id] },
  'find:sums': { filter: anything, before: null },
  'find:member': { customerUid: '1' },
  'find:unmask': { customerUid: '1', pin: '1' },
  'find:export': { filter: anything, pin: '1' },
  'find:cancelExport': {},
  'sync:sendNow': {},
  'sync:resume': { pin: '1' },
  'sync:networkChanged': { online: true },
  'review:list': {},
  'review:read': { id, of: 'entry' },
  'review:answer': { id, version: 1, answer: 'arrived', pin: '1' },
  'review:correct': { doubtId: id, pin: '1' },
  'review:dismiss': { doubtId: id, pin: '1' },
  'review:oddSums': { id },
  'review:print': {},
  'slips:scan': { text: 'CFS1', pin: '1' },
  'policy:get': {},
  'policy:save': { policy: defaultPolicy('SGD'), pin: '1' },
  'policy:continueOffline': { pin: '1' },
  'checkUp:start': { memberNumber: '1', pin: '1' },
  'checkUp:stop': { pin: '1' },
  'manager:makePin': { pin: '1', appKey: '' },
  'manager:unlock': { pin: '1' },
  'manager:lock': {},
  'manager:recover': { recoveryCode: 'x', pin: '1' },
  'people:signIn': { person: 'x', pin: '1' },
  'people:lock': {},
  'people:inUse': {},
  'people:add': { version: 0, name: 'Mei', role: 'manager', language: null, newPin: '1', pin: '1' },
  'people:change': { version: 0, id: 'x', name: 'Mei', role: 'manager', language: null, pin: '1' },
  'people:givePin': { id: 'x', newPin: '1', pin: '1' },
  'people:remove': { version: 0, id: 'x', pin: '1' },
  'people:setPermissions': { version: 0, permissions: firstPermissions, pin: '1' },
  'practice:setPlug': { in: true },
  'practice:loseNextReply': { lose: true },
  'drill:start': {},
  'drill:leave': {},
  'drill:report': {},
  'support:diagnostics': {},
  'support:saveDiagnostics': { id },
  'support:about': {},
  'station:get': {},
  'customer:draft': { draft: null },
  'station:save': { startAtLogin: true, kiosk: false, customerDisplay: true, pin: '1' },
  'station:leaveKiosk': { pin: '1' },
  'station:readPlace': { pin: '1' },
  'updates:check': {},
  'updates:download': { pin: '1' },
  'updates:installNow': { pin: '1' },
  'reports:cancel': {},
  'reports:look': { pin: '1' },
  'reports:importFiles': { pin: '1' },
  'reports:removeFile': { id: '1', pin: '1' },
  'rules:get': {},
  'rules:ofEntry': { id },
  'rules:collisionsSeen': { ids: [id] },
  'rules:tryOut': { rules: shopRules(), sample },
  'rules:save': { rules: shopRules(), basedOn: 0, pin: '1' },
  'updates:inUse': { use: 'form' },
  'receipts:get': {},
  'receipts:save': { settings: defaultReceiptSettings, pin: '1' },
  'receipts:chooseLogo': { pin: '1' },
  'receipts:removeLogo': { pin: '1' },
  'receipts:preview': { id },
  'receipts:print': { id },
  'receipts:savePdf': { id },
  'receipts:testPrint': {},
  'receipts:testCameOut': {},
  'receipts:queue': {},
  'receipts:answer': { ids: [id], answer: 'leave' },
  'receipts:openDrawer': { pin: '1' },
  'shifts:open': { float: amount('100'), drawer: 'own' },
  'shifts:move': { kind: 'paid-out', amount: amount('5'), reason: 'Milk', requestId: id },
  'shifts:report': { number: null },
  'shifts:wholeReport': { pin: '1' },
  'shifts:proof': { number: 1, pin: '1' },
  'shifts:beginCount': {},
  'shifts:leaveCount': {},
  'shifts:keepCount': { count: { pieces: [{ value: amount('50'), pieces: 2 }], tenders: [] } },
  'shifts:commitCount': { count: { pieces: [], tenders: [{ tender: 'card', sum: amount('1') }] } },
  'shifts:close': { reason: null, pin: '1' },
  'shifts:closed': { before: null },
  'shifts:print': { number: null },
  'shifts:savePdf': { number: 1 },
  'shifts:saveCsv': { number: 1 },
  'shifts:saveFile': { number: 1 },
};

describe('before there is a till', () => {
  const alone: Partial<Record<ChannelName, string>> = {
    'setup:test': 'host-invalid',
    'setup:connect': 'host-invalid',
    'setup:leavePractice': 'not-in-practice',
    'support:saveDiagnostics': 'invalid-request',
    'restore:look': 'backup-not-found',
    'restore:start': 'backup-not-found',
    'updates:check': 'update-off',
  };

  const needNone: readonly ChannelName[] = [
    'app:snapshot',
    'app:close',
    'app:drawn',
    'setup:openPractice',
    'drill:start',
    'support:diagnostics',
    'support:about',
    'restore:find',
    'station:get',
    'updates:inUse',
  ];

  it.each(channelNames.filter((name) => !needNone.includes(name)))('%s answers with a code', async (name) => {
    const program = openProgram();
    await program.till.start();
    const result = await program.call(name, anyArgs[name]);
    expect(result).toMatchObject({ ok: false, error: { code: alone[name] ?? 'not-set-up' } });
  });

  it('the question whether to close is in every snapshot, and its answer goes to the window', async () => {
    const program = openProgram();
    await program.till.start();
    program.till.askToClose(2);
    await program.until(({ closing }) => closing === 2);
    await program.must('app:close', { answer: 'stay' });
    expect(program.closingAnswers).toEqual(['stay']);
    program.till.askToClose(0);
    await program.until(({ closing }) => closing === 0);
  });

  it('the screen says that this is the first start', async () => {
    const program = openProgram();
    await program.till.start();
    expect(await program.must('app:snapshot', {})).toMatchObject({
      mode: 'first-run',
      problem: null,
      till: null,
    });
  });
});

it('in the practice till every channel has a room that answers it', async () => {
  const program = openProgram();
  await program.till.start();
  await program.must('setup:openPractice', {});
  const unanswered: string[] = [];
  // The last one leaves it.
  const names = channelNames.filter((name) => name !== 'setup:leavePractice');
  for (const name of [...names, 'setup:leavePractice'] as const) {
    const answer = await program.call(name, anyArgs[name]);
    if (!answer.ok && answer.error.code === 'not-set-up') unanswered.push(name);
  }
  expect(unanswered).toEqual([]);
});

it('on a till that is set up nothing is sent to a host that the page names', async () => {
  const elsewhere = await startPracticeStore();
  const folder = temporaryFolder();
  configureLive(folder, configFor(await startPracticeStore()), Buffer.alloc(32, 9));
  const program = openProgram({ folder });
  const { tillNumber: _, tillCount: __, ...typed } = { ...configFor(elsewhere), appKey: elsewhere.appKey };
  const refused = { ok: false, error: { code: 'invalid-request' } };
  expect(await program.call('setup:test', typed)).toMatchObject(refused);
  expect(await program.call('setup:connect', { ...typed, managerPin: '4826' })).toMatchObject(refused);
  expect(elsewhere.calls()).toEqual([]);
});
