import type { EntryKind, EntryState, Language, StandardTender } from '../../../preload/contract/index.ts';

/** Texts of a receipt, in its language and not the screen's. */
export interface ReceiptWords {
  readonly titles: Readonly<Record<EntryKind, string>>;
  readonly practice: string;
  readonly copy: (number: number) => string;
  readonly reference: string;
  readonly time: string;
  readonly till: string;
  readonly cashier: string;
  /** Whoever has the till's own manager PIN, which has no name. */
  readonly manager: string;
  readonly member: string;
  readonly card: string;
  readonly takesBack: string;
  readonly principal: string;
  readonly bonus: string;
  readonly credited: string;
  readonly points: string;
  readonly takenBack: string;
  readonly bonusTakenBack: string;
  readonly takenBackInAll: string;
  readonly paidBy: string;
  readonly tenders: Readonly<Record<StandardTender, string>>;
  readonly received: string;
  readonly change: string;
  readonly states: Readonly<Record<EntryState, { readonly title: string; readonly hint: string | null }>>;
  /** Instead, where a manager closed it and KYBIO did not confirm it. */
  readonly closedAsArrived: string;
  readonly decidedBy: (who: string, time: string) => string;
  /** Another entry stands for a cancelled one. */
  readonly replaced: string;
  /** Instead, of a reversal: what it says while its money stays in the drawer, and after. */
  readonly reversal: {
    readonly open: { readonly title: string; readonly hint: string };
    readonly confirmed: string;
    readonly ended: string;
  };
  readonly reversing: (reference: string) => string;
  readonly reversed: (reference: string) => string;
  readonly partReversing: (reference: string) => string;
  readonly partReversed: (reference: string) => string;
  readonly balanceBefore: string;
  readonly balanceAfter: string;
  readonly pointsBefore: string;
  readonly pointsAfter: string;
  readonly codeCaption: string;
  readonly testTitle: string;
  readonly testLine: string;
}

const savedInEnglish = {
  title: 'Saved, not yet confirmed',
  hint: 'It will be in the account once the store has confirmed it.',
};
const savedInChinese = { title: '已保存，尚未确认', hint: '门店确认后，才会记入账户。' };
const savedInMalay = {
  title: 'Disimpan, belum disahkan',
  hint: 'Ia akan ada dalam akaun selepas disahkan oleh kedai.',
};

