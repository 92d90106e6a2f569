import type { EntryEvent, StoredEvent } from '../../../main/ledger/tables/entry-events.ts';
import { amount } from '../../../preload/contract/index.ts';

// Rows as a till of each version has written them, byte for byte, and what they tell. One that stands here is never
// changed: a till somewhere has it. A new version of an event brings rows of its own.

const row = (event: string, version: number, reason: string, content: string): StoredEvent => ({
  ...{ event, version, reason, content },
});

const signed = {
  body: Buffer.from('{"appId":"A","customerUid":231607639,"note":"é\n"}', 'utf8'),
  ...{ signature: '0AF3', keyFingerprint: 'k1' },
};

const facts = {
  ...{ id: 'T7', request_id: 'R7', kind: 'top-up' as const },
  ...{ store_day: '2026-01-15', cashier: 'Counter 1', note: 'at "the" counter', corrects: null },
  ...{ tender: null, given_e4: null, bonus_e4: null, purchase_e4: null, reason: null, rules_version: null },
  ...{ rule: null, approved_by: null, bonus_let_go_e4: null, rule_id: null },
  ...{ origin_till: null, origin_epoch: null, origin_number: null, person_id: null },
} as const;

/** Every fact of version 2 with a value of its own: a list in which two changed places, or one was put between, is found. */
const everyTerm = {
  ...{
    ...facts,
    kind: 'reversal' as const,
    corrects: 'T3',
    tender: 'cash',
    given_e4: '600000',
    bonus_e4: '-50000',
  },
  ...{ purchase_e4: '250000', reason: 'Birthday', rules_version: 7, rule: 'Pay 50 get 5' },
  ...{ approved_by: 'manager:Tan', bonus_let_go_e4: '12500' },
};

/** As versions 1 and 2 say who it is for, and as version 3 does. */
const texts = { customer_number: 'A7', customer_name: 'Mei Ling 陈' };
const reference = { number: 3, digest: 'bXlfZGlnZXN0X29mX25hbQ' };

const attempt = {
  ...{ number: 1, started_at_ms: 1, baseline_balance: null, baseline_point: null, baseline_at_ms: null },
  ...{ phase: 'connecting', ended_at_ms: null, outcome: null, cause: null, messages: '[]', reply_mark: null },
};

const adopted = {
  ...{ ...facts, till: 'Counter 1', account_host: 'https://host', account_app_id: 'A' },
  ...{ customer_uid: '231607639', balance_increment_e4: '100000', point_increment_e4: '50000' },
  ...{ data_change_time: '2026-01-15 13:26:23', sequence: 7, created_at_ms: 1_768_454_783_000 },
  ...{ state: 'queued' as const, version: 1, touched: 0, cause: null, messages: '[]', not_before_ms: 0 },
  ...{ balance_before: null, balance_after: null, point_before: null, point_after: null },
  ...{ settled_at_ms: null, acknowledged: 0, attempts: [attempt] },
};

const adoptedText =
  '{"id":"T7","request_id":"R7","customer_number":"A7","customer_name":"Mei Ling 陈","kind":"top-up","store_day":"2026-01-15","cashier":"Counter 1","note":"at \\"the\\" counter","corrects":null,"till":"Counter 1","account_host":"https://host","account_app_id":"A","customer_uid":"231607639","balance_increment_e4":"100000","point_increment_e4":"50000","data_change_time":"2026-01-15 13:26:23","sequence":7,"created_at_ms":1768454783000,"state":"queued","version":1,"touched":0,"cause":null,"messages":"[]","not_before_ms":0,"balance_before":null,"balance_after":null,"point_before":null,"point_after":null,"settled_at_ms":null,"acknowledged":0,"attempts":[{"number":1,"started_at_ms":1,"baseline_balance":null,"baseline_point":null,"baseline_at_ms":null,"phase":"connecting","ended_at_ms":null,"outcome":null,"cause":null,"messages":"[]","reply_mark":null}]}';

/** What version 2 says of the terms; version 3 says more of them, and where an entry came from. */
const termsText =
  '"tender":"own:Voucher","given_e4":null,"bonus_e4":null,"purchase_e4":null,"reason":null,"rules_version":null,"rule":null,"approved_by":null,"bonus_let_go_e4":"12500"';

const termsAndOriginText = `${termsText},"rule_id":"r1","origin_till":"a1b2","origin_epoch":"e1","origin_number":42,"person_id":"p1"`;

/** Version 3 has the names elsewhere. */
const unnamedText = adoptedText
  .replace('"customer_number":"A7","customer_name":"Mei Ling 陈",', '')
  .replace('"corrects":null,', `"corrects":null,${termsAndOriginText},`);

type Frozen = readonly [written: StoredEvent, meant: EntryEvent];

