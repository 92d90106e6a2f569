import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDispatch } from '../../../main/app/ipc/dispatch.ts';
import { defaultPolicy } from '../../../main/counter/policy.ts';
import { defaultReceiptSettings } from '../../../main/paper/receipts/settings.ts';
import { firstPermissions } from '../../../main/people/person.ts';
import {
  amount,
  type ChannelArgs,
  type ChannelName,
  channelNames,
  channels,
  MAX_ARGUMENT_BYTES,
} from '../../../preload/contract/index.ts';
import { anything } from '../../kit/find.ts';
import { matchWords } from '../../kit/match-words.ts';
import { sample, shopRules } from '../../kit/rules.ts';
import { countingHandlers, dispatchOptions, logLines, ours } from './support.ts';

const id = '3c1f3f0a-6f0b-4b0e-9d57-0d8f3d9d2a11';
const pin = '1234';
const connection = {
  ...{ host: 'https://kybio.example', appId: 'A', appKey: 'K', tillName: 'Counter 1' },
  ...{ storeTimeZone: 'Asia/Singapore', currency: 'SGD', language: 'en' },
};

/** Good arguments of every channel: one that is added to the contract does not compile without its own. */
const good: { readonly [N in ChannelName]: ChannelArgs<N> } = {
  'app:snapshot': {},
  'app:drawn': {},
  'app:openAgain': {},
  'app:showSaved': {},
  'backups:get': {},
  'backups:now': { pin },
  'backups:choosePlace': { passphrase: 'four words and more', pin },
  'backups:standDown': { pin },
  'reports:save': { as: 'csv', span: 'month', from: '2026-11-01', words: { locale: 'en', say: {} }, pin },
  'reports:pick': { id: 'z', digest: 'd', pin },
  'backups:move': { passphrase: 'four words and more', pin },
  'backups:forgetPlace': { pin },
  'backups:acknowledgeRestore': { pin },
  'restore:find': { elsewhere: false },
  'restore:look': { id: '0' },
  'restore:start': { id: '0', otherMachine: false, pin },
  'restore:moved': {},
  'restore:neverOpened': { pin },
  'app:close': { answer: 'stay' },
  'setup:test': connection,
  'setup:connect': { ...connection, managerPin: pin },
  'setup:replaceKey': { appKey: 'K', pin },
  'setup:setPlace': { tillNumber: 1, tillCount: 2, pin },
  'setup:firstDay': { firstDay: { settled: ['pay'] } },
  'setup:openPractice': {},
  'setup:leavePractice': {},
  'members:find': { query: '8001' },
  'members:answer': { lookUp: '1' },
  'members:card': { customerUid: '231607639459718452' },
  'topUps:create': {
    ...{ requestId: id, customerUid: '231607639459718452', note: '', again: true },
    ...{ customerNumber: '8001', customerName: 'Mei' },
    ...{ balanceIncrement: amount('50.00'), pointIncrement: amount('0') },
  },
  'topUps:preview': { customerUid: '1', principal: amount('50'), purchase: amount('0') },
  'entries:planReversal': { id, principal: amount('1') },
  'entries:cancel': { id },
  'entries:acknowledge': { id },
  'entries:reverse': { id, requestId: id, pin },
  'entries:tenderChanges': { id },
  'entries:changeTender': {
    ...{ id, requestId: id, was: 'card', tender: 'cash', given: amount('60') },
    approval: { person: id, pin },
  },
  'find:entries': { filter: anything, before: null },
  'find:rows': { ids: [id] },
  'find:sums': { filter: anything, before: 7 },
  'find:member': { customerUid: '1' },
  'find:unmask': { customerUid: '1', pin },
  'memberData:look': { customerUid: '1' },
  'memberData:save': { customerUid: '1', words: { locale: 'en', say: { number: 'No' } }, pin },
  'memberData:erase': { customerUid: '1', pin },
  'find:export': { filter: { ...anything, text: 'Mei', fromDay: '2026-11-26', tender: 'cash' }, pin },
  'find:cancelExport': {},
  'sync:sendNow': {},
  'sync:resume': { pin },
  'review:list': {},
  'review:read': { id },
  'review:answer': { id, version: 3, answer: 'send', pin, readingId: id, isMeant: true },
  'slips:scan': { text: 'CFS1', lostTill: 'Counter 2', pin },
  'policy:get': {},
  'policy:save': { policy: defaultPolicy('SGD'), pin },
  'policy:continueOffline': { pin },
  'checkUp:start': { memberNumber: '8001', pin },
  'checkUp:stop': { pin },
  'manager:makePin': { pin, appKey: 'K' },
  'manager:unlock': { pin },
  'manager:lock': {},
  'manager:recover': { recoveryCode: 'A', pin },
  'people:signIn': { person: id, pin },
  'people:lock': {},
  'people:inUse': {},
  'people:add': { version: 0, name: 'Mei', role: 'manager', language: 'zh', newPin: pin, pin },
  'people:change': {
    ...{ version: 1, id, name: 'Mei', role: 'cashier', language: null },
    pin,
  },
  'people:givePin': { id, newPin: pin, pin },
  'people:remove': { version: 1, id, pin },
  'people:setPermissions': { version: 1, permissions: firstPermissions, pin },
  'practice:setPlug': { in: true },
  'practice:loseNextReply': { lose: true },
  'support:diagnostics': {},
  'support:saveDiagnostics': { id },
  'support:about': {},
  'station:get': {},
  'customer:draft': { draft: null },
  'station:save': { startAtLogin: true, kiosk: false, customerDisplay: true, pin },
  'station:leaveKiosk': { pin },
  'updates:check': {},
  'station:readPlace': { pin },
  'updates:download': { pin },
  'updates:installNow': { pin },
  'reports:cancel': {},
  'reports:look': { pin },
  'reports:importFiles': { pin },
  'reports:removeFile': { id, pin },
  'matching:plan': { ask: { of: 'days', from: '2026-11-26', to: '2026-11-27' } },
  'matching:start': { ask: { of: 'member', customerUid: '1' }, pin },
  'matching:stop': {},
  'matching:export': { words: matchWords, pin },
  'matching:ofShift': { number: 1 },
  'matching:pile': { pile: 'unclear', from: 50 },
  'rules:get': {},
  'rules:ofEntry': { id },
  'rules:tryOut': { rules: shopRules(), sample },
  'rules:save': { rules: shopRules(), basedOn: 0, pin },
  'updates:inUse': { use: 'form' },
  'receipts:get': {},
  'receipts:save': { settings: defaultReceiptSettings, pin },
  'receipts:chooseLogo': { pin },
  'receipts:removeLogo': { pin },
  'receipts:preview': { id },
  'receipts:print': { id },
  'receipts:savePdf': { id },
  'receipts:testPrint': {},
  'receipts:testCameOut': {},
  'receipts:queue': {},
  'receipts:answer': { ids: [id], answer: 'leave' },
  'receipts:openDrawer': { pin },
  'shifts:open': { float: amount('100'), drawer: 'own' },
  'shifts:move': { kind: 'paid-out', amount: amount('5'), reason: 'Milk', requestId: id },
  'shifts:report': { number: null },
  'shifts:wholeReport': { pin },
  'shifts:beginCount': {},
  'shifts:leaveCount': {},
  'shifts:keepCount': { count: { pieces: [{ value: amount('50'), pieces: 2 }], tenders: [] } },
  'shifts:commitCount': { count: { pieces: [], tenders: [{ tender: 'card', sum: amount('1') }] } },
  'shifts:close': { reason: null, pin },
  'shifts:before': {},
  'shifts:closed': { before: null },
  'shifts:print': { number: null },
  'shifts:savePdf': { number: 1, words: { locale: 'en', say: {} } },
  'shifts:saveCsv': { number: 1 },
  'shifts:saveFile': { number: 1 },
  'chain:find': { pin },
  'chain:join': { id, pin },
  'chain:leave': { pin },
  'chain:look': { pin },
  'chain:tills': { pin },
  'chain:dropTill': { tillId: '0123456789abcdef', pin },
  'chain:make': { name: 'Kopi Corner', pin },
  'chain:preview': { parts: ['rules'], fromDay: null, pin },
  'chain:sign': { parts: ['rules'], fromDay: null, shown: '0'.repeat(64), pin },
  'chain:takeKey': { code: '7K3QX-0MZ4A-R9TWE-HB52N', pin },
};