export const receiptWords: Readonly<Record<Language, ReceiptWords>> = {
  en: {
    titles: { 'top-up': 'Top-up', award: 'Points', reversal: 'Reversal' },
    practice: 'PRACTICE: no real money',
    copy: (number) => `COPY ${number}`,
    reference: 'Number',
    time: 'Time',
    till: 'Till',
    cashier: 'Cashier',
    manager: 'manager',
    member: 'Member',
    card: 'Card',
    takesBack: 'Takes back number',
    principal: 'Top-up',
    bonus: 'Bonus',
    credited: 'Credited in all',
    points: 'Points',
    takenBack: 'Taken back',
    bonusTakenBack: 'Bonus taken back',
    takenBackInAll: 'Taken back in all',
    paidBy: 'Paid by',
    tenders: { cash: 'Cash', card: 'Card', qr: 'QR payment', transfer: 'Bank transfer' },
    received: 'Received',
    change: 'Change',
    states: {
      queued: savedInEnglish,
      sending: savedInEnglish,
      unknown: savedInEnglish,
      review: savedInEnglish,
      confirmed: { title: 'Confirmed', hint: null },
      rejected: { title: 'Refused', hint: 'Nothing was credited.' },
      cancelled: { title: 'Cancelled', hint: 'Nothing was credited.' },
    },
    closedAsArrived: 'Closed as arrived',
    decidedBy: (who, time) => `Decided by ${who}, ${time}.`,
    replaced: 'A new entry replaced it. Look at that one before any money moves.',
    reversal: {
      open: { title: 'Do not pay out yet', hint: 'The reversal is saved, not yet confirmed.' },
      confirmed: 'Reversal done',
      ended: 'Nothing was taken back.',
    },
    reversing: (reference) => `It is being taken back by number ${reference}.`,
    reversed: (reference) => `It was taken back by number ${reference}.`,
    partReversing: (reference) => `A part of it is being taken back by number ${reference}.`,
    partReversed: (reference) => `A part of it was taken back by number ${reference}.`,
    balanceBefore: 'Balance before',
    balanceAfter: 'Balance after',
    pointsBefore: 'Points before',
    pointsAfter: 'Points after',
    codeCaption: 'Keep this slip: the shop can read it.',
    testTitle: 'Test print',
    testLine: 'Each side has a mark at its edge. Where one is missing, choose the other width.',
  },
  zh: {
    titles: { 'top-up': '充值', award: '积分', reversal: '冲正' },
    practice: '练习：不涉及真钱',
    copy: (number) => `副本 ${number}`,
    reference: '单号',
    time: '时间',
    till: '收银台',
    cashier: '收银员',
    manager: '经理',
    member: '会员',
    card: '卡号',
    takesBack: '原单号',
    principal: '充值',
    bonus: '赠送',
    credited: '合计入账',
    points: '积分',
    takenBack: '冲正金额',
    bonusTakenBack: '扣回的赠送',
    takenBackInAll: '合计扣回',
    paidBy: '付款方式',
    tenders: { cash: '现金', card: '刷卡', qr: '扫码', transfer: '转账' },
    received: '客付现金',
    change: '找零',
    states: {
      queued: savedInChinese,
      sending: savedInChinese,
      unknown: savedInChinese,
      review: savedInChinese,
      confirmed: { title: '已确认', hint: null },
      rejected: { title: '被拒绝', hint: '没有入账。' },
      cancelled: { title: '已作废', hint: '没有入账。' },
    },
    closedAsArrived: '判为已到账',
    decidedBy: (who, time) => `由 ${who} 于 ${time} 决定。`,
    replaced: '已由新的一笔代替。动钱之前，先看新的一笔。',
    reversal: {
      open: { title: '先不要退款', hint: '冲正已保存，尚未确认。' },
      confirmed: '冲正完成',
      ended: '没有扣回。',
    },
    reversing: (reference) => `正由单号 ${reference} 冲正。`,
    reversed: (reference) => `已由单号 ${reference} 冲正。`,
    partReversing: (reference) => `其中一部分正由单号 ${reference} 冲正。`,
    partReversed: (reference) => `其中一部分已由单号 ${reference} 冲正。`,
    balanceBefore: '原余额',
    balanceAfter: '现余额',
    pointsBefore: '原积分',
    pointsAfter: '现积分',
    codeCaption: '请保留小票，门店可扫码核实。',
    testTitle: '测试打印',
    testLine: '左右两边各有一个标记。如果缺少一边，请选择另一种纸宽。',
  },
  ms: {
    titles: { 'top-up': 'Tambah nilai', award: 'Mata', reversal: 'Penarikan balik' },
    practice: 'LATIHAN: bukan wang sebenar',
    copy: (number) => `SALINAN ${number}`,
    reference: 'Nombor',
    time: 'Masa',
    till: 'Kaunter',
    cashier: 'Juruwang',
    manager: 'pengurus',
    member: 'Ahli',
    card: 'No. kad',
    takesBack: 'Menarik balik nombor',
    principal: 'Tambah nilai',
    bonus: 'Bonus',
    credited: 'Jumlah dikreditkan',
    points: 'Mata',
    takenBack: 'Ditarik balik',
    bonusTakenBack: 'Bonus ditarik balik',
    takenBackInAll: 'Jumlah ditarik balik',
    paidBy: 'Bayaran',
    tenders: { cash: 'Tunai', card: 'Kad', qr: 'Bayaran QR', transfer: 'Pindahan bank' },
    received: 'Tunai diterima',
    change: 'Wang baki',
    states: {
      queued: savedInMalay,
      sending: savedInMalay,
      unknown: savedInMalay,
      review: savedInMalay,
      confirmed: { title: 'Disahkan', hint: null },
      rejected: { title: 'Ditolak', hint: 'Tiada apa-apa dikreditkan.' },
      cancelled: { title: 'Dibatalkan', hint: 'Tiada apa-apa dikreditkan.' },
    },
    closedAsArrived: 'Ditutup sebagai sudah sampai',
    decidedBy: (who, time) => `Diputuskan oleh ${who}, ${time}.`,
    replaced: 'Entri baharu menggantikannya. Lihat entri itu sebelum wang berpindah tangan.',
    reversal: {
      open: { title: 'Jangan pulangkan wang dahulu', hint: 'Penarikan balik disimpan, belum disahkan.' },
      confirmed: 'Penarikan balik selesai',
      ended: 'Tiada apa-apa ditarik balik.',
    },
    reversing: (reference) => `Ia sedang ditarik balik oleh nombor ${reference}.`,
    reversed: (reference) => `Ia telah ditarik balik oleh nombor ${reference}.`,
    partReversing: (reference) => `Sebahagian daripadanya sedang ditarik balik oleh nombor ${reference}.`,
    partReversed: (reference) => `Sebahagian daripadanya telah ditarik balik oleh nombor ${reference}.`,
    balanceBefore: 'Baki sebelum',
    balanceAfter: 'Baki selepas',
    pointsBefore: 'Mata sebelum',
    pointsAfter: 'Mata selepas',
    codeCaption: 'Simpan resit ini: kod ini boleh diimbas oleh kedai.',
    testTitle: 'Cetakan ujian',
    testLine: 'Setiap sisi ada tanda di tepinya. Jika satu tiada, pilih lebar yang lain.',
  },
};