const endings: readonly Frozen[] = [
  [
    row(
      ...(['ended', 1, ''] as const),
      '[1,"answered",1,"applied",null,200,null,null,["231607639","1","11","0","5","2026-01-15 13:26:23"],"confirmed",1]',
    ),
    {
      event: 'ended',
      number: 1,
      attempt: {
        ...{ phase: 'answered', reusedSocket: true, outcome: 'applied', cause: null, httpStatus: 200 },
        ...{ failure: null, messages: [] },
      },
      reply: {
        ...{ customerUid: '231607639', balanceBeforeUpdate: amount('1'), balanceAfterUpdate: amount('11') },
        ...{ pointBeforeUpdate: amount('0'), pointAfterUpdate: amount('5') },
        ...{ dataChangeTime: '2026-01-15 13:26:23', updateCustomerTime: null },
      },
      entry: { state: 'confirmed', touched: true, cause: null, messages: [], notBeforeMs: 0 },
    },
  ],
  [
    row(
      ...(['ended', 1, ''] as const),
      '[2,"answered",0,"rejected","refused-status",200,null,["余额不足"],null,"rejected",1,"refused-status",null,["余额不足"]]',
    ),
    {
      event: 'ended',
      number: 2,
      attempt: {
        ...{ phase: 'answered', reusedSocket: false, outcome: 'rejected', cause: 'refused-status' },
        ...{ httpStatus: 200, failure: null, messages: ['余额不足'] },
      },
      reply: null,
      entry: {
        ...{ state: 'rejected', touched: true, cause: 'refused-status', messages: ['余额不足'] },
        notBeforeMs: 0,
      },
    },
  ],
  [
    row(
      ...(['ended', 1, ''] as const),
      '[3,"connecting",0,"not-applied","connection-refused",null,"ECONNREFUSED",null,null,"queued",0,"connection-refused",1768454784000]',
    ),
    {
      event: 'ended',
      number: 3,
      attempt: {
        ...{ phase: 'connecting', reusedSocket: false, outcome: 'not-applied', cause: 'connection-refused' },
        ...{ httpStatus: null, failure: 'ECONNREFUSED', messages: [] },
      },
      reply: null,
      entry: {
        ...{ state: 'queued', touched: false, cause: 'connection-refused', messages: [] },
        notBeforeMs: 1_768_454_784_000,
      },
    },
  ],
];