function dispatchedTo() {
  const { handlers, reached } = countingHandlers();
  return { dispatch: createDispatch(dispatchOptions(handlers, logLines().logger)), reached };
}

/** Values that nearly fit, and any others. */
const value = fc.oneof(
  fc.anything({ withDate: true, withMap: true, withSet: true, withTypedArray: true, withBigInt: true }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e3',
    '50.00',
    '٣',
    '\u0000',
    id,
    id.toUpperCase(),
    'send',
    'SGD',
    '__proto__',
  ),
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    0.5,
    1e21,
    2 ** 53,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    60_000,
    true,
    false,
    null,
  ),
  fc.string({ unit: 'binary', minLength: 30, maxLength: 400 }),
);

type Json = Readonly<Record<string, unknown>>;
const isObject = (of: unknown): of is Json => typeof of === 'object' && of !== null && !Array.isArray(of);

/** Good arguments with one field otherwise, gone or too many, at the top or within. */
const nearlyGood = fc
  .record({
    channel: fc.constantFrom(...channelNames),
    how: fc.constantFrom('other', 'gone', 'more', 'within'),
    pick: fc.nat(),
    name: fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'toString', 'id', 'pin', 'appKey'),
      fc.string(),
    ),
    value,
  })
  .map(({ channel, how, pick, name, value: other }) => {
    const args: Json = good[channel];
    const keys = Object.keys(args);
    const key = keys[pick % Math.max(1, keys.length)] ?? 'none';
    const inner = args[key];
    const plus = (to: Json, more: string): Json => Object.fromEntries([...Object.entries(to), [more, other]]);
    if (how === 'gone') {
      const { [key]: _, ...rest } = args;
      return { channel, args: rest };
    }
    if (how === 'within' && isObject(inner)) {
      const innerKeys = Object.keys(inner);
      return { channel, args: { ...args, [key]: plus(inner, innerKeys[pick % innerKeys.length] ?? name) } };
    }
    return { channel, args: how === 'more' ? plus(args, name) : plus(args, key) };
  });

