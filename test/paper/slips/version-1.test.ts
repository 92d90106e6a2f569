import { expect, it } from 'vitest';
import { type ReceiptCodeDesk, readReceiptCode } from '../../../main/paper/slips/receipt-code.ts';
import { deriveReceiptCodeKey } from '../../../main/paper/slips/receipt-code-seal.ts';
import { standardTenders } from '../../../preload/contract/index.ts';

const account = { host: 'https://area15-win.pospal.cn:443', appId: 'AB12CD34EF56' };
const desk: ReceiptCodeDesk = {
  account,
  key: deriveReceiptCodeKey('712345678901234567', account),
  isPractice: false,
};

/** What stands on papers that members hold: one that was printed once is read for ever, so these are never made anew. */
const printed = {
  none: 'CFS103784E87QJQ1UEVLGQ4D3X0CJT0RH9J5JW82JF7ASPR9Q642AAF6VP28SETJKK6Q039BR7FV7V8623LCRKJWH1WLHVK8FJXMS5BLK3WHLK23S2PP572FU9CW2AAGJAAJ0TKUTXHRSLWJ14C66P66U8C6R5CLR8448C8Q76WPGTL006WHNQCNW8C778GDA6H8XGTMEK5HTKMLLC8',
  cash: 'CFS103784E87QJQ1UAH3G82F6QCFGS022W8UQPWT1RRQQ237115CFS24WEUHDJTGQ3W02GGQJ750M5NJNEKBNVKJ4V3VDQHQ3CPW2E65GSEGD99D5W6X499MP97KDCT3MBW4JL1X7K5LKX2ADPW57JAFTC1EFR8QJDNFLCNH000PHBMLM9SA3BSMDFK8AG9ARM8DM1DE5DRXEK1CJ4Q',
  card: 'CFS103784E87QJQ1VD1LD6SQTRA6UMUCQ5GBD2QHSFTA3DNSBWWXRBLDUEWW9QNNVJX3WSQ2NU2WJ5TF566NQS3NB7NL3EBQF1LE2RAS4LA7D2WSS69CDVEXSM350L3UN9LVHV334NP6QNL9G8TRFSHJ96WQ1TRRUA5RFJBVW8KFJERHAF5EP5N2T8AQJKQ24EE3Q55JH5B4B0EACMG',
  qr: 'CFS103784E87QJQ1UHTU7RKSAGJJX6CTM4FMP7XW1DEP7H1WN6N3WSX7DUXDW48VPBCV3FCV1CLF4RPTRU0ND239CMAL8QGBDFN5S94UWL4C6DXNBEV7K6LBV219VPR6BV9MA8M84RUTBDEUCGA83LR3MNGAWU5N00TDH9X9XGWE5JQPCFN9C9NH095QD8AQK9UJL2VPED2Q7WW0C08',
  transfer:
    'CFS103784E87QJQ1UJDNA9CTV3BSNETA0ACTJT25071BHDK7XBS869EJRDU67LQPAVJL8M6F0BPJ6JAQKTGTW4U1D35EF96PLF3XHPAGGHT4RKTBW16WGE2G3T9U0204SSK7ACNH7QC3JQKCQ7G0RLWWBGKMLL3DWJF6N65CEQER67C7EN4L94756RMEFD10ALWB0WF74LLHVAC48BQ',
  'own:会员储值卡':
    'CFS103784E87QJQ1UL7B7CTVABQ8HEBRW8J3H0XT67BG944XKBUFT1MQ2U8607SLRPT8GM5U8N161RQF8H9C3UW048DUVC1FD05L1968VDBJXHMJ1GGUTVHQJ1EKH39C0MQRPN9ULGK33JBD9SR4S6VKJTV1CTVWS6AS2UN41UKB8JGEHSGKD63NMNUUU09SUU8EESUNGJVVMQBC7PH41N66DA3LJLLA2J19JSLKBAW6QCNNE1Q',
} as const;

const reversal =
  'CFS103784E87QJQ1VT7VJX131393F12RTBFUH5M8V48VPD5WHFHVNNT89DM93C0Q8KJT3U1FKRDMP0ECN7DR3GP5BK68CMVU5SFX35QQPD206WFRBQ49GM9DX3X5F384KGKRTRGN6F9ES7C4TS7QE1JP9SD6V751CNGF8QLKU7LD9WGR1K0S7TKH5L66B2SBS4EM5EPK97GDRNS82PBASAF11JJ5K7UV31D35PES3U6XM2QAAC3KTPDG';

const facts = {
  ...{ id: 'AAAAAAAAQACAAAAAAAAAAQ', sequence: 42, till: 'Counter 1', customerUid: '1069876543210987654' },
  ...{ customerNumber: 'FUN0012345640', customerName: 'Tan Mei Ling', actor: 'cashier:Mei' },
  ...{ dataChangeTime: '2026-11-27 13:26:23', createdAtMs: 1_795_757_183_123 },
  // It carried neither.
  ...{ origin: null, before: null },
};

it.each(Object.entries(printed))(
  'a paper of version 1 that was paid by %s says what it said',
  (name, text) => {
    const tender = name === 'none' ? null : name;
    expect(readReceiptCode(desk, text)).toEqual({
      ok: true,
      facts: {
        ...facts,
        ...{ kind: 'top-up', corrects: null, isConfirmed: false },
        ...{ balanceIncrement: '55.5', pointIncrement: '50' },
        terms: {
          ...{ tender, given: '60', bonus: '5.5' },
          ...{ purchase: null, bonusLetGo: null, rulesVersion: 3 },
        },
      },
    });
  },
);

it('a reversal of version 1 as well', () => {
  expect(readReceiptCode(desk, reversal)).toEqual({
    ok: true,
    facts: {
      ...facts,
      ...{ kind: 'reversal', corrects: 'BBBBBBBBQACAAAAAAAAAAg', isConfirmed: true },
      ...{ balanceIncrement: '-55.5', pointIncrement: '-50' },
      terms: {
        ...{ tender: 'own:券', given: null, bonus: '-5.5' },
        ...{ purchase: null, bonusLetGo: '1.25', rulesVersion: null },
      },
    },
  });
});

it('has one for each way to pay that every till knew', () => {
  for (const tender of ['cash', 'card', 'qr', 'transfer'] as const) {
    expect(standardTenders).toContain(tender);
    expect(printed).toHaveProperty(tender);
  }
});

it('is not taken for version 2, nor the other way', () => {
  expect(readReceiptCode(desk, `CFS2${printed.cash.slice(4)}`)).toEqual({ ok: false, problem: 'damaged' });
});