export const frozenEvents: readonly Frozen[] = [
  [
    row(
      ...(['added', 1, ''] as const),
      '["0AF3","k1","acc","T7","R7","A7","Mei Ling 陈","top-up","2026-01-15","Counter 1","at \\"the\\" counter"]\n{"appId":"A","customerUid":231607639,"note":"é\n"}',
    ),
    { event: 'added', account: 'acc', member: texts, facts, signed },
  ],
  [
    row(
      ...(['added', 1, ''] as const),
      '["0AF3","k1","acc","T7","R7","A7","Mei Ling 陈","top-up","2026-01-15","Counter 1","at \\"the\\" counter","T3"]\n{"appId":"A","customerUid":231607639,"note":"é\n"}',
    ),
    { event: 'added', account: 'acc', member: texts, facts: { ...facts, corrects: 'T3' }, signed },
  ],
  [
    row(
      ...(['adopted', 1, ''] as const),
      `[${adoptedText},"0AF3","k1"]\n{"appId":"A","customerUid":231607639,"note":"é\n"}`,
    ),
    { event: 'adopted', member: texts, entry: adopted, signed },
  ],
  [
    row('adopted', 1, '', `[${adoptedText}]`),
    { event: 'adopted', member: texts, entry: adopted, signed: null },
  ],
  [
    row(
      ...(['added', 2, ''] as const),
      '["0AF3","k1","acc","T7","R7","A7","Mei Ling 陈","top-up","2026-01-15","Counter 1","at \\"the\\" counter"]\n{"appId":"A","customerUid":231607639,"note":"é\n"}',
    ),
    { event: 'added', account: 'acc', member: texts, facts, signed },
  ],
  [
    row(
      ...(['added', 2, ''] as const),
      '["0AF3","k1","acc","T7","R7","A7","Mei Ling 陈","top-up","2026-01-15","Counter 1","at \\"the\\" counter",null,"cash","600000","50000",null,null,7,"Pay 50 get 5","manager:Tan"]\n{"appId":"A","customerUid":231607639,"note":"é\n"}',
    ),
    {
      event: 'added',
      account: 'acc',
      member: texts,
      facts: {
        ...{ ...facts, tender: 'cash', given_e4: '600000', bonus_e4: '50000', rules_version: 7 },
        ...{ rule: 'Pay 50 get 5', approved_by: 'manager:Tan' },
      },
      signed,
    },
  ],
  [
    row(
      ...(['added', 2, ''] as const),
      '["0AF3","k1","acc","T7","R7","A7","Mei Ling 陈","reversal","2026-01-15","Counter 1","at \\"the\\" counter","T3","cash","600000","-50000","250000","Birthday",7,"Pay 50 get 5","manager:Tan","12500"]\n{"appId":"A","customerUid":231607639,"note":"é\n"}',
    ),
    { event: 'added', account: 'acc', member: texts, facts: everyTerm, signed },
  ],
  [
    row('adopted', 2, '', `[${adoptedText.replace('"corrects":null,', `"corrects":null,${termsText},`)}]`),
    {
      event: 'adopted',
      member: texts,
      entry: { ...adopted, tender: 'own:Voucher', bonus_let_go_e4: '12500' },
      signed: null,
    },
  ],
  [
    row(
      ...(['added', 3, ''] as const),
      '["0AF3","k1","acc",3,"bXlfZGlnZXN0X29mX25hbQ","T7","R7","top-up","2026-01-15","Counter 1","at \\"the\\" counter"]\n{"appId":"A","customerUid":231607639,"note":"é\n"}',
    ),
    { event: 'added', account: 'acc', member: reference, facts, signed },
  ],
  [
    row(
      ...(['added', 3, ''] as const),
      '["0AF3","k1","acc",3,"bXlfZGlnZXN0X29mX25hbQ","T7","R7","top-up","2026-01-15","Counter 1","at \\"the\\" counter",null,"cash","600000","50000",null,null,7,"Pay 50 get 5","manager:Tan",null,"r1","a1b2","e1",42,"p1"]\n{"appId":"A","customerUid":231607639,"note":"é\n"}',
    ),
    {
      event: 'added',
      account: 'acc',
      member: reference,
      facts: {
        ...{ ...facts, tender: 'cash', given_e4: '600000', bonus_e4: '50000', rules_version: 7 },
        ...{ rule: 'Pay 50 get 5', approved_by: 'manager:Tan', rule_id: 'r1' },
        ...{ origin_till: 'a1b2', origin_epoch: 'e1', origin_number: 42, person_id: 'p1' },
      },
      signed,
    },
  ],
  [
    row(
      ...(['added', 3, ''] as const),
      '["0AF3","k1","acc",3,"bXlfZGlnZXN0X29mX25hbQ","T7","R7","reversal","2026-01-15","Counter 1","at \\"the\\" counter","T3","cash","600000","-50000","250000","Birthday",7,"Pay 50 get 5","manager:Tan","12500","r1","a1b2","e1",42,"p1"]\n{"appId":"A","customerUid":231607639,"note":"é\n"}',
    ),
    {
      event: 'added',
      account: 'acc',
      member: reference,
      facts: {
        ...{ ...everyTerm, rule_id: 'r1' },
        ...{ origin_till: 'a1b2', origin_epoch: 'e1', origin_number: 42, person_id: 'p1' },
      },
      signed,
    },
  ],
  [
    row('adopted', 3, '', `[${unnamedText},3,"bXlfZGlnZXN0X29mX25hbQ"]`),
    {
      event: 'adopted',
      member: reference,
      entry: {
        ...{ ...adopted, tender: 'own:Voucher', bonus_let_go_e4: '12500', rule_id: 'r1' },
        ...{ origin_till: 'a1b2', origin_epoch: 'e1', origin_number: 42, person_id: 'p1' },
      },
      signed: null,
    },
  ],
  [row('sending', 1, '', '[2,1]'), { event: 'sending', attempt: 2, newConnection: true, baseline: null }],
  [
    row('sending', 1, '', '[1,0,"10.5","3",1768454783000]'),
    {
      ...{ event: 'sending', attempt: 1, newConnection: false },
      baseline: { balance: amount('10.5'), point: amount('3'), atMs: 1_768_454_783_000 },
    },
  ],
  ...endings,
  [row('interrupted', 1, '', '[]'), { event: 'interrupted' }],
  [row('cancelled', 1, '', '[]'), { event: 'cancelled' }],
  [row('quarantined', 1, 'not-vouched-for', '[]'), { event: 'quarantined', cause: 'not-vouched-for' }],
  [row('sent-to-review', 1, 'restored', '[]'), { event: 'sent-to-review', cause: 'restored' }],
  [
    row('decided', 1, 'the sums say so', '["queued",null,{"readings":[1]}]'),
    {
      ...{ event: 'decided', state: 'queued', cause: null, reason: 'the sums say so' },
      evidence: { readings: [1] },
    },
  ],
  [
    row('decided', 1, 'asked again', '["review","restored"]'),
    { event: 'decided', state: 'review', cause: 'restored', reason: 'asked again', evidence: null },
  ],
  [row('resigned', 1, '', '["0AF4","k2"]'), { event: 'resigned', signature: '0AF4', keyFingerprint: 'k2' }],
  [row('acknowledged', 1, '', '[]'), { event: 'acknowledged' }],
  [
    row('tender-changed', 1, 'C7', '["cash","600000","own:Voucher"]'),
    {
      ...{ event: 'tender-changed', requestId: 'C7', was: 'cash', tender: 'own:Voucher' },
      ...{ was_given_e4: '600000', given_e4: null, approvedBy: null },
    },
  ],
  [
    row('tender-changed', 1, 'C8', '[null,null,"cash","500000","manager#p1:Tan Mei Ling"]'),
    {
      ...{ event: 'tender-changed', requestId: 'C8', was: null, tender: 'cash' },
      ...{ was_given_e4: null, given_e4: '500000', approvedBy: 'manager#p1:Tan Mei Ling' },
    },
  ],
];