/** A PIN is the till's or a person's own. */
const kindsOf = (key: string, known: unknown): readonly string[] =>
  key === 'pin' ? ['string', 'object'] : [typeof known];

/** Every text and number within, however deep. */
function* leaves(of: unknown): Generator<unknown> {
  if (typeof of !== 'object' || of === null) yield of;
  else for (const inner of Object.values(of)) yield* leaves(inner);
}

describe('arguments over IPC', () => {
  it.each(channelNames)('good ones reach %s as they are', async (channel) => {
    const { dispatch, reached } = dispatchedTo();
    const args = good[channel];
    expect(await dispatch({ channel, args }, ours)).toMatchObject({ error: { code: 'not-set-up' } });
    expect(reached).toEqual([{ channel, args }]);
  });

  it('nearly good ones reach a handler only where they say nothing that the contract does not know', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(nearlyGood, async ({ channel, args }) => {
        const { dispatch, reached } = dispatchedTo();
        const answer = await dispatch({ channel, args }, ours);
        expect(answer.ok).toBe(false);
        const isTaken = !answer.ok && answer.error.code === 'not-set-up';
        expect(reached).toHaveLength(isTaken ? 1 : 0);
        if (!isTaken) {
          refused += 1;
          return;
        }
        expect(channels[channel].args.safeParse(args).success).toBe(true);
        const [{ args: taken } = { args: null }] = reached;
        // Told apart without the schema: no unknown field, no other kind of value, nothing without end.
        const known: Json = good[channel];
        for (const [key, inner] of Object.entries(taken as Json)) {
          expect(Object.keys(known)).toContain(key);
          // Null stands where there is none of it: the schema has said where that may be.
          const isNone = inner === undefined || inner === null || known[key] === null;
          if (!isNone) expect(kindsOf(key, known[key])).toContain(typeof inner);
        }
        for (const leaf of leaves(taken)) {
          if (typeof leaf === 'string') expect(leaf.length).toBeLessThanOrEqual(300);
          if (typeof leaf === 'number') expect(Number.isSafeInteger(leaf)).toBe(true);
        }
        expect(JSON.stringify(taken).length).toBeLessThanOrEqual(MAX_ARGUMENT_BYTES);
      }),
      { numRuns: 3_000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  it('leave the prototype of everything alone', async () => {
    const { dispatch, reached } = dispatchedTo();
    for (const channel of channelNames) {
      const text = JSON.stringify(good[channel]);
      const poisoned = `{"__proto__":{"isManager":true}${text === '{}' ? '' : ','}${text.slice(1)}`;
      await dispatch({ channel, args: JSON.parse(poisoned) }, ours);
      expect('isManager' in {}).toBe(false);
    }
    for (const { args } of reached) expect((args as Json)['isManager']).toBeUndefined();
  });
});
